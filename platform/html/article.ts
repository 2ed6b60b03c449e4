import sanitizeHtml, { type Attributes } from 'sanitize-html';
import { safeLink } from './url.ts';

const TAGS = 'a b blockquote br code em h2 h3 h4 hr i img kbd li ol p pre s strong sub sup table tbody td tfoot th thead tr u ul'.split(' ');
const MAX_ARTICLE = 400_000;
/** Our own pictures: addresses of this server, and nothing that could leave it. */
const OWN_PICTURE = /^\/help\/pictures\/[0-9a-f]{64}$/;
const INSIDE = /^(?:#[\p{L}\p{N}-]{1,100}|\/(?![/\\])[^\s\\]{0,1000})$/u;

/**
 * The HTML of an article as it may stand in a page of ours: text, lists, tables, code, pictures of our own, links. No styles, no
 * classes, no frames; whoever wrote it, and whatever they pasted.
 */
export function sanitiseArticle(html: string): string {
  return sanitizeHtml(html.slice(0, MAX_ARTICLE), {
    allowedTags: TAGS,
    allowedAttributes: { a: ['href'], img: ['src', 'alt', 'width', 'height'], td: ['colspan', 'rowspan'], th: ['colspan', 'rowspan', 'scope'], ol: ['start'], '*': ['dir', 'lang'] },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    nestingLimit: 40,
    enforceHtmlBoundary: false,
    // A page has one first heading, its title.
    transformTags: { h1: 'h2', h5: 'h4', h6: 'h4', a: (tagName, attribs) => ({ tagName, attribs: linked(attribs) }) },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !OWN_PICTURE.test(attribs['src'] ?? ''),
  });
}

function linked({ href = '', ...rest }: Attributes): Attributes {
  const to = INSIDE.test(href) ? href : safeLink(href);
  return to === null ? rest : { ...rest, href: to };
}

/** Whose players may stand in our pages, each at the address by which it keeps nothing of who only watches. */
export const PLAYERS = ['https://www.youtube-nocookie.com', 'https://player.vimeo.com'] as const;

/** Where the player of a video is; null for what is no video that we show. */
function playerOf(escaped: string): string | null {
  const href = escaped.replaceAll('&amp;', '&');
  if (!URL.canParse(href)) return null;
  const { origin, pathname, searchParams } = new URL(href);
  const said = `${origin.replace(/^https:\/\/(?:www|m)\./, 'https://')}${pathname}`;
  const tube = said === 'https://youtube.com/watch' ? searchParams.get('v') : TUBE.exec(said)?.[1];
  if (tube) return /^[\w-]{6,20}$/.test(tube) ? `${PLAYERS[0]}/embed/${tube}?autoplay=1` : null;
  const vimeo = VIMEO.exec(said)?.[1];
  return vimeo === undefined ? null : `${PLAYERS[1]}/video/${vimeo}?autoplay=1&amp;dnt=1`;
}

const TUBE = /^https:\/\/(?:youtu\.be|youtube\.com\/(?:shorts|live))\/([^/]+)$/;
const VIMEO = /^https:\/\/(?:vimeo\.com|player\.vimeo\.com\/video)\/(\d{4,15})$/;

const ALONE = /<p>\s*<a href="([^"]{1,1000})">([^<]{1,300})<\/a>\s*<\/p>/g;

export type Heading = { readonly id: string; readonly text: string };

/**
 * Sanitised HTML as it is shown: headings can be pointed at, wide tables scroll by themselves, code and links keep their direction,
 * and a video is a card that leads to it, and with script becomes its player once somebody presses it: nothing of it is fetched before.
 */
export function furnishArticle(clean: string, watch: (site: string) => string): { html: string; headings: Heading[]; hasVideo: boolean } {
  const headings: Heading[] = [];
  let hasVideo = false;
  const html = clean
    .replace(/<h2( [^>]{0,200})?>([^]*?)<\/h2>/g, (_whole, attributes: string | undefined, inner: string) => {
      const id = `part-${headings.length + 1}`;
      headings.push({ id, text: inner.replace(/<[^>]*>/g, '').trim() });
      return `<h2 id="${id}"${attributes ?? ''}>${inner}</h2>`;
    })
    .replaceAll('<table', '<div class="scroll" tabindex="0"><table').replaceAll('</table>', '</table></div>')
    .replace(ALONE, (whole, href: string, text: string) => {
      const player = playerOf(href);
      if (player === null) return whole;
      hasVideo = true;
      return `<p><a class="video" href="${href}" data-player="${player}" data-title="${text.replaceAll('"', '&quot;')}" rel="noopener noreferrer"><span aria-hidden="true">▶</span> <span>${text}<br><span class="faint small">${watch(new URL(href).hostname.replace(/^www\./, ''))}</span></span></a></p>`;
    })
    .replaceAll('<a href="http', '<a rel="noopener" href="http')
    .replaceAll('<img ', '<img loading="lazy" ');
  return { html, headings, hasVideo };
}
