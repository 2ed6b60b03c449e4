import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { mailsOf, plainBrowser } from '../../../testing/plain-browser.ts';
import { testApp } from '../../../testing/test-app.ts';
import { zeroBits } from './challenge.ts';

type TestApp = Awaited<ReturnType<typeof testApp>>;
const PAYLOAD = 'BUY-CHEAP-KETTLES http://evil.example/';

const post = async (app: TestApp, payload: object, remoteAddress = '192.0.2.1') => {
  const response = await app.http.inject({ method: 'POST', url: '/api/v1/requests', payload, remoteAddress, headers: { host: 'desk.test' } });
  return { status: response.statusCode, body: response.json<{ state?: string; code?: string; number?: number | null }>() };
};
const given = (email: string) => ({ email, name: PAYLOAD.slice(0, 20), subject: PAYLOAD, text: PAYLOAD });
const network = (i: number): string => `198.51.${100 + Math.floor(i / 250)}.${1 + (i % 250)}`;

function solve(challenge: string, bits: number): string {
  for (let answer = 0; ; answer++) if (zeroBits(createHash('sha256').update(`${challenge}:${answer}`).digest()) >= bits) return String(answer);
}

/** The whole flood is 10,000 posts for 1,000 victims from 500 networks; the suite sends a fiftieth (FLOOD=2000 sends it all). */
const SIZE = Number(process.env.FLOOD ?? 40);

test('mail cannon: however much is posted in whosever name, each of them gets one mail at most, and nothing in it is the sender\'s', async () => {
  const app = await testApp();
  const [posts, victims, networks] = [SIZE * 5, SIZE / 2, Math.max(25, SIZE / 4)];
  let filed = 0;
  const flood = async (from: number, to: number) => {
    for (let begun = from; begun < to; begun += 25) {
      const answers = await Promise.all(Array.from({ length: 25 }, (_one, i) => post(app, given(`victim${(begun + i) % victims}@example.org`), network((begun + i) * 7 % networks))));
      for (const { status, body } of answers) {
        // A machine that is overrun may say so.
        expect([202, 429, 503]).toContain(status);
        if (body.state === 'received') filed += 1;
      }
    }
  };
  await flood(0, 100);
  await writesWithoutScript(app);
  await flood(100, posts);

  const mails = await mailsOf(app, app.owner.workspaceId);
  const perVictim = new Map<string, number>();
  for (const { to } of mails) perVictim.set(to, (perVictim.get(to) ?? 0) + 1);
  expect(mails.length).toBeGreaterThan(0);
  expect(Math.max(...perVictim.values())).toBe(1);
  for (const { subject, text } of mails) for (const word of ['KETTLES', 'evil.example']) expect(subject + text).not.toContain(word);
  // After the first of them the storm is noticed: without proof nothing becomes a ticket.
  expect(filed).toBeLessThanOrEqual(60);

  // Work that was proven opens the way in the storm, once.
  expect((await post(app, given('honest@example.org'), '203.0.113.1')).body.state).not.toBe('received');

  const { challenge, bits } = (await app.request('GET', '/requests/challenge', undefined, { host: 'desk.test' })).body;
  const proof = { challenge, answer: solve(challenge, bits) };
  expect((await post(app, { ...given('honest2@example.org'), proof }, '203.0.113.2')).body).toMatchObject({ state: 'received' });
  expect((await post(app, { ...given('honest3@example.org'), proof }, '203.0.113.3')).body).not.toMatchObject({ state: 'received' });
  expect((await post(app, { ...given('honest4@example.org'), proof: { challenge: `x${challenge}`, answer: proof.answer } }, '203.0.113.4')).body).not.toMatchObject({ state: 'received' });
}, 900_000);

/** The form brings what does the work, and what a browser without script sends waits for the mailbox. */
async function writesWithoutScript(app: TestApp): Promise<void> {
  const browser = plainBrowser(app, { address: '203.0.113.5' });
  await browser.open('/requests/new/question');
  expect(browser.page().html).toContain('data-challenge="');
  expect(browser.page().html).toContain('<script src="/requests/work.js" defer>');
  await browser.sendFiles('/requests/new/question', { email: 'slow@example.org', subject: 'Hello', text: 'No script here' });
  expect(browser.page().path).toBe('/requests/waits');
  const letter = (await mailsOf(app, app.owner.workspaceId)).findLast(({ to }) => to === 'slow@example.org')!;
  const path = new URL(/http:\/\/desk\.test\/\S+/.exec(letter.text)![0]).pathname;
  await browser.open(path);
  await browser.send(path);
  expect(browser.words()).toContain('No script here');
}

test('a field that people do not see catches machines, which learn nothing from it', async () => {
  const app = await testApp();
  expect(await post(app, { ...given('bot@example.org'), website: 'http://evil.example' })).toMatchObject({ status: 202, body: { state: 'received' } });
  expect((await app.owner.request('GET', '/tickets')).body.items).toEqual([]);
  expect(await mailsOf(app, app.owner.workspaceId)).toEqual([]);
});

test('an address in a form opens nobody\'s history, nor causes automatic mail to its owner', async () => {
  const app = await testApp();
  await app.owner.request('POST', '/tickets', { subject: 'Old matter', channel: 'phone', direction: 'in', customer: { email: 'maria@example.org', name: 'Maria' }, text: 'earlier' });
  const browser = plainBrowser(app);
  await browser.open('/requests/new/question');
  await browser.sendFiles('/requests/new/question', { email: 'maria@example.org', subject: 'New matter', text: 'It is me, honestly' });
  expect(browser.words()).not.toContain('Old matter');
  expect((await browser.open('/requests')).path).toBe('/requests/sign-in');
  for (const number of [1001, 1002]) expect((await browser.open(`/requests/${number}`)).path).toBe('/requests/sign-in');

  const [ticket] = (await app.owner.request('GET', '/tickets')).body.items.filter(({ subject }: { subject: string }) => subject === 'New matter');
  const allowed = await app.db.work(app.owner.workspaceId, (tx) => app.email.automatic.allowed(tx, app.owner.workspaceId, ticket.id, { answers: false }));
  expect(allowed).toHaveProperty('refused');
});

test('no mail goes to our own mailboxes, nor to addresses that are read in two ways', async () => {
  const app = await testApp();
  await post(app, given('support@desk.test'));
  await post(app, given('SUPPORT+x@desk.test'));
  expect(await mailsOf(app, app.owner.workspaceId)).toEqual([]);
  for (const bad of ['a@b@c.example', '"a@evil x"@desk.test', 'a b@c.example', 'a@c.example\r\nBcc: d@e.example', 'a@[127.0.0.1]']) {
    expect((await post(app, given(bad))).status, bad).toBe(400);
  }
});
