import { expect, test } from 'vitest';
import { mailsOf, plainBrowser } from '../../../testing/plain-browser.ts';
import { testApp } from '../../../testing/test-app.ts';

const TEA = 'help.tea.example';

test('a brand has a host of its own: its name on the pages, its links in mails, its matters; no other host gets into a mail', async () => {
  const app = await testApp();
  const brand = (given: object) => app.owner.request('POST', '/calendar-places', { kind: 'brand', name: 'Tea House', ...given });
  const { status, body: tea } = await brand({ host: ` ${TEA.toUpperCase()}` });
  expect([status, tea.host]).toEqual([201, TEA]);
  expect(await brand({ name: 'Coffee', host: TEA })).toMatchObject({ status: 409, body: { code: 'calendar.host_taken' } });
  for (const host of ['https://tea.example', 'tea.example/x', 'a b', '']) expect((await brand({ host })).status, host).toBe(400);

  const page = async (host: string) => (await app.http.inject({ url: '/help/en', headers: { host } })).body;
  expect(await page(TEA)).toContain(`<link rel="canonical" href="http://${TEA}/help/en">`);
  expect(await page(TEA)).toContain('<a class="brand" href="/help/en">Tea House</a>');
  expect(await page('desk.test')).toContain('<a class="brand" href="/help/en">Main</a>');

  const asked = async (host: string, email: string) => {
    const browser = plainBrowser(app, { host });
    await browser.open('/requests/sign-in');
    await browser.send('/requests/sign-in', { email });
    const { subject, text } = (await mailsOf(app, app.owner.workspaceId)).findLast(({ to }) => to === email)!;
    return { browser, subject, link: /https?:\/\/\S+\/requests\/in\/[\w-]+/.exec(text)![0] };
  };
  const atTea = await asked(TEA, 'maria@example.org');
  expect(atTea.subject).toContain('Tea House');
  expect(new URL(atTea.link).host).toBe(TEA);
  // Whoever claims another host in a request gets no mail of ours to lead there.
  expect(new URL((await asked('evil.example', 'ivan@example.org')).link).host).toBe('desk.test');

  const { browser } = atTea;
  await browser.open(new URL(atTea.link).pathname);
  await browser.send(new URL(atTea.link).pathname);
  await browser.open('/requests/new/question');
  await browser.sendFiles('/requests/new/question', { subject: 'Green tea', text: 'Do you have any?' });
  const stranger = (host: string, subject: string) => app.http.inject({ method: 'POST', url: '/api/v1/requests', headers: { host }, payload: { email: 'eva@example.org', subject, text: 'x' } });
  expect((await stranger(TEA, 'Black tea')).statusCode).toBe(202);
  expect((await stranger('desk.test', 'A kettle')).statusCode).toBe(202);
  const { items } = (await app.owner.request('GET', '/tickets?status=all')).body as { items: { subject: string; brand: { name: string } | null }[] };
  expect(Object.fromEntries(items.map((ticket) => [ticket.subject, ticket.brand?.name ?? null]))).toEqual({ 'Green tea': 'Tea House', 'Black tea': 'Tea House', 'A kettle': null });

  // Of several companies each has its hosts, and no other host shows anybody.
  const other = await app.otherWorkspace();
  expect(await page(TEA)).toContain('Tea House');
  // What one has no other takes, neither as its own nor for a brand.
  expect(await other.request('PATCH', '/workspace', { publicHost: TEA })).toMatchObject({ status: 409, body: { code: 'workspace.host_taken' } });
  expect((await other.request('PATCH', '/workspace', { publicHost: 'help.other.example' })).status).toBe(200);
  expect(await brand({ name: 'Coffee', host: 'help.other.example' })).toMatchObject({ status: 409, body: { code: 'calendar.host_taken' } });
  // The one of the installation leads to none of several: whoever came first would receive what is meant for others.
  expect(await brand({ name: 'Coffee', host: 'desk.test' })).toMatchObject({ status: 409, body: { code: 'calendar.host_taken' } });
  expect(await other.request('PATCH', '/workspace', { publicHost: 'desk.test' })).toMatchObject({ status: 409, body: { code: 'workspace.host_taken' } });
  expect((await app.owner.request('PATCH', '/workspace', { publicHost: TEA })).status).toBe(200);
  expect((await app.http.inject({ url: '/help/en', headers: { host: 'evil.example' } })).statusCode).toBe(404);
});
