import type { Page } from './lines.ts';
import { LABELS } from './words.ts';

/** The lines with which a mail program introduces what it repeats, `end` exclusive. */
export type Introduction = { readonly first: number; readonly end: number };

const MAX_BLOCK = 14;
export const MAX_LABEL = 40;

/** «From: … Sent: … To: … Subject: …» in any order; values may run on for two lines. */
export function headerBlock({ bare }: Page, at: number): Introduction | null {
  if (isForeign(bare, at)) return { first: at, end: at + FOREIGN };
  if (labelOf(bare[at]!) === null) return null;
  if (isOneLine(bare[at]!)) return { first: at, end: at + 1 };
  const labels = new Set<string>();
  const last = Math.min(bare.length, at + MAX_BLOCK);
  let end = at;
  for (let next = at; next < last && next <= end + 2; next++) {
    const label = labelOf(bare[next]!);
    if (label === null) continue;
    if (labels.has(label) && ONCE.has(label)) break;
    labels.add(label);
    end = next + 1;
  }
  const address = bare.slice(at, end).some((line) => line.includes('@'));
  return isHeader(labels, address) && !isOfAPerson(bare, { first: at, end }, labels, address) ? { first: at, end } : null;
}

/** Between other fields it is a form that somebody has filled in; «here is what I got:» announces what they show. */
function isOfAPerson(bare: readonly string[], { first, end }: Introduction, labels: ReadonlySet<string>, address: boolean): boolean {
  if (labels.size === 2 && !labels.has('date') && isAnnounced(bare, first)) return true;
  // «From: 1.12. To: 15.12.» are times: nobody is called so.
  if (!address && bare.slice(first, end).some((line) => labelOf(line) === 'from' && /[:：]\s{0,10}\d[^\p{L}]*$/u.test(line))) return true;
  const isWhole = labels.has('from') && (address || labels.size >= 4);
  return !isWhole && (isField(bare[first - 1]) || isField(bare[end]));
}

/** Four labels below one another, the first with a name and an address, one of the others with a time: in any language. */
function isForeign(bare: readonly string[], at: number): boolean {
  if (!/^[^<@]{3,120}[<[](?:mailto:)?[^\s<>@]{1,100}@/u.test(bare[at]!) || !/^(?:[-_=*\s]*)$/u.test(bare[at - 1] ?? '')) return false;
  const lines = bare.slice(at, at + FOREIGN);
  const labels = new Set(lines.map((line) => (line.length > MAX_VALUE ? '' : LABELLED.exec(line)?.[1] ?? '')));
  return labels.size === FOREIGN && !labels.has('') && lines.slice(1).some((line) => /\d[^@]{0,40}\d{1,2}[:.]\d\d/u.test(line));
}

const FOREIGN = 4;
const MAX_VALUE = 300;
const LABELLED = /^[*_]{0,2}(\p{L}[\p{L}\p{M}\s.]{0,24})[*_]{0,2}\s?[:：]\s{0,10}[*_]{0,2}\s{0,10}\S/u;

/** «From: Shop <help@shop.example> Sent: … To: … Subject: …», all in one line. */
function isOneLine(line: string): boolean {
  if (!line.includes('@')) return false;
  const labels = new Set([...line.matchAll(/(?:^|\s)(\p{L}[\p{L}\p{M}'’]{0,20})\s?:\s/gu)].flatMap(([, name = '']) => LABELS.get(name.toLowerCase()) ?? []));
  return labels.has('from') && labels.has('subject') && labels.size >= 3;
}

/** «Here is what I got:» */
function isAnnounced(bare: readonly string[], at: number): boolean {
  let above = at - 1;
  while (above >= 0 && bare[above] === '') above -= 1;
  return above >= 0 && /[:：]$/u.test(bare[above]!);
}

const isField = (line: string | undefined): boolean => line !== undefined && /^[\p{L}][\p{L}\s./-]{1,30}:\s/u.test(line);

/** Where one of these comes again, another header begins. */
const ONCE: ReadonlySet<string> = new Set(['from', 'subject']);

function isHeader(labels: ReadonlySet<string>, address: boolean): boolean {
  // «From Sofia, to Varna, date» is somebody's journey.
  if (labels.size >= 3) return labels.has('subject') || (labels.has('from') && address);
  return labels.size === 2 && labels.has('from') && address;
}

function labelOf(line: string): string | null {
  const colon = line.slice(0, MAX_LABEL).search(/[:：]/u);
  if (colon < 1) return null;
  const name = line.slice(0, colon).replace(/^[\s*_>|]{1,20}/u, '').replace(/[\s*_]{1,20}$/u, '').toLowerCase();
  return LABELS.get(name) ?? null;
}
