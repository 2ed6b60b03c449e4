import { expect, test } from 'vitest';
import { hasFocus, openTab, wordsOf } from './browsing.ts';
import { sharedHouse } from './shared-house.ts';

const t = wordsOf('en');
const shared = sharedHouse();
const QUEUE = { headStartSeconds: 0, ownAgentSeconds: null, calendarId: null, teamIds: [], overflow: [], skills: [], language: null };

test('work is offered to whoever is here, taken and passed by key, taken from a queue, and told why', async () => {
  const { browser, house, owner } = shared();
  const { routing } = house.app;
  const ivan = await house.colleagueOf(owner, { name: 'Ivan Petrov' });
  await routing.addQueue(owner.actor, { ...QUEUE, name: 'Orders', mode: 'push', offerSeconds: 300, conditions: null });

  const { page, trouble } = await openTab(browser, house, { as: ivan, path: '/search' });
  const lead = await openTab(browser, house, { as: owner, path: '/here' });
  const row = lead.page.getByRole('list', { name: t('routing.here.people'), exact: true }).getByRole('listitem').filter({ hasText: ivan.name });
  await row.getByText(t('routing.state.offline'), { exact: true }).waitFor();

  // One's state is changed without the mouse, and whoever shares out the work sees it.
  await page.getByRole('button', { name: t('routing.presence.of').replace('{state}', t('routing.state.offline')) }).waitFor();
  await page.keyboard.press('Escape');
  await page.evaluate('document.activeElement.blur()');
  await page.keyboard.press('p');
  await expect.poll(() => hasFocus(page.getByRole('option', { name: t('routing.state.offline') }))).toBe(true);
  await page.keyboard.press('Home');
  await expect.poll(() => hasFocus(page.getByRole('option', { name: t('routing.state.online') }))).toBe(true);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: t('routing.presence.of').replace('{state}', t('routing.state.online')), includeHidden: true }).waitFor();
  await page.keyboard.press('Escape');
  await row.getByText(t('routing.state.online'), { exact: true }).waitFor();

  const field = page.getByRole('searchbox');
  await field.focus();
  await house.mail({ from: { name: 'Anna Nowak', address: 'anna@example.org' }, subject: 'Where is my order?', text: 'It should have come on Monday.' });
  const card = page.getByRole('article', { name: /#\d+/ });
  await card.getByText('Where is my order?').waitFor();
  expect(await hasFocus(field)).toBe(true);
  await page.evaluate('document.activeElement.blur()');
  await page.keyboard.press('y');
  await page.getByRole('heading', { level: 1, name: 'Where is my order?' }).waitFor();
  await page.getByRole('button', { name: `${t('tickets.assignee')}: ${t('tickets.me')}` }).waitFor();
  await card.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: t('routing.told'), exact: true }).click();
  const told = page.getByRole('dialog');
  await told.getByText('The offer was accepted.').first().waitFor();
  // It closes once it has the focus, and gives it back; keys before that are its own.
  await page.locator('[role=dialog]:focus-within').waitFor();
  await page.keyboard.press('Escape');
  await told.waitFor({ state: 'detached' });

  await house.mail({ from: { name: 'Jan Kowalski', address: 'jan@example.org' }, subject: 'Kettle lid', text: 'Can I buy a lid?' });
  await card.getByText('Kettle lid').waitFor();
  await page.keyboard.press('Shift+Y');
  await card.waitFor({ state: 'detached' });
  await lead.page.getByRole('button', { name: t('routing.here.more_of').replace('{name}', 'Orders') }).click();
  await lead.page.getByRole('dialog').getByText('Kettle lid').waitFor();

  // Whoever thinks better of it takes it as the next.
  await page.keyboard.press('g');
  await page.getByRole('heading', { level: 1, name: 'Kettle lid' }).waitFor();
  await page.getByText(/is yours now\. .*It was taken from the queue as the next one\./).waitFor();
  await page.keyboard.press('g');
  await page.getByText(t('problem.queue.none_waiting')).waitFor();

  // Hands off the keyboard for half an hour: whoever shares out the work sees it, although the connection stands; with the first sign they are back.
  const shows = async (words: string): Promise<boolean> => {
    await lead.page.reload();
    await row.waitFor();
    return ((await row.textContent()) ?? '').includes(words);
  };
  const idle = t('routing.here.because.idle').replace('{state}', t('routing.state.away'));
  house.sitsStill(31 * 60_000);
  await expect.poll(() => shows(idle), { timeout: 20_000 }).toBe(true);
  await page.reload();
  const back = page.getByRole('button', { name: t('routing.presence.of').replace('{state}', t('routing.state.online')), includeHidden: true });
  await expect.poll(async () => { await page.keyboard.press('Shift'); return back.count(); }, { timeout: 20_000 }).toBe(1);
  await expect.poll(() => shows(idle), { timeout: 20_000 }).toBe(false);
  expect([...trouble, ...lead.trouble]).toEqual([]);
});
