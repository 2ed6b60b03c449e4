export type MailLink = { readonly host: string; /** The host that the words of the link name, when they name one. */ readonly says: string | null };

const MAX_TEXT = 200_000;
const MAX_LINKS = 100;
const LINK = /https?:\/\/([^\s"'<>/?#\\\])}]{1,255})/giu;
const HREF = /href\s?=\s?["']?\s?https?:\/\/([^\s"'<>/?#\\]{1,255})/giu;
const HOST_IN_WORDS = /^\s{0,5}(?:https?:\/\/)?((?:[\p{L}\p{N}-]{1,63}\.){1,5}\p{L}{2,20})(?:[/\s?#:]|$)/iu;

/** The web addresses in a message, a hundred at most. Linear in its length. */
export function linksIn(text: string, html: string | null): MailLink[] {
  const found: MailLink[] = [];
  for (const match of text.slice(0, MAX_TEXT).matchAll(LINK)) {
    if (found.length >= MAX_LINKS) return found;
    found.push({ host: hostOf(match[1]!), says: null });
  }
  const page = (html ?? '').slice(0, MAX_TEXT);
  for (const match of page.matchAll(HREF)) {
    if (found.length >= MAX_LINKS) return found;
    found.push({ host: hostOf(match[1]!), says: saidIn(page, match.index) });
  }
  return found;
}

/** Without a name before the @ and a port behind: both are there to mislead. */
const hostOf = (authority: string): string => authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d{0,5}$/, '').replace(/^www\./i, '').toLowerCase();

const WINDOW = 600;

/** The host that a link's words name: what stands between the end of its tag and the next one. */
function saidIn(page: string, href: number): string | null {
  const close = page.indexOf('>', href);
  if (close === -1 || close - href > WINDOW) return null;
  const words = page.slice(close + 1, close + 1 + WINDOW).split('<', 1)[0]!;
  return HOST_IN_WORDS.exec(words)?.[1]?.replace(/^www\./i, '').toLowerCase() ?? null;
}

/** Whether two hosts belong together: one is the other or lies below it, or both end in the same two names. */
export const isAkin = (one: string, other: string): boolean =>
  one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`) || lastTwo(one) === lastTwo(other);

const lastTwo = (host: string): string => host.split('.').slice(-2).join('.');
