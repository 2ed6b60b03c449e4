import { decodeEntities } from './entities.ts';
import { isIndented, markOf } from './marks.ts';
import { QUOTE_BEGINS, SIGNATURE_BEGINS, SIGNATURE_ENDS, withoutMarks } from './quotes/lines.ts';
import { attributeOf, createTags, type Tag } from './tags.ts';

/** Set apart by a blank line; by a new line. */
const PARAGRAPH = /^(?:p|h[1-6]|ul|ol|dl|pre|blockquote|table)$/;
const LINE = /^(?:div|tr|li|dt|dd|section|article|header|footer|main|nav|aside|address|center|figure|figcaption|fieldset|form|caption)$/;
/** Characters of HTML that are read for their words. */
const MAX_HTML = 500_000;
const MAX_TEXT = 200_000;
const MAX_PREFIX = 5;
const MAX_SEEN = 500;
const MARKED_LINES = new RegExp(`^(?:> ){0,5}[${QUOTE_BEGINS}${SIGNATURE_BEGINS}${SIGNATURE_ENDS}](?:\\n|$)`, 'gmu');
const RULE = '-'.repeat(20);

/**
 * The words of a mail's HTML as somebody reads them, quotes with `> ` before each line, and with marks where the mail
 * program says that the message answered or a signature begins. One pass without a tree: linear for anything.
 */
export function markedTextOfHtml(source: string): string {
  const html = withoutMarks(source.slice(0, MAX_HTML));
  const page = createPage();
  const element = elements(page);
  const tags = createTags(html);
  let at = 0;
  while (at < html.length && page.length() < MAX_TEXT) {
    const open = tags.nextOpening(at);
    if (open !== at) page.words(html.slice(at, open === -1 ? html.length : open));
    if (open === -1) break;
    const tag = tags.read(open);
    at = tag?.end ?? afterSigns(html, open);
    if (tag === null) page.words(html.slice(open, at));
    else if (tag.name !== '') element(tag);
  }
  return page.text();
}

/** What HTML says, for search, lists and readers of plain text: the same without the marks. Never throws. */
export const textOfHtml = (source: string): string => markedTextOfHtml(source).replace(MARKED_LINES, '').replace(/\n{3,}/gu, '\n\n').trim();

function afterSigns(html: string, open: number): number {
  let at = open + 1;
  while (html[at] === '<' && html[at + 1] === '<') at += 1;
  return at;
}

type Page = ReturnType<typeof createPage>;

/** What each element does to the page. */
function elements(page: Page): (tag: Tag) => void {
  const link = links(page);
  const mark = marks(page);
  const quote = quotes(page);
  const list = lists(page);
  return (tag) => {
    const { name, closes } = tag;
    if (name === 'br') return page.line(true);
    if (name === 'a') return link(tag);
    if (PLAIN.test(name)) return mark(tag);
    if (name === 'blockquote') quote(tag);
    ACTS[name]?.(page, closes);
    const isInList = list.read(tag);
    if (PARAGRAPH.test(name) && !isInList) page.paragraph();
    else if (PARAGRAPH.test(name) || LINE.test(name)) page.line(false);
    list.begin(tag);
    mark(tag);
  };
}

/** They change nothing about where words stand. */
const PLAIN = /^(?:span|font|b|i|u|em|strong|o:p|tbody|thead|img)$/;
const ACTS: Readonly<Record<string, (page: Page, closes: boolean) => void>> = {
  hr: rule,
  td: (page) => { page.words(' '); },
  th: (page) => { page.words(' '); },
  pre: (page, closes) => { page.keepSpace(!closes); },
};

/** ` * one`, ` 2. two`, further in where one list stands in another. */
function lists(page: Page) {
  const open: { readonly counts: boolean; item: number }[] = [];
  return {
    /** Whether the tag stands inside a list, where no blank lines part the items. */
    read({ name, closes }: Tag): boolean {
      const isList = name === 'ul' || name === 'ol';
      if (isList && closes) open.pop();
      const isInside = open.length > 0;
      if (isList && !closes) open.push({ counts: name === 'ol', item: 0 });
      return isInside;
    },
    begin({ name, closes }: Tag): void {
      if (name !== 'li' || closes) return;
      const list = open.at(-1);
      if (list) list.item += 1;
      page.item(`${'   '.repeat(Math.min(Math.max(open.length - 1, 0), MAX_PREFIX))} ${list?.counts === true ? `${list.item}.` : '*'} `);
    },
  };
}

function rule(page: Page): void {
  page.line(false);
  page.words(RULE);
  page.line(false);
}

function quotes(page: Page): (tag: Tag) => void {
  const open: boolean[] = [];
  return (tag) => {
    if (!tag.closes) open.push(!isIndented(tag));
    if (tag.closes ? open.pop() : open.at(-1)) page.nest(tag.closes ? -1 : 1);
  };
}

/** `words (https://…)`; only the words when they are the address. */
function links(page: Page): (tag: Tag) => void {
  let open: { href: string; from: number } | null = null;
  const bare = (address: string): string => address.trim().replace(/^https?:\/\//u, '').replace(/\/$/u, '');
  return ({ closes, attributes }) => {
    if (open !== null) {
      const words = page.since(open.from);
      if (words !== null && words.trim() !== '' && bare(words) !== bare(open.href)) page.words(` (${open.href})`);
      open = null;
    }
    const href = closes ? '' : decodeEntities(attributeOf(attributes, 'href')).trim();
    if (/^https?:/iu.test(href)) open = { href, from: page.position() };
  };
}

/** A signature ends with its element. */
function marks(page: Page): (tag: Tag) => void {
  let inside: { name: string; depth: number } | null = null;
  // Mail programs write the same few tags again and again.
  const seen = new Map<string, ReturnType<typeof markOf>>();
  const remembered = (tag: Tag): ReturnType<typeof markOf> => {
    const key = `${tag.name} ${tag.attributes}`;
    const known = seen.get(key);
    if (known !== undefined) return known;
    const mark = markOf(tag);
    if (seen.size < MAX_SEEN) seen.set(key, mark);
    return mark;
  };
  return (tag) => {
    if (inside !== null) {
      if (tag.name === inside.name) inside.depth += tag.closes ? -1 : 1;
      if (inside.depth > 0) return;
      page.mark(SIGNATURE_ENDS);
      inside = null;
      return;
    }
    const mark = tag.closes || tag.attributes === '' ? null : remembered(tag);
    if (mark === 'quote') page.mark(QUOTE_BEGINS);
    if (mark !== 'signature') return;
    page.mark(SIGNATURE_BEGINS);
    inside = { name: tag.name, depth: 1 };
  };
}

/** Lines as they are written one after the other, space drawn together as a browser does. */
function createPage() {
  const lines: string[] = [];
  let line = '';
  let depth = 0;
  let length = 0;
  let isPre = 0;
  let isBlank = true;
  let endsInSpace = true;
  /** The sign of an item of a list whose words have not begun. */
  let item = '';

  function push(): void {
    const prefix = depth === 0 ? '' : '> '.repeat(Math.min(depth, MAX_PREFIX));
    lines.push((prefix + line).trimEnd());
    length += prefix.length + 1;
    isBlank = line.trim() === '';
    item = '';
    line = '';
    endsInSpace = true;
  }

  function plain(text: string, exact: boolean): void {
    const drawn = exact ? text : text.replace(/[ \t\r\n\f]+/gu, ' ');
    const shown = !exact && endsInSpace ? drawn.replace(/^ /u, '') : drawn;
    if (shown === '') return;
    line += shown;
    length += shown.length;
    endsInSpace = shown.endsWith(' ');
  }

  const page = {
    words(html: string, exact = false): void {
      const text = html.includes('&') ? withoutMarks(decodeEntities(html)) : html;
      if (isPre === 0) return plain(text, exact);
      text.replace(/\r\n?/gu, '\n').split('\n').forEach((part, at) => {
        if (at > 0) push();
        plain(part, true);
      });
    },
    /** A new line; `always` even where nothing stands in this one. */
    line(always: boolean): void {
      if (item !== '' && line === item && !always) return;
      if (always || line.trim() !== '' || line.includes('\u00a0')) push();
      line = '';
      endsInSpace = true;
    },
    paragraph(): void {
      page.line(false);
      if (!isBlank && item === '') push();
    },
    item(sign: string): void {
      line = sign;
      item = sign;
    },
    mark(sign: string): void {
      page.line(false);
      line = sign;
      push();
    },
    nest(step: 1 | -1): void {
      if (step === 1) page.paragraph();
      else page.line(false);
      depth = Math.max(0, depth + step);
      // What is blank at the end of a quote belongs to neither.
      if (step === -1 && isBlank && lines.length > 0) lines[lines.length - 1] = '> '.repeat(Math.min(depth, MAX_PREFIX)).trimEnd();
    },
    keepSpace: (is: boolean): void => { isPre = Math.max(0, isPre + (is ? 1 : -1)); },
    position: (): number => lines.length * MAX_TEXT * 10 + line.length,
    /** The words of this line since then; null when it is another line by now. */
    since: (from: number): string | null => (Math.floor(from / (MAX_TEXT * 10)) === lines.length ? line.slice(from % (MAX_TEXT * 10)) : null),
    length: (): number => length,
    text(): string {
      push();
      return lines.join('\n').replaceAll('\u00a0', ' ').replace(/[ \t]+$/gmu, '').replace(/\n{3,}/gu, '\n\n').trim();
    },
  };
  return page;
}
