import { expect, test } from 'vitest';
import { following } from '../../../testing/following.ts';
import { HOUR, promising } from '../../../testing/promising-desk.ts';
import { rulesDesk } from '../../../testing/rules-desk.ts';
import { testApp } from '../../../testing/test-app.ts';

type Run = { rule: { name: string }; outcome: string; late: boolean; effects: { type: string; effect: string; reason: string | null; from: string | null; to: string | null }[] };

test('a rule fills in a field, sets the language and adds a checklist, and the log says what each of them changed', async () => {
  const app = await testApp();
  const { owner } = app;
  const { hear } = rulesDesk(app);
  const must = async (path: string, body: object) => {
    const answer = await owner.request('POST', path, body);
    expect([path, answer.status, answer.body]).toEqual([path, 201, expect.anything()]);
    return answer.body.id as string;
  };
  await must('/fields', { subject: 'ticket', key: 'product', type: 'choice', names: { en: 'Product' }, options: [{ key: 'kettle', names: { en: 'Kettle' } }, { key: 'lamp', names: { en: 'Lamp' } }] });
  const template = await must('/checklist-templates', { name: 'Claim', items: ['Ask for the receipt', 'Ask for photos'] });
  const actions = [{ type: 'set_field', field: 'product', value: 'kettle' }, { type: 'set_language', language: 'pl' }, { type: 'checklist', templateId: template }, { type: 'add_tags', tags: ['claim'] }];
  const rule = await must('/rules', { name: 'Claims', trigger: { on: 'event', events: ['ticket.changed'] }, conditions: { all: [{ field: 'kind', operator: 'changed_to', value: 'claim' }] }, actions });
  await hear();
  const ticket = await must('/tickets', { subject: 'Kettle', channel: 'phone', direction: 'in', customer: { email: 'ana@example.org' }, text: 'It leaks', language: 'en' });
  const trial = await owner.request('POST', `/rules/${rule}/dry-run`, {});
  expect(trial.body.items[0]).toMatchObject({ ticket: { id: ticket }, effects: [{ type: 'set_field', effect: 'changes' }, { type: 'set_language', from: 'en', to: 'pl' }, { type: 'checklist', effect: 'changes' }, { type: 'add_tags' }] });

  await owner.request('PATCH', `/tickets/${ticket}`, { kind: 'claim' });
  await hear();
  expect((await owner.request('GET', `/tickets/${ticket}`)).body).toMatchObject({ language: 'pl', tags: ['claim'], fields: { product: 'kettle' } });
  expect((await owner.request('GET', `/tickets/${ticket}/checklists`)).body.items).toMatchObject([{ name: 'Claim', templateId: template, items: [{ text: 'Ask for the receipt' }, { text: 'Ask for photos' }] }]);
  const runs = async (): Promise<Run[]> => (await owner.request('GET', `/tickets/${ticket}/rule-runs`)).body.items;
  expect((await runs())[0]!.effects).toMatchObject([{ type: 'set_field', effect: 'changes' }, { type: 'set_language', effect: 'changes', from: 'en', to: 'pl' }, { type: 'checklist', effect: 'changes', to: template }, { type: 'add_tags', effect: 'changes' }]);
  // The timeline names the rule as who did it.
  expect(await app.db.owner.selectFrom('events').select(['actor_kind', 'actor_id']).where('ticket_id', '=', ticket).where('type', 'in', ['checklist.added', 'ticket.changed']).where('actor_kind', '=', 'system').execute())
    .toEqual(expect.arrayContaining([{ actor_kind: 'system', actor_id: rule }]));

  // The same again changes nothing; what is not there any more is refused by name, and the rest is done.
  await owner.request('PATCH', `/tickets/${ticket}`, { kind: 'question', tags: [] });
  await owner.request('PATCH', `/tickets/${ticket}`, { kind: 'claim' });
  await owner.request('DELETE', `/checklist-templates/${template}`);
  await hear();
  expect((await runs())[0]!.effects.map(({ type, effect, reason }) => [type, effect, reason])).toEqual([
    ['set_field', 'nothing', 'already_so'], ['set_language', 'nothing', 'already_so'], ['checklist', 'refused', 'no_such_checklist'], ['add_tags', 'changes', null],
  ]);
  for (const bad of [{ type: 'set_field', field: 'product', value: 'spoon' }, { type: 'set_field', field: 'nothing', value: 'x' }, { type: 'set_field', field: '__proto__', value: 'x' }, { type: 'set_language', language: 'xx' }]) {
    expect((await owner.request('POST', '/rules', { name: 'Bad', trigger: { on: 'event', events: ['ticket.changed'] }, actions: [bad] })).status, JSON.stringify(bad)).toBe(400);
  }
});

test('after a night without a server, warnings and the rules that wait for them come once each, in the order of their times, late, and in no storm', async () => {
  const desk = await promising([{ metric: 'first_reply', seconds: 2 * HOUR, time: 'calendar' }], { actions: [{ do: 'notify', at: 50, whom: 'leads' }, { do: 'raise_priority', at: 100, to: 'high' }] });
  const { owner } = desk;
  const lead = await desk.person('lead', { of: owner });
  const rule = (given: object) => owner.request('POST', '/rules', { trigger: { on: 'event', events: ['sla.breached'] }, ...given });
  expect((await rule({ name: 'On breach', actions: [{ type: 'add_tags', tags: ['broken'] }, { type: 'notify', to: 'lead', text: 'Look' }] })).status).toBe(201);
  expect((await rule({ name: 'Half an hour', trigger: { on: 'time' }, conditions: { all: [{ field: 'waitingSince', operator: 'older_than', value: { amount: 30, unit: 'minutes' } }] }, actions: [{ type: 'add_tags', tags: ['old'] }] })).status).toBe(201);
  const before = rulesDesk({ ...desk, due: { round: desk.rounds } });
  await before.hear();
  await (await following(desk, 'notifications'))();
  await desk.followers.stop();
  await desk.sequencer.stop();
  const asked = [await desk.ask()];
  for (const name of ['Ivo', 'Eva']) {
    desk.pass(20);
    asked.push(await desk.ask({ from: `${name} <${name.toLowerCase()}@mail.test>` }));
  }
  await before.hear();
  const nightBegan = desk.now();

  // Nothing runs from here on until the morning, when two come up at the same moment.
  desk.pass(11 * 60);
  const one = await desk.beginAgain();
  const first = rulesDesk(one);
  await Promise.all([one.due.round(), desk.rounds()]);
  await one.due.round();
  await Promise.all([first.hear(), before.hear()]);
  await (await following(one, 'notifications'))();
  await one.due.round();
  await first.hearAgain();

  const nameOf = (id: string) => ['Rada', 'Ivo', 'Eva'][asked.indexOf(id)];
  const told = await desk.events('sla.warned', 'sla.breached');
  expect(told.map(({ ticketId, data }) => `${nameOf(ticketId)} ${String(data['percent'])} ${data['late'] === true ? 'late' : ''}`)).toEqual([
    'Rada 50 late', 'Ivo 50 late', 'Rada 75 late', 'Eva 50 late', 'Rada 90 late', 'Ivo 75 late', 'Rada 100 late', 'Ivo 90 late', 'Eva 75 late', 'Ivo 100 late', 'Eva 90 late', 'Eva 100 late',
  ]);
  const times = told.map(({ data }) => String(data['at']));
  expect(times).toEqual(times.toSorted());
  expect(new Set(told.map(({ at }) => at > nightBegan))).toEqual(new Set([true]));

  for (const id of asked) {
    const runs = (await owner.request('GET', `/tickets/${id}/rule-runs`)).body.items as Run[];
    expect(runs.map(({ rule: { name }, outcome }) => `${name} ${outcome}`).toSorted()).toEqual(['Half an hour ran', 'On breach ran']);
    expect(runs.find(({ rule: { name } }) => name === 'Half an hour')).toMatchObject({ late: true });
    expect((await owner.request('GET', `/tickets/${id}`)).body).toMatchObject({ priority: 'high', tags: expect.arrayContaining(['broken', 'old']) });
  }
  // Each is told once: what three tickets make, not what the hours of the night would.
  const notices = (await lead.request('GET', '/me/notices?limit=100')).body.items as { kind: string }[];
  const count = (kind: string) => notices.filter((one) => one.kind === kind).length;
  expect([notices.length, count('sla_warned'), count('sla_breached'), count('rule')]).toEqual([9, 3, 3, 3]);
});
