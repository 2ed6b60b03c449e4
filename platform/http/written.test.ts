import { expect, test } from 'vitest';
import { z } from 'zod';
import { pageOf } from '../../kernel/contract.ts';
import { lasting } from '../../kernel/lasting.ts';
import { writtenByContract } from './written.ts';

const Thing = z.object({ id: z.string(), count: z.int(), tags: z.array(z.string()) });
const route = (schema: z.ZodType) => ({ schema, method: 'GET', url: '/things' }) as Parameters<typeof writtenByContract>[0];
const [writeOne, writePage] = [Thing, pageOf(Thing)].map((schema) => writtenByContract(route(schema)));
const thing = (id: string) => ({ id, count: 1, tags: ['a'], secret: 'never told' });

test('what lasts is written as everything else is, alone and on a page, the first time and the next', () => {
  const [kept, other] = [lasting(thing('kept')), thing('other')];
  for (let i = 0; i < 3; i += 1) {
    expect(JSON.parse(writeOne!(kept))).toEqual({ id: 'kept', count: 1, tags: ['a'] });
    expect(JSON.parse(writePage!({ items: [kept, other, kept], nextCursor: i === 0 ? null : `"${i}`, secret: 'never told' })))
      .toEqual({ items: [{ id: 'kept', count: 1, tags: ['a'] }, { id: 'other', count: 1, tags: ['a'] }, { id: 'kept', count: 1, tags: ['a'] }], nextCursor: i === 0 ? null : `"${i}` });
  }
  expect(JSON.parse(writePage!({ items: [], nextCursor: null }))).toEqual({ items: [], nextCursor: null });
});

test('an answer that is not what the contract says is refused, each time, whatever of it lasts', () => {
  const [wrong, right] = [lasting({ ...thing('wrong'), count: 'many' }), lasting(thing('right'))];
  for (let i = 0; i < 3; i += 1) {
    expect(() => writeOne!(wrong)).toThrow();
    for (const page of [{ items: [right, wrong], nextCursor: null }, { items: [right], nextCursor: 7 }, { items: [right] }, { items: [right, null], nextCursor: null }]) expect(() => writePage!(page)).toThrow();
  }
});

test('each contract says for itself what of a thing is told', () => {
  const kept = lasting(thing('kept'));
  expect(JSON.parse(writeOne!(kept))).toHaveProperty('count');
  expect(JSON.parse(writtenByContract(route(z.object({ id: z.string() })))(kept))).toEqual({ id: 'kept' });
});

test('what lasts is not changed by anybody, nor any part of it', () => {
  const kept = lasting({ ...thing('kept'), deep: { er: [{ x: 1 }] } });
  expect(() => kept.tags.push('b')).toThrow();
  expect(() => { kept.deep.er[0]!.x = 2; }).toThrow();
});
