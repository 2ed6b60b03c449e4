import { act, fireEvent, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { LANGUAGES, type Language } from '../../../kernel/languages.ts';
import { renderScreen } from '../../../testing/screen.tsx';
import { translate } from '../../../platform/browser/i18n.ts';
import { readCondition } from '../core/check.ts';
import { ALWAYS, type Condition, type Node, OPERATORS } from '../core/condition.ts';
import { describe as inWords } from '../core/describe.ts';
import { arityOf, defineFields, operatorsOf } from '../core/fields.ts';
import { ConditionEditor } from './ConditionEditor.tsx';

const IVAN = { id: '018f0000-0000-7000-8000-000000000001', label: 'Ivan' };
type Thing = { subject: string; priority: string; owner: string | null; tags: string[]; at: Date; size: number; vip: boolean };
const FIELDS = defineFields<Thing>([
  { id: 'subject', label: 'tickets.subject', type: 'text', read: (t) => t.subject },
  { id: 'priority', label: 'tickets.priority', type: 'enum', ordered: true, options: ['low', 'high'], optionLabel: (o) => `tickets.priority.${o}`, read: (t) => t.priority },
  { id: 'owner', label: 'tickets.assignee', type: 'id', of: 'person', nullable: true, read: (t) => t.owner },
  { id: 'tags', label: 'tickets.tags', type: 'tags', read: (t) => t.tags },
  { id: 'at', label: 'tickets.field.created', type: 'datetime', read: (t) => t.at },
  { id: 'size', label: 'tickets.field.channel', type: 'number', integer: true, read: (t) => t.size },
  { id: 'vip', label: 'tickets.customer', type: 'boolean', read: (t) => t.vip },
]);

async function editing(from: Condition, { changes = false, showFaults = false, language = 'en' as Language } = {}) {
  const seen: Condition[] = [from];
  function Holder() {
    const [value, setValue] = useState(from);
    return <ConditionEditor label="When" fields={FIELDS} value={value} changes={changes} showFaults={showFaults} choices={() => [IVAN]} onChange={(next) => { seen.push(next); setValue(next); }} />;
  }
  await renderScreen(<Holder />, { language });
  return () => seen.at(-1);
}

const row = (number: number) => within(screen.getByRole('group', { name: `Condition ${number}` }));
/** By keyboard alone: opens the list that has this name, and takes one of it. */
function choose(inside: ReturnType<typeof row>, name: RegExp, option: string): void {
  const button = inside.getByRole('button', { name });
  act(() => button.focus());
  fireEvent.keyDown(button, { key: 'ArrowDown' });
  fireEvent.keyUp(button, { key: 'ArrowDown' });
  const chosen = screen.getByRole('option', { name: option });
  act(() => chosen.focus());
  fireEvent.keyDown(chosen, { key: 'Enter' });
  fireEvent.keyUp(chosen, { key: 'Enter' });
}
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));

test('a row is added, filled by keyboard and taken away, and the focus goes along', async () => {
  const now = await editing(ALWAYS);
  expect(screen.getByText('No conditions: this holds for everything.')).toBeTruthy();

  press('Add condition');
  expect(row(1).getByRole('button', { name: /Field/ })).toBe(document.activeElement);
  choose(row(1), /Field/, 'Priority');
  choose(row(1), /Comparison/, 'is at least');
  choose(row(1), /Value/, 'High');
  expect(readCondition(now(), FIELDS)).toEqual({ version: 1, all: [{ field: 'priority', operator: 'at_least', value: 'high' }] });

  press('Remove condition 1');
  expect(now()).toEqual(ALWAYS);
  expect(screen.getByRole('button', { name: 'Add condition' })).toBe(document.activeElement);
});

test('another comparison keeps the value where it can mean the same, another field does not', async () => {
  const now = await editing({ version: 1, all: [{ field: 'subject', operator: 'contains', value: 'kettle' }] });
  choose(row(1), /Comparison/, 'begins with');
  expect(now()).toEqual({ version: 1, all: [{ field: 'subject', operator: 'starts_with', value: 'kettle' }] });
  choose(row(1), /Comparison/, 'is one of');
  expect(now()).toEqual({ version: 1, all: [{ field: 'subject', operator: 'in' }] });
});

test('several words are added with Enter, a word that was left is not lost, and a form around is not sent', async () => {
  const now = await editing({ version: 1, all: [{ field: 'tags', operator: 'has_any' }] });
  const input = row(1).getByRole('textbox');
  fireEvent.change(input, { target: { value: ' vip ' } });
  expect(fireEvent.keyDown(input, { key: 'Enter' })).toBe(false);
  fireEvent.change(row(1).getByRole('textbox'), { target: { value: 'kettle' } });
  fireEvent.blur(row(1).getByRole('textbox'));
  expect(now()).toEqual({ version: 1, all: [{ field: 'tags', operator: 'has_any', value: ['vip', 'kettle'] }] });
});

test('an amount of time is a number and a unit; working time is not counted in days', async () => {
  const now = await editing({ version: 1, all: [{ field: 'at', operator: 'older_than' }] });
  fireEvent.change(row(1).getByRole('textbox', { name: 'Amount' }), { target: { value: '3' } });
  choose(row(1), /Unit/, 'days');
  expect(now()).toEqual({ version: 1, all: [{ field: 'at', operator: 'older_than', value: { amount: 3, unit: 'days' } }] });
  choose(row(1), /Comparison/, 'is longer ago, in working time, than');
  fireEvent.click(row(1).getByRole('button', { name: /Unit/ }));
  expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual(['minutes', 'hours']);
});

test('groups stand in groups, say how they join, and go when nothing is left in them', async () => {
  const now = await editing({ version: 1, all: [{ field: 'vip', operator: 'is', value: true }] });
  press('Add group');
  const group = within(screen.getByRole('group', { name: 'Group 2' }));
  choose(group, /Match/, 'None of these');
  fireEvent.change(group.getByRole('textbox'), { target: { value: 'spam' } });
  expect(now()).toEqual({ version: 1, all: [{ field: 'vip', operator: 'is', value: true }, { none: [{ field: 'subject', operator: 'contains', value: 'spam' }] }] });
  fireEvent.click(group.getByRole('button', { name: 'Remove condition 1' }));
  expect(now()).toEqual({ version: 1, all: [{ field: 'vip', operator: 'is', value: true }] });
});

test('a row without a value says so once it is wanted, and comparisons with a change are offered only where things change', async () => {
  await editing({ version: 1, all: [{ field: 'subject', operator: 'contains' }] }, { showFaults: true });
  expect(row(1).getByRole('alert').textContent).toBe('Give this condition a value, or remove it.');
  fireEvent.click(row(1).getByRole('button', { name: /Comparison/ }));
  expect(screen.queryByRole('option', { name: 'has changed' })).toBeNull();
});

test('rules on events may ask what changed', async () => {
  const now = await editing({ version: 1, all: [{ field: 'owner', operator: 'is' }] }, { changes: true });
  choose(row(1), /Comparison/, 'has changed');
  expect(readCondition(now(), FIELDS, { changes: true })).toEqual({ version: 1, all: [{ field: 'owner', operator: 'changed' }] });
});

const SPAN = { amount: 5, unit: 'hours' };
const VALUES: Record<string, unknown> = { subject: 'x', priority: 'high', owner: IVAN.id, tags: 'x', at: '2026-03-02T09:00:00Z', size: 1234, vip: true };
const everything = FIELDS.list.flatMap((field) => operatorsOf(field).map((operator): Node => {
  const value = VALUES[field.id];
  const operand = { none: undefined, one: value, many: [value], span: SPAN, range: { from: value, to: value } }[arityOf(operator)];
  return { field: field.id, operator, ...(operand !== undefined && { value: operand }) } as Node;
}));

test.each(LANGUAGES)('in %s every test can be read in words', async (language) => {
  await editing(ALWAYS, { language });
  const words = { locale: language, t: translate, nameOf: () => 'Ivan', timeZone: 'UTC' };
  for (const one of everything) {
    const said = inWords(readCondition({ all: [one] }, FIELDS, { changes: true }), FIELDS, words);
    expect(said).not.toMatch(/conditions\.|tickets\.|[{}]|undefined/);
  }
  expect(new Set(OPERATORS.map((operator) => translate(`conditions.operator.${operator}`))).size).toBe(OPERATORS.length);
});

test('groups are joined as people join them', async () => {
  await editing(ALWAYS);
  const condition = readCondition({
    all: [
      { field: 'priority', operator: 'at_least', value: 'high' }, { field: 'at', operator: 'older_than', value: { amount: 1, unit: 'hours' } },
      { any: [{ field: 'owner', operator: 'is', value: IVAN.id }, { none: [{ field: 'tags', operator: 'has_any', value: ['a', 'b'] }] }] },
    ],
  }, FIELDS);
  expect(inWords(condition, FIELDS, { locale: 'en', t: translate, nameOf: () => 'Ivan' }))
    .toBe('Priority is at least High, Created is longer ago than 1 hour, and (Assignee is Ivan or (none of these: Tags has any of “a” or “b”))');
  expect(inWords(ALWAYS, FIELDS, { locale: 'en', t: translate })).toBe('everything');
});
