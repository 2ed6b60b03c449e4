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

const VIDEO = /^https:\/\/(?:www\.)?(?:youtube\.com\/watch|youtu\.be\/|vimeo\.com\/\d|player\.vimeo\.com\/)/;
const ALONE = /<p>\s*<a href="([^"]{1,1000})">([^<]{1,300})<\/a>\s*<\/p>/g;

export type Heading = { readonly id: string; readonly text: string };

/**
 * Sanitised HTML as it is shown: headings can be pointed at, wide tables scroll by themselves, code and links keep their direction,
 * and a video is a card that leads to it: nothing of it is fetched before somebody goes there.
 */
export function furnishArticle(clean: string, watch: (site: string) => string): { html: string; headings: Heading[] } {
  const headings: Heading[] = [];
  const html = clean
    .replace(/<h2( [^>]{0,200})?>([^]*?)<\/h2>/g, (_whole, attributes: string | undefined, inner: string) => {
      const id = `part-${headings.length + 1}`;
      headings.push({ id, text: inner.replace(/<[^>]*>/g, '').trim() });
      return `<h2 id="${id}"${attributes ?? ''}>${inner}</h2>`;
    })
    .replaceAll('<table', '<div class="scroll" tabindex="0"><table').replaceAll('</table>', '</table></div>')
    .replace(ALONE, (whole, href: string, text: string) => (VIDEO.test(href)
      ? `<p><a class="video" href="${href}" rel="noopener noreferrer"><span aria-hidden="true">▶</span> <span>${text}<br><span class="faint small">${watch(new URL(href).hostname.replace(/^www\./, ''))}</span></span></a></p>` : whole))
    .replaceAll('<a href="http', '<a rel="noopener" href="http')
    .replaceAll('<img ', '<img loading="lazy" ');
  return { html, headings };
}
