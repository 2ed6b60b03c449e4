import { expect, test } from 'vitest';
import { cellOf, headsOf, isHeadOf, readCell } from './cells.ts';
import type { FieldDefinition, FieldValue } from './types.ts';

const option = (key: string, name: string, parent: string | null = null) => ({ key, names: { en: name, bg: `${name} (bg)` }, parent, active: true });
const field = (type: FieldDefinition['type'], more: Partial<FieldDefinition> = {}): FieldDefinition => ({ key: 'f', type, names: { en: 'Field' }, options: [], currency: null, ...more });
const CHOICE = field('choice', { options: [option('gold', 'Gold'), option('silver', 'gold_'), option('gold_', 'Silver')] });
const TREE = field('tree', { options: [option('kettle', 'Kettle'), option('kettle_lid', 'Lid', 'kettle'), option('pot', 'Pot'), option('pot_lid', 'Lid', 'pot'), option('in_out', 'In / out')] });

test.each<[FieldDefinition, FieldValue, string]>([
  [field('text'), 'A "quoted"\nword', 'A "quoted"\nword'], [field('number'), -3.5, '-3.5'], [field('money', { currency: 'EUR' }), 1e15, '1000000000000000'], [field('date'), '2026-02-28', '2026-02-28'],
  [field('link'), 'https://example.org/7', 'https://example.org/7'], [CHOICE, 'gold', 'Gold'], [CHOICE, 'silver', 'silver'], [CHOICE, 'gold_', 'gold_'],
  [TREE, ['pot', 'pot_lid'], 'Pot / Lid'], [TREE, ['kettle'], 'Kettle'], [TREE, ['in_out'], 'In / out'],
])('a value leaves a table as it came in: %#', (definition, value, cell) => {
  expect(cellOf(definition, value, () => '')).toBe(cell);
  expect(readCell(definition, cell)).toEqual({ value });
});

test.each<[FieldDefinition, string, FieldValue]>([
  [field('date'), '5.11.2026', '2026-11-05'], [field('date'), '2026-11-05 00:00:00', '2026-11-05'], [field('number'), '3,5', 3.5], [CHOICE, 'SILVER (BG)', 'gold_'], [TREE, 'pot_lid', ['pot', 'pot_lid']],
])('what people write in a table is understood: %#', (definition, given, value) => {
  expect(readCell(definition, given)).toEqual({ value });
});

test.each<[FieldDefinition, string]>([[field('date'), '31.2.2026'], [field('date'), '11/5/2026'], [field('number'), '12 kg'], [TREE, 'Lid'], [TREE, 'Pot / Handle'], [CHOICE, 'Bronze']])('what could be several things, or none, is refused: %#', (definition, given) => {
  expect(readCell(definition, given)).toHaveProperty('wrong');
});

test('two columns of a table never have the same head', () => {
  const fields = [field('text', { key: 'a', names: { bg: 'Карта' } }), field('text', { key: 'b', names: { en: 'Size' } }), field('text', { key: 'c', names: { en: 'size' } }), field('text', { key: 'd', names: { en: 'Name' } })];
  const heads = headsOf(fields, ['id', 'name']);
  expect(heads).toEqual(['Карта', 'fields.b', 'fields.c', 'fields.d']);
  expect(heads.map((head) => fields.filter((one) => isHeadOf(head, one)).map(({ key }) => key))).toEqual([['a'], ['b'], ['c'], ['d']]);
});

test('somebody who works here stands there by name', () => {
  expect(cellOf(field('person'), 'x', (id) => `Ana ${id}`)).toBe('Ana x');
  expect(cellOf(field('text'), null, () => '')).toBe('');
});
