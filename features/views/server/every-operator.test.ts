import { expect, test } from 'vitest';
import { readCondition } from '../../conditions/core/check.ts';
import type { Node, Operator, Scalar } from '../../conditions/core/condition.ts';
import { arityOf, asksForChange, type Field, operatorsOf, optionsOf } from '../../conditions/core/fields.ts';
import { momentOf } from '../../conditions/core/plan.ts';
import { toPredicate } from '../../conditions/core/predicate.ts';
import { forViewer, isOwn } from '../../conditions/core/viewer.ts';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import { type Name, NAMES, NOON, ownFields, threeTickets } from '../../../testing/three-tickets.ts';

/*
 * A view by every operator of every attribute that views offer, own fields of every type included: through the API, on tickets of which the one
 * is found and another is not. What is asked comes from the vocabulary: an attribute without values here, and an operator without an answer, fail.
 */
type Value = Scalar | readonly string[] | Date | null;
/** What stands in the three tickets, in the order of their names. */
type Values = readonly [full: Value, other: Value, bare: Value];
type Case = { readonly value?: unknown; readonly found: readonly Name[]; /** Asked so many days before. */ readonly daysAgo?: number };

const DAY_MS = 24 * 3_600_000;
const at = (daysAgo: number): string => new Date(NOON.getTime() - daysAgo * DAY_MS).toISOString();
const ALL = NAMES;
const those = (values: Values, holds: (value: Value) => boolean): Name[] => NAMES.filter((_name, index) => holds(values[index] ?? null));
const isThere = (value: Value): boolean => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

type Answers = Partial<Record<Operator, (values: Values, field: Field<TicketState>) => Case>>;
const THERE: Answers = {
  present: (values) => ({ found: those(values, isThere) }),
  empty: (values) => ({ found: those(values, (value) => !isThere(value)) }),
};
const CHOICE: Answers = {
  is: ([full]) => ({ value: full, found: ['full'] }),
  is_not: ([full]) => ({ value: full, found: ['other', 'bare'] }),
  in: ([full, other]) => ({ value: [full, other], found: ['full', 'other'] }),
  not_in: ([full, other]) => ({ value: [full, other], found: ['bare'] }),
  ...THERE,
};
const SET: Answers = {
  has_any: ([full, other]) => ({ value: [(full as string[])[0], ...other as string[]], found: ['full', 'other'] }),
  has_all: ([full]) => ({ value: full, found: ['full'] }),
  has_none: ([full]) => ({ value: [(full as string[])[1]], found: ['other', 'bare'] }),
  ...THERE,
};
const ANSWERS: { readonly [T in Field<never>['type']]?: Answers } = {
  text: {
    ...CHOICE,
    is: ([full]) => ({ value: (full as string).toUpperCase(), found: ['full'] }),
    contains: ([full]) => ({ value: (full as string).slice(2, -2).toUpperCase(), found: ['full'] }),
    not_contains: ([full]) => ({ value: (full as string).slice(2, -2), found: ['other', 'bare'] }),
    starts_with: ([full]) => ({ value: (full as string).slice(0, 20).toLowerCase(), found: ['full'] }),
    ends_with: ([, other]) => ({ value: (other as string).slice(-4), found: ['other'] }),
  },
  number: {
    ...CHOICE,
    less: ([full]) => ({ value: full, found: ['other'] }), at_most: ([, other]) => ({ value: other, found: ['other'] }),
    greater: ([, other]) => ({ value: other, found: ['full'] }), at_least: ([full]) => ({ value: full, found: ['full'] }),
    between: ([full]) => ({ value: { from: (full as number) - 1, to: full }, found: ['full'] }),
  },
  boolean: { is: ([full]) => ({ value: full, found: ['full'] }), is_not: ([full]) => ({ value: full, found: ['other', 'bare'] }), ...THERE },
  enum: {
    ...CHOICE,
    at_least: (values, field) => ({ value: values[0], found: those(values, (value) => rank(field, value) >= rank(field, values[0])) }),
    at_most: (values, field) => ({ value: values[1], found: those(values, (value) => rank(field, value) <= rank(field, values[1])) }),
  },
  language: CHOICE,
  id: CHOICE,
  ids: SET,
  tags: SET,
  // Ten days before noon on a Monday, two (a Saturday), and six or nothing.
  datetime: {
    older_than: () => ({ value: { amount: 8, unit: 'days' }, found: ['full'] }),
    // Of the eight hours of each working day: 48 and more, 3, and 29.
    working_older_than: () => ({ value: { amount: 40, unit: 'hours' }, found: ['full'] }),
    within_last: () => ({ value: { amount: 5, unit: 'days' }, found: ['other'] }),
    within_next: () => ({ value: { amount: 5, unit: 'days' }, found: ['full'], daysAgo: 14 }),
    before: () => ({ value: at(8), found: ['full'] }), after: () => ({ value: at(4), found: ['other'] }),
    between: () => ({ value: { from: at(3), to: at(1) }, found: ['other'] }),
    ...THERE,
  },
};
/** They stand in the first. */
const OWN: Readonly<Record<string, string>> = { person: 'me', team: 'mine' };
const OF_WHOEVER_LOOKS: Partial<Record<Operator, readonly Name[]>> = { is: ['full'], is_not: ['other', 'bare'], has_any: ['full'], has_none: ['other', 'bare'] };
const rank = (field: Field<TicketState>, value: Value): number => optionsOf(field)!.indexOf(value as string);

function answer(field: Field<TicketState>, operator: Operator, values: Values): Case {
  const make = ANSWERS[field.type]?.[operator];
  if (!make) throw new Error(`Say what ${operator} finds by a field of the type ${field.type}.`);
  const one = make(values, field);
  const isAsItMustBe = (operator === 'present' || operator === 'empty') && values.every(isThere);
  if (!isAsItMustBe && (one.found.length === 0 || one.found.length === ALL.length)) throw new Error(`${field.id} ${operator} has to find one and leave another out.`);
  return one;
}

test('a view finds by every operator of every attribute what it should, in lists and in memory alike', { timeout: 120_000 }, async () => {
  const { app, viewer, values, states } = await threeTickets();
  const vocabulary = await app.db.work(viewer.workspaceId, (tx) => app.tickets.attributes(tx, TICKET_FIELDS));
  const { id } = (await viewer.request('POST', '/views', { name: 'Asked', conditions: { all: [] }, shelf: 'all', sort: 'created' })).body as { id: string };

  async function inView(node: Node): Promise<Name[]> {
    const saved = await viewer.request('PATCH', `/views/${id}`, { conditions: { all: [node] } });
    if (saved.status !== 200) throw new Error(`${JSON.stringify(node)}: ${JSON.stringify(saved.body)}`);
    const found = ((await viewer.request('GET', `/views/${id}/tickets`)).body as { items: { id: string }[] }).items.map((ticket) => ticket.id);
    return NAMES.filter((name) => found.includes(states[name].id));
  }

  async function inMemory(node: Node): Promise<Name[]> {
    const moment = momentOf(app.now(), await app.db.work(viewer.workspaceId, (tx) => app.calendars.timeFor(tx, viewer.workspaceId, null)));
    const condition = forViewer(readCondition({ all: [node] }, vocabulary, { viewer: true }), TICKET_FIELDS, { personId: viewer.id, teamIds: viewer.actor.teamIds });
    const holds = toPredicate(condition, TICKET_FIELDS, moment);
    return NAMES.filter((name) => holds(states[name]));
  }

  const [expected, listed, judged]: Record<string, readonly Name[]>[] = [{}, {}, {}] as const;
  async function ask(what: string, node: Node, { found, daysAgo = 0 }: Case): Promise<void> {
    app.pass(-daysAgo * 24 * 60);
    [expected![what], listed![what], judged![what]] = [found, await inView(node), await inMemory(node)];
    app.pass(daysAgo * 24 * 60);
  }

  for (const field of vocabulary.list) {
    const here = values[field.id];
    if (!here) throw new Error(`Give the three tickets values of ${field.id}.`);
    for (const operator of operatorsOf(field).filter((one) => !asksForChange(one))) {
      const one = answer(field, operator, here);
      const node = { field: field.id, operator, ...(one.value !== undefined && { value: one.value }) } as Node;
      await ask(`${field.id} ${operator}`, node, one);
      const own = 'of' in field ? OWN[field.of] : undefined;
      const found = OF_WHOEVER_LOOKS[operator];
      if (own !== undefined && found && isOwn(field, operator, own)) await ask(`${field.id} ${operator} ${own}`, { field: field.id, operator, value: arityOf(operator) === 'many' ? [own] : own }, { found });
    }
  }
  expect(Object.keys(values).toSorted()).toEqual(vocabulary.list.map((field) => field.id).toSorted());
  expect(vocabulary.list.map((field) => field.id)).toEqual(expect.arrayContaining(ownFields.map(({ type, key }) => `fields.${type}.${key}`)));
  expect(listed).toEqual(expected);
  expect(judged).toEqual(expected);
});

const GROUPS: readonly (readonly [node: object, found: readonly Name[]])[] = [
  [{ all: [{ field: 'channel', operator: 'is', value: 'phone' }, { field: 'tags', operator: 'has_any', value: ['VIP'] }] }, ['full']],
  [{ any: [{ field: 'assignee', operator: 'is', value: 'me' }, { field: 'team', operator: 'empty' }] }, ['full', 'bare']],
  [{ none: [{ field: 'assignee', operator: 'is', value: 'me' }, { field: 'team', operator: 'empty' }] }, ['other']],
  [{ all: [{ none: [{ field: 'customer.vip', operator: 'is', value: true }] }, { any: [{ field: 'priority', operator: 'is', value: 'urgent' }, { all: [{ field: 'brand', operator: 'present' }, { field: 'priority', operator: 'at_most', value: 'low' }] }] }] }, ['other']],
  [{ all: [] }, NAMES],
];

test('a view finds what a group of all, of any and of none finds, one in another too', async () => {
  const { viewer, states } = await threeTickets();
  const found: Name[][] = [];
  for (const [conditions] of GROUPS) {
    const { id } = (await viewer.request('POST', '/views', { name: 'Grouped', conditions, shelf: 'all', sort: 'created' })).body as { id: string };
    const { items } = (await viewer.request('GET', `/views/${id}/tickets`)).body as { items: { id: string }[] };
    found.push(NAMES.filter((name) => items.some((ticket) => ticket.id === states[name].id)));
  }
  expect(found).toEqual(GROUPS.map(([, names]) => names));
});
