import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import { momentOf, readingOf } from '../../calendars/core/zone.ts';
import type { Node } from '../../conditions/core/condition.ts';
import type { CustomerView } from '../../customers/core/contract.ts';
import type { Customers } from '../../customers/server/customers.ts';
import type { Email } from '../../email/server/email.ts';
import { can } from '../../people/core/permissions.ts';
import type { People } from '../../people/server/people.ts';
import type { Quest } from '../../tickets/server/tickets.ts';
import type { Note } from '../core/contract.ts';
import { isUnfinished, type Operator, type Query, type Term } from '../core/query.ts';
import { CHOICES, chosen, dayIn, isChoosing, whoIn } from '../core/values.ts';

type Deps = { readonly people: Pick<People, 'people' | 'teams'>; readonly customers: Pick<Customers, 'list'>; readonly email: Pick<Email, 'mailboxes'> };
type Asker = { readonly actor: Actor; readonly timeZone: string; readonly now: Date };
export type Resolved = { readonly quest: Quest; readonly notes: readonly Note[] };

/** People of one name that are looked at. */
const MOST_PEOPLE = 100;
/** An id that nothing has: what is asked of somebody who is not there is true of no ticket. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

type Sketch = { tests: Node[]; handles: Quest['handles'][number][]; notes: Note[]; from: Quest['from'][number][]; to: Quest['to'][number][]; shelf: Quest['shelf']; hasFiles: boolean | null; number: number | null; since: Date | null; until: Date | null };

/** Makes of names and dates what the tickets room asks its tables. The names are those that the searcher may read. */
export async function resolved({ sought, terms }: Query, deps: Deps, asker: Asker): Promise<Resolved> {
  const sketch: Sketch = { tests: [], handles: [], notes: [], from: [], to: [], shelf: 'kept', hasFiles: null, number: null, since: null, until: null };
  for (const term of terms) await READERS[term.operator](sketch, term, deps, asker);
  const { tests, notes, handles, ...rest } = sketch;
  const positive = sought.filter((one) => !one.isNot && !isUnfinished(one));
  return {
    notes,
    quest: {
      ...rest, handles: handles.toSorted((a, b) => ORDER.indexOf(a.by) - ORDER.indexOf(b.by)),
      words: positive.map(({ text }) => text).join(' '), phrases: positive.filter(({ isPhrase }) => isPhrase).map(({ text }) => text),
      without: sought.filter(({ isNot }) => isNot).map(({ text, isPhrase }) => ({ text, isPhrase })),
      condition: { version: 1, all: tests },
    },
  };
}

const ORDER: readonly Quest['handles'][number]['by'][] = ['number', 'customers', 'tag', 'people', 'status', 'teams'];

type Reader = (sketch: Sketch, term: Term, deps: Deps, asker: Asker) => Promise<void> | void;

const READERS: Record<Operator, Reader> = {
  from: async (sketch, term, deps, asker) => {
    const { customers, isMore } = await customersCalled(term.value, deps, asker);
    const known = { customerIds: idsOf(customers), addresses: customers.flatMap(addressesOf) };
    if (isMore) sketch.notes.push({ code: 'from_many', value: term.value });
    if (known.customerIds.length === 0) sketch.notes.push({ code: 'nobody', value: term.value });
    sketch.from.push({ ...known, isNot: term.isNot });
    if (!term.isNot) sketch.handles.push({ by: 'customers', ...known });
  },
  assignee: async (sketch, term, { people }, { actor }) => {
    const who = whoIn(term.value);
    if (who === 'none') test(sketch, term, { field: 'assignee', operator: 'empty' });
    else among(sketch, term, 'assignee', who === 'me' ? [actor.id] : (await people.people(actor, { q: who.name, limit: MOST_PEOPLE })).items.map(({ id }) => id), 'people');
  },
  team: async (sketch, term, { people }, { actor }) => {
    const who = whoIn(term.value);
    if (who === 'none') return test(sketch, term, { field: 'team', operator: 'empty' });
    const ids = who === 'me' ? actor.teamIds : (await people.teams(actor, { limit: 100 })).items.filter(({ name }) => holds(name, who.name)).map(({ id }) => id);
    return among(sketch, term, 'team', ids, 'teams');
  },
  tag: (sketch, term) => {
    const names = term.value.split(/[,،]/u).map((name) => name.trim()).filter((name) => name !== '');
    if (names.length === 0) throw unclear(term, ['the name of a tag']);
    test(sketch, term, { field: 'tags', operator: 'has_any', value: names });
    if (!term.isNot) sketch.handles.push({ by: 'tag', names });
  },
  kind: (sketch, term) => test(sketch, term, { field: 'kind', operator: 'in', value: [...choices(term)] }),
  channel: (sketch, term) => test(sketch, term, { field: 'channel', operator: 'in', value: [...choices(term)] }),
  priority: (sketch, term) => test(sketch, term, { field: 'priority', operator: 'in', value: [...choices(term)] }),
  status: (sketch, term) => {
    const wanted = choices(term);
    const shelf = wanted.find((one) => one === 'spam' || one === 'trash');
    if (shelf === undefined) return statuses(sketch, term, wanted.flatMap((one) => MEANT[one] ?? [one]));
    if (wanted.length > 1 || term.isNot) throw new AppError('invalid', 'search.bad_value', 'status:spam and status:trash stand alone; other searches leave both out anyway.', { operator: 'status', value: term.value });
    sketch.shelf = shelf === 'spam' ? 'spam' : 'trash';
    return undefined;
  },
  has: (sketch, term) => { choices(term); sketch.hasFiles = !term.isNot; },
  number: (sketch, term) => {
    const number = /^#?(\d{1,15})$/u.exec(term.value)?.[1];
    if (number === undefined) throw unclear(term, ['a number, such as 1042']);
    if (term.isNot) throw unclear(term, ['a number to look for, without the minus']);
    sketch.number = Number(number);
    sketch.handles.push({ by: 'number', number: Number(number) });
  },
  to: async (sketch, term, deps, asker) => {
    const wanted = term.value.toLowerCase();
    const mailboxes = can(asker.actor, 'mailboxes.list') ? (await deps.email.mailboxes.list(asker.actor, { limit: 100 })).items : [];
    const mailboxIds = mailboxes.filter(({ name, address }) => holds(name, wanted) || address.toLowerCase() === wanted || address.toLowerCase().split('@').includes(wanted)).map(({ id }) => id);
    const { customers, isMore } = await customersCalled(term.value, deps, asker);
    if (isMore) sketch.notes.push({ code: 'from_many', value: term.value });
    // Of a whole address that one alone is meant, and all of its tickets are known by it.
    const isWhole = wanted.includes('@');
    const known = isWhole ? { customerIds: idsOf(customers.filter((one) => addressesOf(one).includes(wanted))), addresses: [wanted] } : { customerIds: idsOf(customers), addresses: customers.flatMap(addressesOf) };
    sketch.to.push({ names: [wanted], mailboxIds, ...known, isNot: term.isNot });
    if (isWhole && mailboxIds.length === 0 && !term.isNot) sketch.handles.push({ by: 'customers', ...known });
  },
  before: (sketch, term, _deps, asker) => inTime(sketch, term, term.isNot ? 'since' : 'until', asker),
  after: (sketch, term, _deps, asker) => inTime(sketch, term, term.isNot ? 'until' : 'since', asker),
};

/** Those whom the searcher may know, by a name, an address or a number. */
async function customersCalled(q: string, { customers }: Deps, { actor }: Asker): Promise<{ customers: readonly CustomerView[]; isMore: boolean }> {
  const { items, nextCursor } = can(actor, 'customers.read') ? await customers.list(actor, { q, limit: MOST_PEOPLE }) : { items: [], nextCursor: null };
  return { customers: items, isMore: nextCursor !== null };
}

const idsOf = (customers: readonly CustomerView[]): string[] => customers.map(({ id }) => id);
const addressesOf = ({ identities }: CustomerView): string[] => identities.flatMap(({ kind, value }) => (kind === 'email' ? [value.toLowerCase()] : []));

/** Whether it matters where the workspace is. */
export const asksForDays = ({ terms }: Query): boolean => terms.some(({ operator }) => operator === 'before' || operator === 'after');

const MEANT: Readonly<Record<string, readonly string[]>> = {
  active: ['new', 'open', 'waiting_customer', 'waiting_third_party', 'scheduled'], done: ['resolved', 'closed'],
};

const holds = (name: string, wanted: string): boolean => name.toLowerCase().includes(wanted.toLowerCase());

function test(sketch: Sketch, { isNot }: Term, node: Node): void {
  sketch.tests.push(isNot ? { none: [node] } : node);
}

/** True of tickets that are of one of these; of nobody, when there is nobody, and the searcher is told. */
function among(sketch: Sketch, term: Term, field: string, ids: readonly string[], by: 'people' | 'teams'): void {
  if (ids.length === 0) sketch.notes.push({ code: 'nobody', value: term.value });
  test(sketch, term, { field, operator: 'in', value: ids.length === 0 ? [NOBODY] : [...ids] });
  if (!term.isNot) sketch.handles.push({ by, ids });
}

function statuses(sketch: Sketch, term: Term, names: readonly string[]): void {
  test(sketch, term, { field: 'status', operator: 'in', value: [...names] });
  if (!term.isNot) sketch.handles.push({ by: 'status', names });
}

function choices(term: Term): readonly string[] {
  const { operator } = term;
  const found = isChoosing(operator) ? chosen(operator, term.value) : null;
  if (found === null) throw unclear(term, isChoosing(operator) ? CHOICES[operator] : []);
  return found;
}

function inTime(sketch: Sketch, term: Term, side: 'since' | 'until', { timeZone, now }: Asker): void {
  const day = dayIn(term.value, readingOf(timeZone, now).slice(0, 10));
  if (day === null) throw unclear(term, ['2026-03-02', '2026-03', '2026', 'today', 'yesterday', '7d', '2w', '3m', '1y']);
  const at = momentOf(timeZone, `${day}T00:00`);
  const other = sketch[side];
  // Of two, the narrower.
  if (other === null || (side === 'since' ? at > other : at < other)) sketch[side] = at;
}

const unclear = ({ operator, value }: Term, known: readonly string[]): AppError =>
  new AppError('invalid', 'search.bad_value', `${operator}:${value} is not understood. Behind ${operator}: stands one of: ${known.join(', ')}.`, { operator, value, known });
