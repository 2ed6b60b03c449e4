import { expect, test } from 'vitest';
import { mailsOf, plainBrowser } from '../../../testing/plain-browser.ts';
import { testApp } from '../../../testing/test-app.ts';

test('mail cannon by many names of one mailbox: each kind of mail that strangers cause reaches it once', async () => {
  const app = await testApp();
  const names = ['victim+1@gmail.com', 'Vic.tim+two@GMAIL.com', 'v.ictim@googlemail.com'];
  for (const [i, email] of names.entries()) {
    const browser = plainBrowser(app, { address: `192.0.2.${i + 1}` });
    await browser.open('/requests/sign-in');
    expect((await browser.send('/requests/sign-in', { email })).path).toMatch(/^\/requests\/code/);
    await browser.open('/requests/new/question');
    expect((await browser.sendFiles('/requests/new/question', { email, subject: 'Hello', text: 'Words' })).path).toMatch(/^\/requests\/received/);
    await browser.open('/status');
    expect((await browser.send('/status/subscriptions?lang=en', { email })).path).toMatch(/^\/status\/subscriptions/);
    // What no form sends is refused, and breaks nothing.
    for (const path of ['/status/subscriptions', '/requests/1/answers', '/requests/new/question', '/requests/sign-in']) {
      const odd = { method: 'POST' as const, url: path, headers: { host: 'desk.test', origin: 'http://desk.test' }, remoteAddress: '192.0.2.9' };
      expect((await app.http.inject(odd)).statusCode, path).toBeLessThan(500);
      expect((await app.http.inject({ ...odd, payload: { fields: { text: 1 }, files: 5, email: {} } })).statusCode, path).toBe(415);
    }
  }
  const mails = (await mailsOf(app, app.owner.workspaceId)).map(({ subject }) => subject);
  expect(mails).toHaveLength(3);
  expect(new Set(mails).size).toBe(3);
});
