import { decodeEntities } from './entities.ts';

type Span = readonly [start: number, end: number];

const ENTITY = /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,9});/giu;

/**
 * Takes out what `seek` finds in the words of HTML, also where tags stand between them or signs are written as
 * entities, and in the attributes. Tags stay where they are.
 */
export function strikeHtml(html: string, seek: (text: string) => Span[], instead: string): string {
  const tags = tagsIn(html);
  const cuts = [...cutsIn(html, outside(tags, html.length), seek), ...tags.flatMap((tag) => cutsIn(html, [tag], seek))].toSorted((a, b) => a.at - b.at);
  if (cuts.length === 0) return html;
  let struck = '';
  let from = 0;
  for (const { at, end, isFirst } of cuts) {
    struck += html.slice(from, at) + (isFirst ? instead : '');
    from = end;
  }
  return struck + html.slice(from);
}

/** Tags and comments; what is opened and never closed is text. */
function tagsIn(html: string): Span[] {
  const tags: Span[] = [];
  let at = html.indexOf('<');
  while (at !== -1) {
    const closing = html.startsWith('<!--', at) ? '-->' : '>';
    const close = html.indexOf(closing, at + 1);
    const isTag = close !== -1 && /[a-z/!?]/iu.test(html[at + 1] ?? '');
    if (isTag) tags.push([at, close + closing.length]);
    else if (close === -1 && closing === '>') break;
    at = html.indexOf('<', isTag ? close + closing.length : at + 1);
  }
  return tags;
}

function outside(tags: readonly Span[], length: number): Span[] {
  const edges = [0, ...tags.flat(), length];
  return Array.from({ length: edges.length / 2 }, (_, i): Span => [edges[i * 2]!, edges[i * 2 + 1]!]).filter(([start, end]) => end > start);
}

/** The pieces, read as one text, with where each sign comes from. */
function cutsIn(html: string, pieces: readonly Span[], seek: (text: string) => Span[]): { at: number; end: number; isFirst: boolean }[] {
  let text = '';
  const places: number[] = [];
  const ends: number[] = [];
  const add = (plain: string, at: number, end: number): void => {
    text += plain;
    for (let i = 0; i < plain.length; i++) {
      places.push(plain.length === end - at ? at + i : at);
      ends.push(plain.length === end - at ? at + i + 1 : end);
    }
  };
  for (const [start, end] of pieces) {
    let from = start;
    for (const entity of html.slice(start, end).matchAll(ENTITY)) {
      const at = start + entity.index;
      add(html.slice(from, at), from, at);
      from = at + entity[0].length;
      add(decodeEntities(entity[0]), at, from);
    }
    add(html.slice(from, end), from, end);
  }
  return seek(text).flatMap(([start, end]) => runsOf(places, ends, start, end));
}

/** Neighbours in the HTML are one cut; a tag between them is not cut. */
function runsOf(places: readonly number[], ends: readonly number[], start: number, end: number): { at: number; end: number; isFirst: boolean }[] {
  const runs: { at: number; end: number; isFirst: boolean }[] = [];
  for (let i = start; i < end; i++) {
    const last = runs.at(-1);
    if (last && places[i]! <= last.end) last.end = Math.max(last.end, ends[i]!);
    else runs.push({ at: places[i]!, end: ends[i]!, isFirst: i === start });
  }
  return runs;
}
