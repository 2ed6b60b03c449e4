import { expect, test } from 'vitest';
import { oneAppForAll, type Method, testApp } from '../../../testing/test-app.ts';

oneAppForAll();

let serial = 0;
const call = { subject: 'Broken kettle', channel: 'phone', direction: 'in', customer: { email: 'ana@example.org' }, text: 'It is cracked.' };

async function desk() {
  const app = await testApp();
  const ok = async (method: Method, path: string, body?: Record<string, unknown>) => {
    const answer = await app.owner.request(method, path, body);
    expect([answer.status, answer.body]).toEqual([expect.toSatisfy((status: number) => status < 300), answer.body]);
    return answer.body;
  };
  return {
    app, ok,
    /** A field with a key of its own. */
    field: async (given: Record<string, unknown>): Promise<{ id: string; key: string }> => ok('POST', '/fields', { subject: 'ticket', key: `f${++serial}`, names: { en: `Field ${serial}` }, ...given }),
    ticket: async (given: Record<string, unknown> = {}): Promise<string> => (await ok('POST', '/tickets', { ...call, ...given })).id,
  };
}

const OPTIONS = [{ key: 'kettle', names: { en: 'Kettle', bg: 'Чайник' } }, { key: 'lamp', names: { en: 'Lamp' } }];
const TREE = [{ key: 'kettle', names: { en: 'Kettle' } }, { key: 'leaks', names: { en: 'Leaks' }, parent: 'kettle' }, { key: 'lamp', names: { en: 'Lamp' } }];

const KEPT = [
  ['text', {}, ' A-17 ', 'A-17', 17], ['number', {}, '3,5', 3.5, 'three'], ['money', { currency: 'EUR' }, 12.5, 12.5, 12.555], ['money', { currency: 'JPY' }, 1200, 1200, 0.5],
  ['date', {}, '2026-02-28', '2026-02-28', '2026-02-30'], ['choice', { options: OPTIONS }, 'lamp', 'lamp', 'sofa'],
  ['tree', { options: TREE }, 'leaks', ['kettle', 'leaks'], ['lamp', 'leaks']], ['link', {}, 'https://example.org/7', 'https://example.org/7', 'javascript:alert(1)'],
] as const;

test('values are kept as they mean, refused with their place, and stand in the history from what to what', async () => {
  const { app, ok, field, ticket } = await desk();
  for (const [type, more, given, kept, wrong] of KEPT) {
    const { key } = await field({ type, ...more });
    const id = await ticket({ fields: { [key]: given } });
    expect((await ok('GET', `/tickets/${id}`)).fields).toEqual({ [key]: kept });
    const refused = await app.owner.request('PATCH', `/tickets/${id}`, { fields: { [key]: wrong } });
    expect(refused).toMatchObject({ status: 400, body: { code: 'field.bad_value', errors: [{ pointer: `#/fields/${key}` }] } });
    await ok('PATCH', `/tickets/${id}`, { fields: { [key]: null } });
    expect((await ok('GET', `/tickets/${id}`)).fields).toEqual({});
  }
  const { key } = await field({ type: 'person' });
  const id = await ticket({ fields: { [key]: app.owner.id } });
  expect(await app.owner.request('PATCH', `/tickets/${id}`, { fields: { [key]: '018f0000-0000-7000-8000-000000000009' } })).toMatchObject({ status: 400, body: { code: 'field.bad_value' } });
  expect(await app.owner.request('PATCH', `/tickets/${id}`, { fields: { constructor: 'x' } })).toMatchObject({ status: 400, body: { code: 'field.bad_value' } });
  await ok('PATCH', `/tickets/${id}`, { fields: { [key]: null } });
  const { items } = await ok('GET', `/tickets/${id}/entries`);
  const told = (items as { event: { data: Record<string, unknown> } | null }[]).map(({ event }) => event?.data[`fields.${key}`]).filter((one) => one !== undefined);
  expect(told).toEqual([[app.owner.id, null]]);
});

test('an option that is offered no more stays where it was chosen and is not chosen anew', async () => {
  const { app, ok, field, ticket } = await desk();
  const made = await field({ type: 'choice', options: OPTIONS });
  const [id, other] = [await ticket({ fields: { [made.key]: 'lamp' } }), await ticket()];
  await ok('PATCH', `/fields/${made.id}`, { options: [OPTIONS[0], { ...OPTIONS[1], active: false }] });
  await ok('PATCH', `/tickets/${id}`, { fields: { [made.key]: 'lamp' }, priority: 'high' });
  expect(await app.owner.request('PATCH', `/tickets/${other}`, { fields: { [made.key]: 'lamp' } })).toMatchObject({ status: 400, body: { code: 'field.bad_value' } });
  expect(await app.owner.request('PATCH', `/fields/${made.id}`, { options: [OPTIONS[0]] })).toMatchObject({ status: 400, body: { code: 'field.bad_options' } });
});

test('required before resolving means: when its condition holds, unless it is hidden, and never for spam and merges', async () => {
  const { app, ok, field, ticket } = await desk();
  const { key } = await field({ type: 'text', required: true, requiredWhen: { all: [{ field: 'tags', operator: 'has_any', value: ['demanding'] }] }, shownWhen: { none: [{ field: 'priority', operator: 'is', value: 'low' }] } });
  const resolve = (id: string) => app.owner.request('PATCH', `/tickets/${id}`, { status: 'resolved' });
  expect(await resolve(await ticket())).toMatchObject({ status: 200 });
  const demanding = await ticket({ tags: ['demanding'] });
  expect(await resolve(demanding)).toMatchObject({ status: 409, body: { code: 'ticket.fields_required', fields: [{ key }] } });
  expect(await app.owner.request('POST', `/tickets/${demanding}/replies`, { text: 'Done', status: 'resolved' })).toMatchObject({ status: 409, body: { code: 'ticket.fields_required' } });
  expect(await app.owner.request('POST', '/tickets', { ...call, tags: ['demanding'], status: 'resolved' })).toMatchObject({ status: 409 });
  expect(await resolve(await ticket({ tags: ['demanding'], priority: 'low' }))).toMatchObject({ status: 200 });
  const [spam, merged] = [await ticket({ tags: ['demanding'] }), await ticket({ tags: ['demanding'] })];
  expect(await app.owner.request('PUT', `/tickets/${spam}/spam`)).toMatchObject({ status: 200 });
  expect(await app.owner.request('POST', `/tickets/${merged}/merges`, { into: demanding })).toMatchObject({ status: 201 });
  expect(await ok('PATCH', `/tickets/${demanding}`, { status: 'resolved', fields: { [key]: 'known now' } })).toMatchObject({ status: 'resolved' });
});

test('definitions are put in order, changed and removed by administrators; a key is never used again', async () => {
  const { app, ok, field } = await desk();
  const [one, two] = [await field({ subject: 'company', type: 'text' }), await field({ subject: 'company', type: 'date' })];
  await ok('PUT', '/fields/order', { subject: 'company', ids: [two.id, one.id] });
  expect((await ok('GET', '/fields?subject=company')).items.map(({ id }: { id: string }) => id)).toEqual([two.id, one.id]);
  await ok('PATCH', `/fields/${one.id}`, { names: { pl: 'Numer' }, active: false });
  expect((await ok('GET', '/fields?subject=company&active=true')).items).toHaveLength(1);
  await ok('DELETE', `/fields/${one.id}`);
  expect(await app.owner.request('POST', '/fields', { subject: 'company', key: one.key, type: 'number', names: { en: 'Again' } })).toMatchObject({ status: 409, body: { code: 'field.key_taken' } });
  expect(await app.owner.request('PUT', '/fields/order', { subject: 'company', ids: [one.id, two.id] })).toMatchObject({ status: 409 });

  const refused = async (given: Record<string, unknown>) => (await app.owner.request('POST', '/fields', { subject: 'ticket', key: `f${++serial}`, names: { en: 'x' }, ...given })).body.code;
  expect(await refused({ type: 'money' })).toBe('field.currency');
  expect(await refused({ type: 'text', options: OPTIONS })).toBe('field.bad_options');
  expect(await refused({ type: 'tree', options: [TREE[1], TREE[0]] })).toBe('field.bad_options');
  expect(await refused({ type: 'text', shownWhen: { all: [{ field: 'fields.text.nobody_knows', operator: 'is', value: 'x' }] } })).toBe('condition.unknown_field');

  const agent = await app.person('agent', { of: app.owner });
  expect(await agent.request('GET', '/fields')).toMatchObject({ status: 200 });
  expect(await agent.request('POST', '/fields', { subject: 'ticket', key: 'mine', type: 'text', names: { en: 'Mine' } })).toMatchObject({ status: 403 });
});

test('a customer has fields too, and saving them asks for the required ones', async () => {
  const { app, ok, field } = await desk();
  const [number, note] = [await field({ subject: 'customer', type: 'text', required: true }), await field({ subject: 'customer', type: 'text' })];
  const { id } = await ok('POST', '/customers', { name: 'Ana', email: 'ana2@example.org' });
  expect(await app.owner.request('PATCH', `/customers/${id}`, { fields: { [note.key]: 'likes tea' } })).toMatchObject({ status: 409, body: { code: 'customer.fields_required', fields: [{ key: number.key }] } });
  expect(await ok('PATCH', `/customers/${id}`, { fields: { [note.key]: 'likes tea', [number.key]: '17' } })).toMatchObject({ fields: { [note.key]: 'likes tea', [number.key]: '17' } });
  expect(await ok('PATCH', `/customers/${id}`, { name: 'Ana B.' })).toMatchObject({ fields: { [number.key]: '17' } });
});
