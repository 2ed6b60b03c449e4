import { expect, test } from 'vitest';
import { letterOf, openTab, wordsOf } from './browsing.ts';
import { sharedHouse } from './shared-house.ts';
import { leaveWindow } from './windows.ts';

const shared = sharedHouse();

test('what a letter promises is kept with one keystroke, holds once the letter leaves, and stands in the writer\'s list', async () => {
  const t = wordsOf('en');
  const { browser, house, owner } = shared();
  await house.mail({ from: { name: 'Ana', address: 'ana@example.org' }, subject: 'My refund', text: 'Where is it?' });
  const [ticket] = (await house.app.tickets.list(owner.actor, { status: 'all', sort: 'created', limit: 1 })).items;
  const { page, trouble } = await openTab(browser, house, { as: owner, path: `/inbox/active/${ticket!.id}` });
  await page.getByRole('log').getByText('Where is it?').waitFor();
  await page.keyboard.press('r');
  await letterOf(page, t('tickets.write.reply')).fill('I will call you tomorrow at 17:00.');
  await page.keyboard.press('Control+Period');
  await page.getByRole('dialog').getByRole('button', { name: t('commitments.promise'), exact: true }).click();
  await page.getByText(/^Promised with this/).waitFor();
  expect((await house.app.commitments.list(owner.actor, { state: 'open', limit: 1 })).items).toEqual([]);
  await letterOf(page, t('tickets.write.reply')).press('Control+Enter');
  await expect.poll(async () => (await house.app.commitments.list(owner.actor, { state: 'open', limit: 1 })).items).toEqual([
    expect.objectContaining({ what: 'I will call you tomorrow at 17:00.', kind: 'callback', entryId: expect.any(String) }),
  ]);
  await page.getByRole('link', { name: t('app.commitments') }).click();
  await page.getByRole('listitem').filter({ hasText: 'I will call you tomorrow' }).getByRole('button', { name: /^Done/ }).click();
  await expect.poll(async () => (await house.app.commitments.counts(owner.actor)).open).toBe(0);
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});
