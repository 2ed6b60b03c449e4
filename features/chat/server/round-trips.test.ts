import { expect, test } from 'vitest';
import { chatDesk } from '../../../testing/chat-desk.ts';
import { askedDuring } from '../../../testing/round-trips.ts';

/** How often it has been said before, so that nothing is asked for the first time. */
const BEFORE = 3;

/*
 * What a message costs beside its own work is how often it waits for the database: on a busy machine each wait is as long as
 * the queue of whoever else wants a processor. Signing in and the commit are among them.
 */
test('what is said in a chat waits for the database nine times at most, an answer ten times', async () => {
  const desk = await chatDesk();
  const maria = await desk.visitor();
  await maria.say('It broke');
  const { id } = (await desk.tickets())[0]!;
  for (let n = 0; n < BEFORE; n++) {
    await desk.answer(desk.owner, id, 'Let me see.');
    await maria.say('Thank you');
  }
  const answer = await askedDuring(async () => expect((await desk.answer(desk.owner, id, 'It is mended.')).status).toBe(201));
  const words = await askedDuring(async () => expect((await maria.say('Wonderful')).status).toBe(201));
  expect(words.statements.length, words.statements.join('\n')).toBeLessThanOrEqual(20);
  expect(words.roundTrips, words.statements.join('\n')).toBeLessThanOrEqual(9);
  expect(answer.statements.length, answer.statements.join('\n')).toBeLessThanOrEqual(23);
  expect(answer.roundTrips, answer.statements.join('\n')).toBeLessThanOrEqual(10);
});

test('however many tabs hear of answers together, they are looked up together', async () => {
  const desk = await chatDesk();
  await desk.listen();
  const tabs = await Promise.all(['Kettle', 'Lamp', 'Radio', 'Heater', 'Fan', 'Iron'].map(async (subject) => {
    const visitor = await desk.visitor();
    const tab = await visitor.tab();
    await tab.ready();
    expect((await visitor.say(subject)).status).toBe(201);
    return tab;
  }));
  const ids = (await desk.tickets()).map(({ id }) => id);
  // Their events are given their places together.
  await desk.sequencer.stop();
  for (const id of ids) expect((await desk.answer(desk.owner, id, 'Here I am')).status).toBe(201);
  const { statements } = await askedDuring(async () => {
    desk.sequencer.start();
    for (const tab of tabs) await expect.poll(() => tab.texts().at(-1), { timeout: 5_000 }).toBe('Here I am');
  });
  const looks = statements.filter((text) => text.includes('from chat_messages c'));
  expect(looks.length).toBeLessThanOrEqual(2);
});
