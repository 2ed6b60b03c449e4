import { Secret, TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Language } from '../kernel/languages.ts';
import { sharedBrowser } from '../testing/browser.ts';
import { openTab, wordsOf } from './browsing.ts';
import { axeFaults } from './faults.ts';
import { openHouse } from './house.ts';

const PASSWORD = 'correct horse battery staple';
const EMAIL = 'agent@shop.test';

let browser: Browser;
beforeAll(async () => { browser = await sharedBrowser(); });

/** A fingerprint reader that always recognises whoever sits there. */
async function withAuthenticator(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send('WebAuthn.enable', { enableUI: false });
  await client.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
}

async function houseWith(role: 'owner' | 'agent', language: Language = 'en') {
  const house = await openHouse({ host: 'localhost' });
  onTestFinished(() => house.close());
  const owner = await house.founded();
  await house.app.people.addPerson(owner.actor.workspaceId, { email: EMAIL, name: 'Ivan Petrov', role, language, password: PASSWORD });
  return { house, owner };
}

const noTrouble = async (page: Page): Promise<void> => { expect(await axeFaults(page, page.url())).toEqual([]); };

test('a passkey is set up in the settings by keyboard, and opens the desk alone', async () => {
  const t = wordsOf('en');
  const { house } = await houseWith('owner');
  const { page, trouble } = await openTab(browser, house, { path: '/settings/security' });
  await withAuthenticator(page);
  await page.getByLabel(t('people.email')).fill(EMAIL);
  await page.getByLabel(t('people.password'), { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { name: t('people.passkeys') }).waitFor();
  await noTrouble(page);
  await page.getByRole('button', { name: t('people.passkey.add') }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByLabel(t('people.name')).fill('My laptop');
  await page.keyboard.press('Enter');
  const codes = page.getByRole('dialog', { name: t('people.recovery') });
  await codes.getByRole('listitem').first().waitFor();
  expect(await codes.getByRole('listitem').count()).toBe(10);
  await noTrouble(page);
  await codes.getByRole('button', { name: t('people.recovery.kept') }).click();
  await page.getByRole('list', { name: t('people.passkeys') }).getByText('My laptop').waitFor();

  await page.context().clearCookies();
  await page.goto('/settings/security');
  await page.getByRole('button', { name: t('people.sign_in.passkey') }).click();
  await page.getByRole('list', { name: t('people.passkeys') }).getByText('My laptop').waitFor();

  await page.context().clearCookies();
  await page.goto('/settings/security');
  await page.getByLabel(t('people.email')).fill(EMAIL);
  await page.getByLabel(t('people.password'), { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByText(t('people.second.why.passkey')).waitFor();
  await noTrouble(page);
  await page.getByRole('button', { name: t('people.second.passkey') }).click();
  await page.getByRole('list', { name: t('people.passkeys') }).getByText('My laptop').waitFor();
  expect(trouble).toEqual([]);
});

test('whoever must have a second step is led to it in Arabic, and is asked again before something that lasts', async () => {
  const t = wordsOf('ar');
  const { house, owner } = await houseWith('agent', 'ar');
  await house.app.people.requireTwoStep(owner.actor, ['agent']);
  const { page, trouble } = await openTab(browser, house, { language: 'ar', path: '/settings/security' });
  await page.getByLabel(t('people.email')).fill(EMAIL);
  await page.getByLabel(t('people.password'), { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');

  await page.getByText(t('people.enrol.why')).waitFor();
  await noTrouble(page);
  await page.keyboard.press('Enter');
  await page.getByRole('img', { name: t('people.totp.picture') }).waitFor();
  await noTrouble(page);
  const secret = (await page.getByLabel(t('people.totp.key')).inputValue()).replaceAll(' ', '');
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
  await page.getByLabel(t('people.second.code.totp')).fill(code);
  await page.keyboard.press('Enter');
  await page.getByRole('list', { name: t('people.recovery') }).waitFor();
  await noTrouble(page);
  const [recovery = ''] = await page.getByRole('listitem').allTextContents();
  await page.getByRole('button', { name: t('people.recovery.kept') }).click();

  const renew = page.getByRole('button', { name: t('people.recovery.renew') });
  await renew.waitFor();
  await house.app.db.owner.updateTable('sessions').set({ proved_at: new Date(0) }).execute();
  await renew.click();
  const again = page.getByRole('dialog', { name: t('people.step_up') });
  await again.getByLabel(t('people.second.code.totp')).waitFor();
  await noTrouble(page);
  await again.getByRole('button', { name: t('people.second.use.password') }).click();
  await again.getByLabel(t('people.password'), { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  const fresh = page.getByRole('dialog', { name: t('people.recovery') });
  await fresh.getByRole('listitem').first().waitFor();
  expect(await fresh.getByRole('listitem').allTextContents()).not.toContain(recovery);
  expect(trouble).toEqual([]);
});
