import type { Language } from '../../../../kernel/languages.ts';
import { html, type Html, NOTHING } from '../../../../platform/pages/html.ts';
import type { Site } from '../../../../platform/pages/frame.ts';
import type { IncidentView, PublicNotice } from '../../core/contract.ts';
import { STATE_WORDS } from '../../core/letters.ts';
import { said } from './summary.ts';
import { statusWords } from './words.ts';

const SHOWN = 2;
const TONE = { none: '', minor: 'warn', major: 'danger', critical: 'danger' } as const;

/** Above every page but the status page itself: what customers would ask about otherwise. */
export function noticeBanner(language: Language, notices: readonly IncidentView[], site: Pick<Site, 'language'>): Html {
  const t = statusWords(language);
  if (notices.length === 0) return NOTHING;
  const rest = notices.length - SHOWN;
  return html`<aside class="banner" aria-label="${t('status.banner')}"><div class="row wide">${notices.slice(0, SHOWN).map(({ kind, impact, state, titles }) =>
    html`<p class="${`notice ${kind === 'incident' ? TONE[impact] : ''}`}"><strong class="written">${said(titles, language, site)}</strong>${kind !== 'announcement' && html` · ${STATE_WORDS[language][state]}`} · <a href="${`/status?lang=${language}`}">${t('status.banner.more')}</a></p>`)}
${rest > 0 && html`<p class="small"><a href="${`/status?lang=${language}`}">${t('status.banner.rest', { count: rest })}</a></p>`}</div></aside>`;
}

export const publicNotice = ({ id, kind, state, impact, titles, updates, startsAt, endsAt, updatedAt }: IncidentView, language: Language, site: Pick<Site, 'language' | 'origin'>): PublicNotice => ({
  id, kind, state, impact, title: said(titles, language, site), text: updates[0] ? said(updates[0].texts, language, site) : '', startsAt, endsAt, updatedAt, url: `${site.origin}/status?lang=${language}`,
});
