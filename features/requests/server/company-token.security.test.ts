import { SignJWT, UnsecuredJWT } from 'jose';
import { expect, test } from 'vitest';
import { plainBrowser } from '../../../testing/plain-browser.ts';
import { testApp } from '../../../testing/test-app.ts';

test('forged, old, empty, borrowed and used tokens let nobody in; a good one lets its customer in once, after they press the button', async () => {
  const app = await testApp();
  const widget = async (name: string) => {
    const { id } = (await app.owner.request('POST', '/chat/widgets', { name, sites: ['https://shop.example'] })).body;
    return { id, secret: (await app.owner.request('POST', `/chat/widgets/${id}/secrets`, {})).body.secret as string };
  };
  const [ours, other] = [await widget('Shop'), await widget('Other shop')];
  await app.owner.request('POST', '/tickets', { subject: 'Old matter', channel: 'phone', direction: 'in', customer: { email: 'maria@example.org' }, text: 'x' });
  const now = Math.floor(Date.now() / 1000);
  const claims = { sub: '7', email: 'maria@example.org' };
  const token = (given: object, { secret = ours.secret, aud = ours.id, from = now, seconds = 300 } = {}) =>
    new SignJWT({ ...given }).setProtectedHeader({ alg: 'HS256' }).setAudience(aud).setIssuedAt(from).setExpirationTime(from + seconds).sign(new TextEncoder().encode(secret));
  const bad = [
    'x', '', await token(claims, { secret: 'a secret of somebody else, long enough' }), await token(claims, { from: now - 4_000, seconds: 3_000 }), await token(claims, { seconds: 86_400 }),
    await token(claims, { secret: other.secret }), await token({ sub: '7' }), new UnsecuredJWT({ ...claims, aud: ours.id, iat: now, exp: now + 300 }).encode(),
  ];
  const stranger = plainBrowser(app);
  for (const one of bad) {
    expect((await stranger.open(`/requests/enter?token=${one}`)).status, one).toBe(404);
    expect((await stranger.open('/requests')).path).toBe('/requests/sign-in');
  }

  const good = await token(claims);
  const maria = plainBrowser(app, { address: '192.0.2.9' });
  for (let i = 0; i < 2; i++) await maria.open(`/requests/enter?token=${good}`);
  expect(maria.words()).toContain('You are about to sign in as maria@example.org.');
  expect(maria.cookies.has('rapport-customer')).toBe(false);
  await maria.send('/requests/enter');
  expect(maria.words()).toContain('Old matter');

  const thief = plainBrowser(app, { address: '192.0.2.10' });
  await thief.open(`/requests/enter?token=${good}`);
  expect((await thief.send('/requests/enter')).status).toBe(404);
  expect(thief.cookies.has('rapport-customer')).toBe(false);
  // The last sign of a signature says more bits than it has: another spelling of a used token is the same token.
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const respelled = `${good.slice(0, -1)}${letters[letters.indexOf(good.at(-1)!) ^ 1]!}`;
  for (const one of [respelled, `${good}=`]) {
    const page = await thief.open(`/requests/enter?token=${encodeURIComponent(one)}`);
    if (page.status === 200) expect((await thief.send('/requests/enter')).status).toBe(404);
    expect(thief.cookies.has('rapport-customer')).toBe(false);
  }
});
