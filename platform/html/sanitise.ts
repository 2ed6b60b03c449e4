import sanitizeHtml, { type Attributes, type Tag } from 'sanitize-html';
import { bareText } from './bare-text.ts';
import { fetches, safeDeclarations, safeSheet } from './css.ts';
import { escapeHtml } from './escape.ts';
import { contentId, safeLink, webImage } from './url.ts';

/** A picture that a mail wants to show: a part of the mail, or something on the web. */
export type MailImage = { readonly cid: string } | { readonly url: string };

export type SanitisedMail = {
  /** To be served from its own address under its own policy, and never put into a page of ours. */
  readonly html: string;
  /** Pictures on the web that the mail asks for, shown or not; counting pixels included. */
  readonly remoteImages: number;
  /** The mail was longer than we show. */
  readonly cut: boolean;
};

/** Characters of HTML that are shown. */
const MAX_HTML = 2_000_000;
const MAX_DEPTH = 2_000;
const MAX_SHOWN_DEPTH = 200;
const MAX_INLINE_IMAGE = 150_000;

const TAGS = (
  'a abbr address article b big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption ' +
  'figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp section small span strike ' +
  'strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr'
).split(' ');
/** Their content is not meant to be read. */
const UNREADABLE = ['script', 'style', 'title', 'textarea', 'select', 'option', 'xmp', 'noscript', 'template', 'iframe', 'noembed', 'noframes', 'audio', 'video'];
const ATTRIBUTES = new Set((
  'abbr align alt bgcolor border cellpadding cellspacing class color cols colspan dir face headers height hspace id lang noshade ' +
  'nowrap open reversed rowspan rules scope size span start summary title type valign vspace width'
).split(' '));

/**
 * Makes the HTML of a stranger harmless while it keeps looking as it was meant to. `image` says where a picture may be
 * had, or null when it stays blocked. Parsed and written anew by one allow-list; never throws, linear in its length.
 */
export function sanitiseMail(html: string, { image }: { image: (image: MailImage) => string | null }): SanitisedMail {
  const shown = html.slice(0, MAX_HTML);
  const found = { remote: 0 };
  const cut = html.length > MAX_HTML;
  const clean = rewrite(shown, image, found);
  if (clean === null) return { html: `<pre style="white-space:pre-wrap">${escapeHtml(bareText(shown))}</pre>`, remoteImages: 0, cut };
  const sheet = safeSheet(styleBlocks(shown));
  return { html: (sheet === '' ? '' : `<style>${sheet}</style>`) + clean, remoteImages: found.remote, cut };
}

/** Null when elements are nested as deep as no mail program does it: parsers then need quadratic time. */
function rewrite(html: string, image: (image: MailImage) => string | null, found: { remote: number }): string | null {
  let depth = 0;
  try {
    return sanitizeHtml(html, {
      allowedTags: TAGS,
      // cleanTag has decided on attributes; addresses are looked at once more here.
      allowedAttributes: false,
      allowedSchemes: ['http', 'https', 'mailto', 'tel'],
      allowedSchemesByTag: { img: ['http', 'https', 'cid', 'data'] },
      nonTextTags: UNREADABLE,
      nestingLimit: MAX_SHOWN_DEPTH,
      parseStyleAttributes: false,
      enforceHtmlBoundary: false,
      transformTags: { '*': (tagName, attributes) => cleanTag(tagName, attributes, image, found) },
      exclusiveFilter: (frame) => frame.tag === 'img' && frame.attribs['data-gone'] !== undefined,
      onOpenTag: () => { if (++depth > MAX_DEPTH) throw new TooDeep(); },
      onCloseTag: () => { depth -= 1; },
    });
  } catch (error) {
    if (error instanceof TooDeep) return null;
    throw error;
  }
}

class TooDeep extends Error {}

function cleanTag(name: string, given: Attributes, image: (image: MailImage) => string | null, found: { remote: number }): Tag {
  const attribs: Attributes = {};
  for (const [attribute, value] of Object.entries(given)) {
    if (ATTRIBUTES.has(attribute)) attribs[attribute] = value.slice(0, 1_000);
  }
  if (given['background'] || (given['style'] && fetches(given['style']))) found.remote += 1;
  const style = given['style'] ? safeDeclarations(given['style']) : '';
  if (style !== '') attribs['style'] = style;
  if (name === 'a') link(given, attribs);
  if (name === 'img') picture(given, attribs, image, found);
  // The page around the mail has its own body; the mail's keeps its colours.
  return { tagName: name === 'body' ? 'div' : name, attribs };
}

function link(given: Attributes, attribs: Attributes): void {
  const href = safeLink(given['href'] ?? '');
  if (href === null) return;
  attribs['href'] = href;
  attribs['target'] = '_blank';
  attribs['rel'] = 'noopener noreferrer nofollow';
}

function picture(given: Attributes, attribs: Attributes, image: (image: MailImage) => string | null, found: { remote: number }): void {
  const raw = given['src'] ?? '';
  const cid = contentId(raw);
  const url = cid === null ? webImage(raw) : null;
  if (url !== null) found.remote += 1;
  const src = cid === null ? (url === null ? inlineImage(raw) : image({ url })) : image({ cid });
  if (src !== null) attribs['src'] = src;
  else if (isPixel(given)) attribs['data-gone'] = '';
  else attribs['data-blocked'] = url === null ? 'missing' : 'remote';
}

/** Small pictures written into the mail itself; raster formats only. */
const inlineImage = (raw: string): string | null =>
  raw.length <= MAX_INLINE_IMAGE && /^data:image\/(?:png|jpe?g|gif|webp);base64,[a-z0-9+/=]+$/iu.test(raw.trim()) ? raw.trim() : null;

const isPixel = ({ width, height }: Attributes): boolean => [width, height].some((size) => /^[01](?:px)?$/u.test(size ?? ''));

function styleBlocks(html: string): string {
  let css = '';
  const opening = /<style(?=[\s/>])[^>]{0,500}>/giu;
  const closing = /<\/style/giu;
  for (let open = opening.exec(html); open !== null; open = opening.exec(html)) {
    closing.lastIndex = opening.lastIndex;
    const end = closing.exec(html)?.index ?? html.length;
    css += `${html.slice(opening.lastIndex, end)}\n`;
    opening.lastIndex = end;
  }
  return css;
}
