import type { FieldValue } from '../../fields/core/types.ts';
import { OWN_FIELD } from '../../fields/core/values.ts';
import type { EntryView } from './contract.ts';

const NULLABLE = ['assignee', 'team', 'customer', 'company', 'brand', 'office', 'policy', 'queue'] as const;
const isNullable = (name: string): name is (typeof NULLABLE)[number] => (NULLABLE as readonly string[]).includes(name);

/** What one person (or the system) did to a ticket's facts in one go, folded from the single events. */
export type Fact =
  | { readonly what: 'status' | 'priority' | 'kind' | 'language' | 'subject' | 'private'; readonly to: string }
  | { readonly what: (typeof NULLABLE)[number]; readonly to: string | null }
  /** What another room told; it has the words. */
  | { readonly what: 'elsewhere'; readonly type: string; readonly data: Readonly<Record<string, unknown>> }
  /** One of the workspace's own fields, by its key; null: emptied. */
  | { readonly what: 'own'; readonly key: string; readonly to: FieldValue | null }
  /** Until a time, until another ticket (its number) is done, or until the customer writes. */
  | { readonly what: 'snoozed'; readonly until: string | null; readonly number: string }
  | { readonly what: 'woken'; readonly by: string }
  | { readonly what: 'tags'; readonly added: readonly string[]; readonly removed: readonly string[] }
  | { readonly what: 'created' | 'merged' | 'unmerged' | 'deleted' | 'restored' | 'spam' | 'not_spam' | 'withdrawn' | 'forwarded' | 'redacted' | 'misdirected' | 'split' | 'unsplit'; readonly about: string };

export type EventLine = { readonly author: EntryView['author']; readonly at: string; readonly facts: readonly Fact[] };
export type TimelineItem =
  | { readonly kind: 'entry'; readonly id: string; readonly entry: EntryView; readonly firstUnread: boolean }
  | { readonly kind: 'events'; readonly id: string; readonly lines: readonly EventLine[] };

/** Entries as they are read: what people wrote, and between it one grey line for all that was done. */
export function timelineOf(entries: readonly EntryView[], firstUnread: string | null): TimelineItem[] {
  const items: TimelineItem[] = [];
  let done: EntryView[] = [];
  const fold = () => {
    const lines = eventLines(done);
    const [first] = done;
    if (first && lines.length > 0) items.push({ kind: 'events', id: first.id, lines });
    done = [];
  };
  for (const entry of entries) {
    if (entry.event) done.push(entry);
    else {
      fold();
      items.push({ kind: 'entry', id: entry.id, entry, firstUnread: entry.id === firstUnread });
    }
  }
  fold();
  return items;
}

function eventLines(events: readonly EntryView[]): EventLine[] {
  const runs: EntryView[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    if (run?.[0] && sameAuthor(run[0], event)) run.push(event);
    else runs.push([event]);
  }
  return runs.flatMap((run) => {
    const [first] = run;
    const facts = factsOf(run);
    return first && facts.length > 0 ? [{ author: first.author, at: run.at(-1)?.createdAt ?? first.createdAt, facts }] : [];
  });
}

const sameAuthor = (a: EntryView, b: EntryView): boolean => a.author.kind === b.author.kind && a.author.id === b.author.id;

const CHANGED = {
  status: 'status', priority: 'priority', kind: 'kind', language: 'language', subject: 'subject',
  assigneeId: 'assignee', teamId: 'team', customerId: 'customer', companyId: 'company', isPrivate: 'private', brandId: 'brand', officeId: 'office', slaPolicyId: 'policy', queueChoice: 'queue',
} as const;
const HAPPENED: Readonly<Record<string, Exclude<Fact, { to: unknown } | { added: unknown } | { type: unknown } | { until: unknown } | { by: unknown }>['what']>> = {
  'ticket.created': 'created', 'ticket.merged': 'merged', 'ticket.unmerged': 'unmerged', 'ticket.deleted': 'deleted',
  'ticket.restored': 'restored', 'entry.withdrawn': 'withdrawn', 'entry.forwarded': 'forwarded', 'entry.redacted': 'redacted', 'mail.misdirected': 'misdirected', 'ticket.split': 'split', 'ticket.unsplit': 'unsplit',
};

/** What is spam is out of sight like what is deleted; people did something else, though. */
const SPAM: typeof HAPPENED = { 'ticket.deleted': 'spam', 'ticket.restored': 'not_spam' };

type Changes = { readonly fields: Map<string, { from: unknown; to: unknown }>; readonly added: Set<string>; readonly removed: Set<string> };

/** Several changes of one thing are one: from the first state to the last, and nothing when it came back. */
function factsOf(events: readonly EntryView[]): Fact[] {
  const changes: Changes = { fields: new Map(), added: new Set(), removed: new Set() };
  const facts: Fact[] = [];
  for (const { event } of events) {
    if (!event) continue;
    const happened = event.data['spam'] === true ? SPAM[event.type] : HAPPENED[event.type];
    const sleep = sleepFact(event);
    if (sleep) facts.push(sleep);
    else if (happened) facts.push({ what: happened, about: bothNumbers(event.data) || textOf(event.data['reason']) });
    else if (event.type !== 'ticket.changed') facts.push({ what: 'elsewhere', type: event.type, data: event.data });
    else noteChanges(changes, event.data);
  }
  for (const [what, { from, to }] of changes.fields) facts.push(...factOf(what, from, to));
  if (changes.added.size + changes.removed.size > 0) facts.push({ what: 'tags', added: [...changes.added], removed: [...changes.removed] });
  return facts;
}

function sleepFact({ type, data }: NonNullable<EntryView['event']>): Fact | null {
  if (type === 'ticket.woken') return { what: 'woken', by: textOf(data['by']) };
  return type === 'ticket.snoozed' ? { what: 'snoozed', until: textOf(data['until']) || null, number: textOf(data['number']) } : null;
}

function noteChanges({ fields, added, removed }: Changes, data: Readonly<Record<string, unknown>>): void {
  for (const [what, change] of Object.entries(data)) {
    const earlier = fields.get(what);
    if (Array.isArray(change)) fields.set(what, { from: earlier ? earlier.from : change[0], to: change[1] });
  }
  noteTags(data['tags'] as { added?: unknown; removed?: unknown } | undefined, added, removed);
}

function noteTags(tags: { added?: unknown; removed?: unknown } | undefined, added: Set<string>, removed: Set<string>): void {
  for (const tag of listOf(tags?.added)) if (!removed.delete(tag)) added.add(tag);
  for (const tag of listOf(tags?.removed)) if (!added.delete(tag)) removed.add(tag);
}

function factOf(what: string, from: unknown, to: unknown): Fact[] {
  if (what.startsWith(OWN_FIELD)) return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ what: 'own', key: what.slice(OWN_FIELD.length), to: to as FieldValue | null }];
  const name = (CHANGED as Readonly<Record<string, (typeof CHANGED)[keyof typeof CHANGED]>>)[what];
  if (!name || JSON.stringify(from) === JSON.stringify(to)) return [];
  return isNullable(name) ? [{ what: name, to: to === null ? null : textOf(to) }] : [{ what: name, to: textOf(to) }];
}

/** Of a merge: which ticket went into which. */
const bothNumbers = ({ source, target }: Readonly<Record<string, unknown>>): string => (source && target ? `#${textOf(source)} → #${textOf(target)}` : '');

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** Where to go on reading: the first message of somebody else after the reader had the ticket open last. Null when nothing is unread. */
export function firstUnread(entries: readonly EntryView[], { unread, readAt }: { unread: boolean; readAt: string | null }, readerId: string): string | null {
  if (!unread) return null;
  const since = readAt ?? '';
  const written = entries.filter((entry) => !entry.event);
  const at = written.findIndex((entry) => entry.author.id !== readerId && entry.createdAt > since);
  // Where all is new there is nothing to part it from.
  return at > 0 ? (written[at]?.id ?? null) : null;
}

/** From which entry on the last so many messages stand, and all that is unread; 0: all of them. */
export function latestFrom(entries: readonly EntryView[], firstUnread: string | null, count: number): number {
  let [at, left] = [entries.length, count];
  while (at > 0 && left > 0) {
    at -= 1;
    if (!entries[at]?.event) left -= 1;
  }
  const unread = entries.findIndex(({ id }) => id === firstUnread);
  return unread < 0 ? at : Math.min(at, unread);
}

const SCREEN_OF_LINES = 24;
const SCREEN_OF_SIGNS = 1_800;

/** A text that would fill more than a screen is folded, unless so little is left over that folding only annoys. */
export function foldedText(text: string): { readonly shown: string; readonly isFolded: boolean } {
  const lines = text.split('\n');
  const cut = Math.min(lines.slice(0, SCREEN_OF_LINES).join('\n').length, SCREEN_OF_SIGNS);
  if (text.length - cut < SCREEN_OF_SIGNS / 5 && lines.length < SCREEN_OF_LINES * 1.25) return { shown: text, isFolded: false };
  return { shown: endOfWord(text, cut), isFolded: true };
}

/** Cuts at the last space before `at`, unless the text has none. */
function endOfWord(text: string, at: number): string {
  const space = text.slice(0, at + 1).search(/\s\S*$/u);
  return text.slice(0, space > 0 ? space : at).trimEnd();
}
