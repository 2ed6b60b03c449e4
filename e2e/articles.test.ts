import { expect, test } from 'vitest';
import { letterOf, openTab, wordsOf } from './browsing.ts';
import { sharedHouse } from './shared-house.ts';
import { leaveWindow } from './windows.ts';

const t = wordsOf('en');
const shared = sharedHouse();
const filled = (id: string, values: Record<string, string>): string => Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), t(id));

test('what people looked for in vain is found by another word, or written about, from the screen that says so', { timeout: 90_000 }, async () => {
  const { browser, house, owner } = shared();
  const { knowledge } = house.app;
  const { workspaceId } = owner.actor;
  await knowledge.createArticle(owner.actor, { language: 'en', title: 'How vouchers work', summary: '', keywords: '', html: '<p>Buy one at the counter.</p>', state: 'public' });
  const search = async (q: string) => (await knowledge.help.search(workspaceId, { q, language: 'en', reader: 'visitor', limit: 5 })).cards.map(({ title }) => title);
  expect([await search('gift card'), await search('parking')]).toEqual([[], []]);
  const { page, trouble } = await openTab(browser, house, { as: owner, path: '/articles/gaps' });

  await page.getByRole('button', { name: filled('knowledge.gaps.synonym', { words: 'gift card' }) }).click();
  await page.getByRole('dialog').getByLabel(t('knowledge.gaps.synonym_other')).fill('voucher');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: filled('knowledge.gaps.synonym', { words: 'gift card' }) }).waitFor({ state: 'detached' });
  expect(await search('gift card')).toEqual(['How vouchers work']);

  await page.getByRole('button', { name: filled('knowledge.gaps.write', { words: 'parking' }) }).click();
  await expect.poll(() => page.getByRole('textbox', { name: t('knowledge.title'), exact: true }).inputValue()).toBe('Parking');
  await letterOf(page, t('knowledge.body')).fill('Behind the shop.');
  await page.getByRole('button', { name: t('knowledge.save'), exact: true }).click();
  await page.getByText(t('knowledge.saved'), { exact: true }).first().waitFor();
  await page.getByRole('tab', { name: t('knowledge.tab.facts') }).click();
  await page.getByRole('button', { name: t('knowledge.who') }).click();
  await page.getByRole('option', { name: t('knowledge.state.public') }).click();
  await page.getByRole('button', { name: t('knowledge.save'), exact: true }).click();
  await page.getByRole('link', { name: t('knowledge.see') }).waitFor();
  expect(await search('parking')).toEqual(['Parking']);
  // Whoever looks for it now reads it.
  await page.goto('/help/search?q=parking&lang=en');
  await page.getByRole('link', { name: 'Parking' }).click();
  await page.getByText('Behind the shop.').waitFor();
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});

test('an earlier version is compared with what followed, written again, and shown to readers only when somebody says so', { timeout: 90_000 }, async () => {
  const { browser, house, owner } = shared();
  const { knowledge } = house.app;
  const words = { title: 'Returns', summary: '', keywords: '' };
  const { id, number } = await knowledge.createArticle(owner.actor, { ...words, language: 'en', html: '<p>You have 30 days.</p>', state: 'public' });
  await knowledge.writeText(owner.actor, id, 'en', { ...words, html: '<p>You have 14 days.</p>', live: true, minor: false, translates: false });
  const { page, trouble } = await openTab(browser, house, { as: owner, path: `/articles/${id}` });
  const reader = await openTab(browser, house, { path: `/help/en/articles/${number}-returns` });
  await reader.page.getByText('You have 14 days.').waitFor();

  await page.getByRole('tab', { name: t('knowledge.tab.versions') }).click();
  const version = (of: number) => page.getByRole('listitem').filter({ hasText: filled('knowledge.version', { version: String(of) }) });
  await version(2).getByText(t('knowledge.live')).waitFor();
  await version(2).getByRole('button', { name: t('knowledge.show_changes') }).click();
  await expect.poll(() => version(2).locator('del').allInnerTexts()).toEqual(['30']);
  expect(await version(2).locator('ins').allInnerTexts()).toEqual(['14']);
  await version(1).getByRole('button', { name: t('knowledge.restore') }).click();
  await version(3).getByText(filled('knowledge.from_version', { version: '1' })).waitFor();
  await version(2).getByText(t('knowledge.live')).waitFor();
  await reader.page.reload();
  await reader.page.getByText('You have 14 days.').waitFor();

  await page.getByRole('tab', { name: t('knowledge.tab.text') }).click();
  await page.getByText(t('knowledge.unpublished')).waitFor();
  await page.getByRole('button', { name: t('knowledge.save_live') }).click();
  await page.getByText(t('knowledge.unpublished')).waitFor({ state: 'detached' });
  await reader.page.reload();
  await reader.page.getByText('You have 30 days.').waitFor();
  expect([...trouble, ...reader.trouble]).toEqual([]);
  await Promise.all([page, reader.page].map(leaveWindow));
});
