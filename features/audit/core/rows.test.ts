import { expect, test } from 'vitest';
import type { AuditLineView } from './contract.ts';
import { COLUMNS, rowsOf } from './rows.ts';

const LINE: AuditLineView = {
  id: '7', at: '2026-03-02T09:00:00.000Z', actor: { kind: 'person', id: '01900000-0000-7000-8000-000000000001', name: 'Ada' }, tokenId: null, address: '192.0.2.7',
  operation: 'PATCH /webhooks/:id', action: 'changed', kind: 'webhook', thing: '01900000-0000-7000-8000-000000000002', label: 'Shop', changes: [],
};

test('each change is a row, and a value that is not kept is not there', () => {
  const rows = rowsOf({ ...LINE, changes: [
    { field: 'events', kept: true, from: ['ticket.created'], to: [] }, { field: 'name', kept: true, from: null, to: 'Shop' }, { field: 'secret', kept: false, from: null, to: null },
  ] });

  expect(rows.map((row) => row.slice(9, 12))).toEqual([['events', '["ticket.created"]', '[]'], ['name', '', 'Shop'], ['secret', '(not kept)', '(not kept)']]);
  expect(rows.every((row) => row.length === COLUMNS.length && row[1] === 'Ada' && row[4] === '192.0.2.7')).toBe(true);
});

test('what changed nothing is one row, and whoever has no name is told by what they are', () => {
  expect(rowsOf({ ...LINE, actor: { kind: 'system', id: null, name: null } })).toEqual([[LINE.at, 'system', '', '', '192.0.2.7', 'changed', 'webhook', LINE.thing, 'Shop', '', '', '', LINE.operation]]);
});
