import { expect, test } from 'vitest';
import { letterOf, openTab, wordsOf } from './browsing.ts';
import { sharedHouse } from './shared-house.ts';
import { leaveWindow } from './windows.ts';

const t = wordsOf('en');
const shared = sharedHouse();

/** A ticket from a letter, open in a tab of its own. */
async function openTicket(subject: string, text: string) {
  const { browser, house, owner } = shared();
  await house.mail({ from: { name: 'Anna Nowak', address: 'anna@example.org' }, subject, text });
  const [ticket] = (await house.app.tickets.list(owner.actor, { status: 'all', sort: 'created', limit: 1 })).items;
  const tab = await openTab(browser, house, { as: owner, path: `/inbox/active/${ticket!.id}` });
  await tab.page.getByRole('heading', { level: 1, name: subject }).waitFor();
  return { ...tab, house, ticket: ticket! };
}

test('two tickets of one matter are merged, and parted again when that was a mistake', async () => {
  const first = await openTicket('Where is my teapot?', 'I ordered it two weeks ago.');
  await leaveWindow(first.page);
  const { page, trouble, ticket } = await openTicket('The teapot again', 'Still nothing here.');

  await page.getByRole('button', { name: t('tickets.menu') }).click();
  await page.getByRole('menuitem', { name: t('tickets.merge'), exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('list', { name: t('tickets.merge.candidates') }).getByText('Where is my teapot?').click();
  await dialog.getByRole('button', { name: t('tickets.merge.into').replace('{number}', String(first.ticket.number)) }).click();

  await page.getByRole('heading', { level: 1, name: 'Where is my teapot?' }).waitFor();
  await page.getByRole('log').getByText('Still nothing here.').waitFor();
  await page.goto(`/inbox/all/${ticket.id}`);
  await page.getByText(t('tickets.is_merged')).waitFor();
  await page.getByRole('button', { name: t('tickets.unmerge') }).click();
  await page.getByText(t('tickets.is_merged')).waitFor({ state: 'detached' });
  await page.getByRole('log').getByText('Still nothing here.').waitFor();
  await page.keyboard.press('r');
  await letterOf(page, t('tickets.write.reply')).waitFor();
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});

test('a letter is forwarded to somebody outside, and leaves with what was said', async () => {
  const { page, trouble, house } = await openTicket('A scratched cup', 'The cup is scratched at the rim.');
  await page.getByRole('article').filter({ hasText: 'scratched at the rim' }).getByRole('button', { name: t('tickets.entry.menu') }).click();
  await page.getByRole('menuitem', { name: t('tickets.forward'), exact: true }).click();
  await page.getByRole('textbox', { name: t('tickets.to'), exact: true }).fill('glazier@example.net');
  await page.keyboard.press('Enter');
  const words = letterOf(page, t('tickets.write.forward'));
  await words.fill('Can you polish this?');
  await words.press('Control+Enter');
  await page.getByRole('log').getByText('Can you polish this?').waitFor();

  const before = house.relay.received.length;
  await house.undoIsOver();
  const sent = (await house.relay.got(before + 1)).at(-1)!;
  expect(sent.to).toEqual(['glazier@example.net']);
  expect(sent.mail.text).toContain('Can you polish this?');
  expect(sent.mail.text).toContain('scratched at the rim');
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});

test('a reply can wait for the morning, and be taken back until then', async () => {
  const { page, trouble, house } = await openTicket('A late question', 'Are you open tomorrow?');
  await page.keyboard.press('r');
  const letter = letterOf(page, t('tickets.write.reply'));
  await letter.fill('From nine on.');
  const before = house.relay.received.length;
  await page.getByRole('button', { name: t('tickets.send.other') }).click();
  await page.getByRole('menuitem', { name: t('tickets.send.later.tomorrow') }).click();
  const said = page.getByRole('log').getByRole('article').filter({ hasText: 'From nine on.' });
  await said.getByText(t('tickets.delivery.later').split(' {')[0]!).waitFor();
  await house.undoIsOver();
  expect(house.relay.received).toHaveLength(before);

  await said.getByRole('button', { name: t('tickets.undo'), exact: true }).click();
  await said.waitFor({ state: 'detached' });
  await expect.poll(() => letter.innerText()).toContain('From nine on.');
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});
