import { describe, expect, test } from 'vitest';
import type { EntryView } from './contract.ts';
import { firstUnread, foldedText, latestFrom, timelineOf } from './timeline.ts';

const ivan = { kind: 'person', id: 'ivan', name: 'Ivan', address: null } as const;
const maria = { kind: 'customer', id: 'maria', name: 'Maria', address: 'maria@example.org' } as const;

const entry = (id: string, at: string, change: Partial<EntryView> = {}): EntryView => ({
  id, type: 'message', channel: 'email', direction: 'in', author: maria, subject: '', text: id, html: null, htmlUrl: null, remoteImages: 0,
  quoted: '', recipients: null, attachments: [], delivery: null, rawUrl: null, forwardedEntryId: null, notice: null, authentication: null, event: null, createdAt: `2026-11-12T${at}:00Z`, ...change,
});
const changed = (id: string, at: string, data: Record<string, unknown>, author: EntryView['author'] = ivan) =>
  entry(id, at, { type: 'event', direction: 'internal', author, event: { type: 'ticket.changed', data } });

describe('the timeline', () => {
  test('folds what one person did between two messages into one line', () => {
    const items = timelineOf([
      entry('a', '10:00'),
      changed('b', '10:01', { assigneeId: [null, 'ivan'] }),
      changed('c', '10:02', { tags: { added: ['kettle', 'returns'], removed: ['old'] } }),
      entry('d', '10:03'),
    ], null);
    expect(items.map(({ kind }) => kind)).toEqual(['entry', 'events', 'entry']);
    expect(items[1]).toMatchObject({
      lines: [{ author: ivan, facts: [{ what: 'assignee', to: 'ivan' }, { what: 'tags', added: ['kettle', 'returns'], removed: ['old'] }] }],
    });
  });

  test('tells the last state of a thing that changed twice, and nothing of one that came back', () => {
    const twice = timelineOf([changed('a', '10:00', { status: ['new', 'open'] }), changed('b', '10:01', { status: ['open', 'resolved'] })], null);
    expect(twice).toMatchObject([{ lines: [{ facts: [{ what: 'status', to: 'resolved' }] }] }]);
    const back = timelineOf([changed('a', '10:00', { status: ['open', 'resolved'] }), changed('b', '10:01', { status: ['resolved', 'open'] })], null);
    expect(back).toEqual([]);
    const tagged = timelineOf([
      changed('a', '10:00', { tags: { added: ['x', 'y'], removed: [] } }), changed('b', '10:01', { tags: { added: [], removed: ['x'] } }),
    ], null);
    expect(tagged).toMatchObject([{ lines: [{ facts: [{ what: 'tags', added: ['y'], removed: [] }] }] }]);
  });

  test('tells for whom a ticket is, and that it is kept from colleagues', () => {
    const items = timelineOf([changed('1', '2026-03-02T09:00:00Z', { companyId: [null, 'acme'], isPrivate: ['no', 'yes'] })], null);
    expect(items).toMatchObject([{ lines: [{ facts: [{ what: 'company', to: 'acme' }, { what: 'private', to: 'yes' }] }] }]);
  });

  test('what is spam was not deleted, and what is none was not restored', () => {
    const thrown = (id: string, type: string, data: Record<string, unknown>) => entry(id, '10:00', { type: 'event', author: ivan, event: { type, data } });
    const [line] = timelineOf([thrown('a', 'ticket.deleted', { spam: true }), thrown('b', 'ticket.restored', { spam: true }), thrown('c', 'ticket.deleted', {}), thrown('d', 'ticket.restored', {})], null);
    expect(line).toMatchObject({ lines: [{ facts: [{ what: 'spam' }, { what: 'not_spam' }, { what: 'deleted' }, { what: 'restored' }] }] });
  });

  test('keeps the deeds of two people apart', () => {
    const olga = { ...ivan, id: 'olga', name: 'Olga' };
    const [line] = timelineOf([changed('a', '10:00', { priority: ['normal', 'high'] }), changed('b', '10:01', { kind: ['question', 'claim'] }, olga)], null);
    expect(line).toMatchObject({ lines: [{ author: { name: 'Ivan' } }, { author: { name: 'Olga' } }] });
  });
});

describe('where to go on reading', () => {
  const talk = [entry('a', '10:00'), entry('b', '10:05', { author: ivan, direction: 'out' }), entry('c', '10:10'), entry('d', '10:20')];

  test('is after what the reader had open', () => {
    expect(firstUnread(talk, { unread: true, readAt: '2026-11-12T10:10:00Z' }, 'ivan')).toBe('d');
    expect(firstUnread(talk, { unread: true, readAt: '2026-11-12T10:00:00Z' }, 'olga')).toBe('b');
  });

  test('is not marked where everything is new', () => expect(firstUnread(talk, { unread: true, readAt: null }, 'olga')).toBeNull());
  test('is nowhere in a ticket that was read', () => expect(firstUnread(talk, { unread: false, readAt: '2026-11-12T10:00:00Z' }, 'ivan')).toBeNull());
});

describe('the latest of a long talk', () => {
  const talk = [entry('a', '10:00'), changed('b', '10:01', { status: ['new', 'open'] }), entry('c', '10:02'), changed('d', '10:03', { priority: ['low', 'high'] }), entry('e', '10:04'), entry('f', '10:05')];
  const from = (unread: string | null, count: number) => talk.slice(latestFrom(talk, unread, count)).map(({ id }) => id).join('');

  test('are messages; what was done between them comes along', () => {
    expect(from(null, 2)).toBe('ef');
    expect(from(null, 3)).toBe('cdef');
  });
  test('are all where there are no more', () => expect(latestFrom(talk, null, 9)).toBe(0));
  test('begin with what is unread at the latest', () => {
    expect(from('c', 1)).toBe('cdef');
    expect(from('f', 2)).toBe('ef');
  });
});

test('a long text folds after a screen, at the end of a word; a slightly long one does not', () => {
  const long = 'word '.repeat(2_000);
  const folded = foldedText(long);
  expect(folded.isFolded).toBe(true);
  expect(folded.shown.endsWith('word')).toBe(true);
  expect(folded.shown.length).toBeLessThan(2_500);
  expect(foldedText('line\n'.repeat(26)).isFolded).toBe(false);
  expect(foldedText('line\n'.repeat(60)).shown.split('\n').length).toBeLessThanOrEqual(24);
  expect(foldedText('short').shown).toBe('short');
});
