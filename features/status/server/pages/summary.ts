import type { Language } from '../../../../kernel/languages.ts';
import { textIn } from '../../../../kernel/languages.ts';
import { escapeXml } from '../../../../platform/html/escape.ts';
import type { Site } from '../../../../platform/pages/frame.ts';
import type { IncidentView, Texts } from '../../core/contract.ts';
import { STATE_WORDS, titled } from '../../core/letters.ts';
import { indicatorOf, type Indicator } from '../../core/standing.ts';
import type { Facts } from '../status.ts';
import { statusWords } from './words.ts';

export const said = (texts: Texts, language: Language, site: Pick<Site, 'language'>): string => textIn(texts, [language, site.language])?.text ?? '';

/** How it stands on the whole; work that is only announced makes nothing worse. */
export const overall = ({ components, open }: Facts): Indicator =>
  indicatorOf(components.map(({ state }) => state), open.filter(({ kind }) => kind === 'incident').map(({ impact }) => impact));

type Page = Pick<Site, 'workspaceId' | 'name' | 'origin' | 'language'>;

/** In the shape that monitors and chat programs know from other status pages. */
export function summaryOf(site: Page, facts: Facts, language: Language, timeZone: string) {
  const page = { id: site.workspaceId, name: site.name, url: `${site.origin}/status`, time_zone: timeZone, updated_at: latest(facts) };
  const components = facts.components.map(({ id, names, state, place, createdAt, updatedAt }) => ({
    id, name: said(names, language, site), status: state, created_at: createdAt.toISOString(), updated_at: updatedAt.toISOString(), position: place, description: null, showcase: true, start_date: null,
    group_id: null, page_id: page.id, group: false, only_show_if_degraded: false,
  }));
  const shown = (one: IncidentView) => ({
    id: one.id, name: said(one.titles, language, site), status: one.state, created_at: one.createdAt, updated_at: one.updatedAt, monitoring_at: momentOf(one, 'monitoring'), resolved_at: one.endedAt,
    impact: one.kind === 'maintenance' ? 'maintenance' : one.impact, shortlink: `${site.origin}/status`, started_at: one.startsAt, page_id: page.id,
    incident_updates: one.updates.map(({ id, state, texts, at }) => ({ id, status: state, body: said(texts, language, site), incident_id: one.id, created_at: at, updated_at: at, display_at: at })),
    components: components.filter(({ id }) => one.componentIds.includes(id)),
    ...(one.kind === 'maintenance' && { scheduled_for: one.startsAt, scheduled_until: one.endsAt }),
  });
  const indicator = overall(facts);
  return {
    page, components, incidents: facts.open.filter(({ kind }) => kind === 'incident').map(shown), scheduled_maintenances: facts.open.filter(({ kind }) => kind === 'maintenance').map(shown),
    announcements: facts.open.filter(({ kind }) => kind === 'announcement').map(({ id, titles, updates, startsAt, endsAt }) => ({
      id, name: said(titles, language, site), body: updates[0] ? said(updates[0].texts, language, site) : '', starts_at: startsAt, ends_at: endsAt,
    })),
    status: { indicator, description: statusWords(language)(`status.indicator.${indicator}`) },
  };
}

const momentOf = ({ updates }: IncidentView, state: string): string | null => updates.findLast((update) => update.state === state)?.at ?? null;
const latest = ({ components, open, now }: Facts): string =>
  [...components.map(({ updatedAt }) => updatedAt.toISOString()), ...open.map(({ updatedAt }) => updatedAt)].sort().at(-1) ?? now.toISOString();

/** RSS 2.0: an item for each thing that was said, the newest first. */
export function feedOf(site: Page, incidents: readonly IncidentView[], language: Language): string {
  const items = incidents.flatMap(({ kind, titles, updates }) => updates.map((update) => ({ ...update, title: titled(kind, said(titles, language, site), STATE_WORDS[language][update.state]) })))
    .sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, 50);
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>${escapeXml(`${site.name}: ${statusWords(language)('status.title')}`)}</title><link>${escapeXml(`${site.origin}/status`)}</link><description>${escapeXml(statusWords(language)('status.title'))}</description><language>${language}</language>
${items.map(({ id, title, texts, at }) => `<item><title>${escapeXml(title)}</title><link>${escapeXml(`${site.origin}/status`)}</link><guid isPermaLink="false">${id}</guid><pubDate>${new Date(at).toUTCString()}</pubDate><description>${escapeXml(said(texts, language, site))}</description></item>`).join('\n')}
</channel></rss>
`;
}
