import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { letterOf, openTab, wordsOf } from './browsing.ts';
import { sharedHouse } from './shared-house.ts';
import { leaveWindow } from './windows.ts';

const t = wordsOf('en');
const shared = sharedHouse();

async function atTicket(name: string) {
  const { browser, house, owner } = shared();
  const person = await house.colleagueOf(owner, { name });
  await house.mail({ from: { name: 'Anna Nowak', address: 'anna@example.org' }, subject: 'Kettle', text: 'It is cracked.' });
  const [ticket] = (await house.app.tickets.list(owner.actor, { status: 'all', sort: 'created', limit: 1 })).items;
  const { page } = await openTab(browser, house, { as: person, path: `/inbox/active/${ticket!.id}` });
  await page.getByRole('log').getByText('It is cracked.').waitFor();
  await page.keyboard.press('r');
  const letter = letterOf(page, t('tickets.write.reply'));
  await letter.and(page.locator(':focus')).waitFor();
  const draftOf = async (who: typeof person) => (await house.app.tickets.draft(who.actor, 'reply', ticket!.id))?.body.html ?? null;
  return { house, owner, person, page, letter, draftOf };
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${t('app.account_of').replace('{name}', '.*')}$`) }).click();
  await page.getByRole('menuitem', { name: t('app.sign_out') }).click();
}

const keptWords = (page: Page): Promise<string> => page.evaluate(() => JSON.stringify({ ...localStorage }));
const keptOf = (page: Page, personId: string): Promise<string[]> => page.evaluate((begins) => Object.keys(localStorage).filter((key) => key.startsWith(begins)), `rapport.draft.${personId}.`);

test('whoever signs out is asked before words are lost, and leaves none of them behind for who comes next', async () => {
  const { person, page, letter, draftOf } = await atTicket('Ivan Petrov');
  await page.context().setOffline(true);
  await page.getByText(t('app.offline')).waitFor();
  await letter.fill('Words of Ivan');
  await page.getByText(t('tickets.draft.kept')).waitFor();
  await signOut(page);
  await page.getByRole('alertdialog', { name: t('app.leaving') }).getByRole('button', { name: t('ui.cancel') }).click();
  expect(await keptOf(page, person.id)).toHaveLength(1);
  expect(await keptWords(page), 'sealed').not.toContain('Words of Ivan');

  await page.context().setOffline(false);
  await page.getByText(t('app.offline')).waitFor({ state: 'detached' });
  await signOut(page);
  await page.getByRole('heading', { name: t('people.sign_in.title') }).waitFor();
  expect(await keptOf(page, person.id)).toEqual([]);
  // What could be saved was saved.
  expect(await draftOf(person)).toContain('Words of Ivan');
  await leaveWindow(page);
});

test('a window that somebody left open does nothing in the name of who signs in after them', async () => {
  const { house, owner, person, page, letter, draftOf } = await atTicket('Elena Ivanova');
  const next = await house.colleagueOf(owner, { name: 'Boris Iliev' });
  await letter.fill('Words of Elena');
  await page.getByText(t('tickets.draft.saved')).waitFor();
  await page.context().addCookies([{ name: house.app.people.cookieNames.session, value: next.token, url: house.url, httpOnly: true, sameSite: 'Lax' }]);
  await letter.press('Control+End');
  await letter.pressSequentially(', and more');
  await page.getByRole('dialog').getByText(t('people.sign_in.again_why')).waitFor();
  expect(await draftOf(next)).toBe(null);
  expect(await keptOf(page, person.id)).toHaveLength(1);
  expect(await keptWords(page)).not.toContain('and more');
  await leaveWindow(page);
});

test('a session that ends by itself leaves nothing that others could read, and nothing is lost to its writer', async () => {
  const { house, owner, person, page, letter, draftOf } = await atTicket('Daria Koleva');
  const next = await house.colleagueOf(owner, { name: 'Georgi Ivanov' });
  const enter = (who: typeof person) => page.context().addCookies([{ name: house.app.people.cookieNames.session, value: who.token, url: house.url, httpOnly: true, sameSite: 'Lax' }]);
  await page.context().setOffline(true);
  await page.getByText(t('app.offline')).waitFor();
  await letter.fill('Words of Daria');
  await page.getByText(t('tickets.draft.kept')).waitFor();
  await page.context().clearCookies();
  await page.context().setOffline(false);
  await page.getByRole('dialog').getByText(t('people.sign_in.again_why')).waitFor();

  await enter(next);
  await page.goto(`${house.url}/inbox`);
  await page.getByRole('button', { name: new RegExp(`^${t('app.account_of').replace('{name}', '.*')}$`) }).waitFor();
  expect(await keptOf(page, person.id), 'it is still there').toHaveLength(1);
  expect(await keptWords(page)).not.toContain('Words of Daria');

  await enter(person);
  const ticket = (await house.app.tickets.list(owner.actor, { status: 'all', sort: 'created', limit: 1 })).items[0]!;
  await page.goto(`${house.url}/inbox/active/${ticket.id}`);
  await page.keyboard.press('r');
  await page.getByText('Words of Daria').waitFor();
  await expect.poll(() => draftOf(person)).toContain('Words of Daria');
  await leaveWindow(page);
});
