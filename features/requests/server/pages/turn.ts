import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Now } from '../../../../kernel/actor.ts';
import { LANGUAGES, type Language } from '../../../../kernel/languages.ts';
import { newId } from '../../../../platform/db/ids.ts';
import type { Signer } from '../../../../platform/http/signing.ts';
import { hiddenField } from '../../../../platform/pages/forms.ts';
import type { Page } from '../../../../platform/pages/frame.ts';
import { html, type Html } from '../../../../platform/pages/html.ts';
import type { FormWithFiles } from '../../../../platform/pages/multipart.ts';
import type { Pages } from '../../../../platform/pages/pages.ts';
import type { Say } from '../../../../platform/pages/words.ts';
import { cookie, readCookie } from '../../../people/core/credentials.ts';
import { dateIn, dueIn } from '../../core/dates.ts';
import type { Client } from '../limits.ts';
import { FORM_S, type Requests } from '../requests.ts';
import type { Guest, Opened } from '../signing-in.ts';
import { requestWords, type RequestText } from './words.ts';

const LANGUAGE_COOKIE = 'rapport-language';
const YEAR_S = 365 * 86_400;

export type Turns = ReturnType<typeof createTurns>;
/** One request for a page: who asks, in which language, and how it is answered. */
export type Turn = Awaited<ReturnType<Turns['take']>>;
type Spoken = Pick<Page, 'title' | 'main'> & Partial<Pick<Page, 'scripts' | 'current'>>;

/** What a signed-in customer's browser brings along. */
export const customerCookie = (publicUrl: string): string => `${publicUrl.startsWith('https:') ? '__Host-' : ''}rapport-customer`;

/** What every page of this room stands on. Nothing here may be kept by anybody but the reader. */
export function createTurns({ pages, requests, signer, now, publicUrl }: { pages: Pick<Pages, 'show' | 'languageOf'>; requests: Requests; signer: Signer; now: Now; publicUrl: string }) {
  const sessionCookie = customerCookie(publicUrl);

  function languageOf(request: FastifyRequest, reply: FastifyReply): Language {
    const asked = (request.query as { lang?: unknown }).lang;
    const chosen = LANGUAGES.find((language) => language === asked);
    if (chosen) void reply.header('set-cookie', cookie(LANGUAGE_COOKIE, chosen, YEAR_S));
    const kept = readCookie(request.headers.cookie, LANGUAGE_COOKIE);
    return chosen ?? LANGUAGES.find((language) => language === kept) ?? pages.languageOf(request);
  }

  async function take(request: FastifyRequest, reply: FastifyReply) {
    const { workspaceId } = request.site;
    const token = readCookie(request.headers.cookie, sessionCookie);
    const { brand } = request.site;
    const found = await requests.guest(workspaceId, token);
    const guest: Guest | null = found && { ...found, brand };
    const language = languageOf(request, reply);
    const t: Say<RequestText> = requestWords(language);
    const timeZone = await requests.own.timeZone(workspaceId);
    const client: Client = { address: request.ip, userAgent: request.headers['user-agent'] ?? '', brand };
    const holder = guest?.sessionId ?? 'nobody';
    const path = request.url.split('?')[0]!;

    return {
      request, workspaceId, company: request.site.name, guest, language, t, client, path,
      date: (at: Date, withTime = false): string => dateIn(language, at, timeZone, { withTime }),
      /** With the day of the week: for what somebody waits for. */
      due: (at: Date, wholeDay = false): string => dueIn(language, at, { timeZone, wholeDay, now: requests.own.now() }),

      show: (page: Spoken, status = 200): FastifyReply => pages.show(request, reply, {
        current: '/requests', ...page, language, elsewhere: (other) => `${path}?lang=${other}`,
      }, { status, keep: null }),
      go: (to: string): FastifyReply => reply.header('cache-control', 'no-store').redirect(to, 303),
      enter: ({ token: opened, seconds }: Opened, to = '/requests'): FastifyReply =>
        reply.header('set-cookie', cookie(sessionCookie, opened, seconds)).header('cache-control', 'no-store').redirect(to, 303),
      leave: (to: string): FastifyReply => reply.header('set-cookie', cookie(sessionCookie, '', 0)).header('cache-control', 'no-store').redirect(to, 303),

      /** Goes with every form: nobody else's page can know it. */
      seal: (): Html => html`${hiddenField('seal', signer.sign(['form', workspaceId, holder, newId()], new Date(now().getTime() + FORM_S * 1000)))}`,
      /** The name of the form that was sent; null when it is not ours, of another session, or was open for too long. */
      sealed(fields: Readonly<Record<string, string>>): string | null {
        const [what, of, whose, name] = signer.open(fields.seal ?? '', now()) ?? [];
        return what === 'form' && of === workspaceId && whose === holder ? name ?? null : null;
      },
    };
  }

  return { take };
}

/** The fields of an ordinary form; nothing else is read. */
export const fieldsOf = (request: FastifyRequest): Readonly<Record<string, string>> =>
  (typeof request.body === 'object' && request.body !== null && !('files' in request.body) ? request.body as Record<string, string> : {});

/** The form has files and comes in parts; programs that know no files send it plainly. */
export const sentIn = (request: FastifyRequest): FormWithFiles =>
  (typeof request.body === 'object' && request.body !== null && 'files' in request.body ? request.body as FormWithFiles : { fields: fieldsOf(request), files: [] });
