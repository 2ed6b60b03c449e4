import { expect, test } from 'vitest';
import { plainBrowser } from '../../../testing/plain-browser.ts';
import { type Method, testApp } from '../../../testing/test-app.ts';

const KETTLE = { all: [{ field: 'fields.choice.what', operator: 'is', value: 'kettle' }] };
const QUESTIONS = [
  { key: 'what', names: { en: 'What is it?', bg: 'Какво е?' }, field: 'product', required: true },
  { key: 'leaks', names: { en: 'Does it leak?', bg: 'Тече ли?' }, choices: [{ key: 'yes', names: { en: 'Yes', bg: 'Да' } }, { key: 'no', names: { en: 'No' } }], required: true, when: KETTLE },
];

async function desk() {
  const app = await testApp();
  const ok = async (method: Method, path: string, body?: Record<string, unknown>) => {
    const answer = await app.owner.request(method, path, body);
    expect([answer.status, answer.body]).toEqual([expect.toSatisfy((status: number) => status < 300), answer.body]);
    return answer.body;
  };
  await ok('POST', '/fields', { subject: 'ticket', key: 'product', type: 'choice', names: { en: 'Product' }, options: [{ key: 'kettle', names: { en: 'Kettle', bg: 'Чайник' } }, { key: 'lamp', names: { en: 'Lamp' } }] });
  await ok('POST', '/fields', { subject: 'ticket', key: 'clerk', type: 'person', names: { en: 'Clerk' } });
  await ok('PUT', '/intakes/claim', { questions: QUESTIONS });
  const latest = async () => (await ok('GET', '/tickets?sort=created')).items[0];
  return { app, ok, latest };
}

test('a form asks step by step without a script, in the language of the reader; answers land in fields and words', async () => {
  const { app, ok, latest } = await desk();
  const browser = plainBrowser(app, { language: 'bg' });
  const [path, words] = ['/requests/new/claim', { email: 'ana@example.org', subject: 'Счупен чайник', text: 'Не работи.' }];
  expect((await browser.open(path)).html).toContain('Какво е?');
  const missing = await browser.sendFiles(path, words);
  expect([missing.status, missing.html]).toEqual([400, expect.stringContaining('Отговорете на въпроса: Какво е?')]);
  const more = await browser.sendFiles(path, { ...words, answer_what: 'kettle' });
  expect([more.status, more.html]).toEqual([200, expect.stringContaining('Тече ли?')]);
  expect(more.html).not.toContain('Отговорете на въпроса');
  expect((await browser.sendFiles(path, { ...words, answer_what: 'kettle', answer_leaks: 'yes' })).path).toMatch(/^\/requests\/received/);
  const ticket = await latest();
  expect(ticket).toMatchObject({ kind: 'claim', fields: { product: 'kettle' } });
  expect((await ok('GET', `/tickets/${ticket.id}/entries`)).items[0].text).toBe('Тече ли? Да\n\nНе работи.');
});

test('a program answers the same questions, and cannot fill a field that is not asked for', async () => {
  const { app, latest } = await desk();
  const send = (answers: Record<string, unknown>) => app.request('POST', '/requests', { email: 'ana@example.org', kind: 'claim', subject: 'Lamp', text: 'Broken', answers });
  expect(await send({ what: 'kettle' })).toMatchObject({ status: 400, body: { code: 'intake.incomplete', errors: [{ pointer: '#/answers/leaks' }] } });
  expect(await send({ what: 'lamp', leaks: 'yes', clerk: app.owner.id })).toMatchObject({ status: 202 });
  expect((await latest()).fields).toEqual({ product: 'lamp' });
});

test('questions that lead nowhere are refused with their place', async () => {
  const { app, ok } = await desk();
  const refused = async (questions: unknown[]) => (await app.owner.request('PUT', '/intakes/claim', { questions })).body.errors?.[0]?.pointer;
  expect(await refused([QUESTIONS[1]])).toBe('#/questions/0/when/all/0/field');
  expect(await refused([QUESTIONS[0], { ...QUESTIONS[1], key: 'what' }])).toBe('#/questions/1/key');
  expect(await refused([{ ...QUESTIONS[0], field: 'clerk' }])).toBe('#/questions/0/field');
  expect(await refused([QUESTIONS[0], { ...QUESTIONS[0], key: 'again' }])).toBe('#/questions/1/field');
  const agent = await app.person('agent', { of: app.owner });
  expect(await agent.request('GET', '/intakes/claim')).toMatchObject({ status: 200 });
  expect(await agent.request('PUT', '/intakes/claim', { questions: QUESTIONS })).toMatchObject({ status: 403 });
  await ok('DELETE', '/intakes/claim');
  expect(await agent.request('GET', '/intakes/claim')).toMatchObject({ status: 404, body: { code: 'intake.not_found' } });
});
