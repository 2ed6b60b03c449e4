import { expect, test } from 'vitest';
import { chatDesk, newClientId } from '../../../testing/chat-desk.ts';
import { oneAppForAll } from '../../../testing/test-app.ts';

oneAppForAll();

const KETTLE = { all: [{ field: 'fields.choice.what', operator: 'is', value: 'kettle' }] };
const QUESTIONS = [
  { key: 'what', names: { en: 'What is it?', bg: 'Какво е?' }, field: 'product', required: true },
  { key: 'leaks', names: { en: 'Does it leak?', bg: 'Тече ли?' }, choices: [{ key: 'yes', names: { en: 'Yes', bg: 'Да' } }, { key: 'no', names: { en: 'No' } }], required: true, when: KETTLE },
];

async function desk(intakeKinds: string[]) {
  const app = await chatDesk();
  const ok = async (method: 'POST' | 'PUT' | 'PATCH', path: string, body: object) => expect((await app.owner.request(method, path, body)).status).toBeLessThan(300);
  await ok('POST', '/fields', { subject: 'ticket', key: 'product', type: 'choice', names: { en: 'Product' }, options: [{ key: 'kettle', names: { en: 'Kettle', bg: 'Чайник' } }, { key: 'lamp', names: { en: 'Lamp' } }] });
  await ok('POST', '/fields', { subject: 'ticket', key: 'secret', type: 'text', names: { en: 'Secret' } });
  await ok('PUT', '/intakes/claim', { questions: QUESTIONS });
  await ok('PATCH', `/chat/widgets/${app.widget.id}`, { intakeKinds });
  const latest = async () => (await app.owner.request('GET', '/tickets?status=all&sort=created')).body.items as { id: string; kind: string; subject: string; fields: object }[];
  return { ...app, latest };
}

test('a chat asks step by step in the words of the visitor, and what was answered stands on the ticket', async () => {
  const app = await desk(['question', 'claim']);
  const maria = await app.visitor({ language: 'bg' });
  expect([maria.session.look.intakeKinds, maria.session.state.asksFirst]).toEqual([['question', 'claim'], true]);
  const step = async (answers: object, kind = 'claim') => maria.request('POST', `/intake/${kind}`, { answers });
  expect((await step({})).body).toMatchObject({ isComplete: false, questions: [{ key: 'what', text: 'Какво е?', options: [{ key: 'kettle', text: 'Чайник' }, { key: 'lamp' }] }] });
  expect((await step({ what: 'kettle' })).body.questions.map(({ key, wrong }: { key: string; wrong: string | null }) => [key, wrong])).toEqual([['what', null], ['leaks', 'missing']]);
  expect((await step({}, 'complaint'))).toMatchObject({ status: 404, body: { code: 'intake.not_found' } });
  expect((await step({}, 'question')).body).toEqual({ questions: [], isComplete: true });

  const said = await maria.say('Не работи', { intake: { kind: 'claim', answers: { what: 'kettle', leaks: 'yes', secret: 'x' } } });
  expect([said.status, said.body.text]).toEqual([201, 'Тече ли? Да\n\nНе работи']);
  expect(await app.latest()).toMatchObject([{ kind: 'claim', subject: 'Не работи', fields: { product: 'kettle' } }]);
  expect((await maria.state()).asksFirst).toBe(false);
  // Said on, it is the same matter, and nothing is asked or changed.
  expect((await maria.say('Ало?', { intake: { kind: 'question' } })).body.text).toBe('Ало?');
  expect(await app.latest()).toMatchObject([{ kind: 'claim', fields: { product: 'kettle' } }]);
});

test('no way to begin goes past a question that is required: neither a button, nor a call, nor a program', async () => {
  const app = await desk(['claim']);
  expect((await app.owner.request('PATCH', `/chat/widgets/${app.widget.id}`, { offersCalls: true, choices: [{ en: 'Hello' }] })).status).toBe(200);
  const maria = await app.visitor();
  expect(await maria.say('Hello')).toMatchObject({ status: 400, body: { code: 'intake.incomplete', errors: [{ pointer: '#/answers/what' }] } });
  expect(await maria.say('Hello', { intake: { kind: 'claim', answers: { what: 'kettle' } } })).toMatchObject({ status: 400, body: { code: 'intake.incomplete', errors: [{ pointer: '#/answers/leaks' }] } });
  expect(await maria.say('Hello', { intake: { kind: 'praise' } })).toMatchObject({ status: 400, body: { code: 'visitor.questions_first' } });
  expect(await maria.say('Hello', { intake: { kind: 'claim', answers: { what: 'x'.repeat(9_000), a: 'x'.repeat(9_000), b: 'x'.repeat(9_000) } } })).toMatchObject({ status: 400 });
  const [time] = (await maria.request('GET', '/call-times')).body.items as { from: string }[];
  const call = (more: object) => maria.request('POST', '/calls', { clientId: newClientId(), phone: '+359 2 123 456', from: time!.from, ...more });
  expect(await call({})).toMatchObject({ status: 400, body: { code: 'intake.incomplete' } });
  expect(await app.latest()).toEqual([]);
  expect(await call({ intake: { kind: 'claim', answers: { what: 'lamp' } } })).toMatchObject({ status: 201 });
  expect(await app.latest()).toMatchObject([{ kind: 'claim', fields: { product: 'lamp' } }]);
});

test('a chat that asks nothing stays as it was, and kinds are named once', async () => {
  const app = await desk([]);
  const maria = await app.visitor();
  expect([maria.session.state.asksFirst, (await maria.say('Hello', { intake: { kind: 'claim' } })).status]).toEqual([false, 201]);
  expect(await app.latest()).toMatchObject([{ kind: 'question', fields: {} }]);
  expect((await app.owner.request('PATCH', `/chat/widgets/${app.widget.id}`, { intakeKinds: ['claim', 'claim'] })).status).toBe(400);
});
