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

test('an article goes into an answer as a link and as its words, where the answer is written', { timeout: 90_000 }, async () => {
  const { browser, house, owner } = shared();
  const { id } = await house.app.knowledge.createArticle(owner.actor, { language: 'en', title: 'Descaling', summary: '', keywords: '', html: '<p>Boil it with <strong>vinegar</strong>.</p>', state: 'public' });
  await house.mail({ from: { name: 'Anna Nowak', address: 'anna@example.org' }, subject: 'White stains', text: 'How do I get rid of the white stains in my kettle?' });
  const { items: [ticket] } = await house.app.tickets.list(owner.actor, { status: 'all', limit: 1, sort: 'created' });
  const { page, trouble } = await openTab(browser, house, { as: owner, path: `/inbox/active/${ticket!.id}` });
  await page.getByRole('log').getByText('white stains').waitFor();
  await page.keyboard.press('r');
  const letter = letterOf(page, t('tickets.write.reply'));
  await letter.and(page.locator(':focus')).waitFor();
  await page.keyboard.type('Please try this: ');
  for (const as of ['link', 'text']) {
    await page.getByRole('button', { name: t('knowledge.insert'), exact: true }).click();
    await page.getByRole('searchbox', { name: t('knowledge.find') }).fill('descal');
    await page.getByRole('button', { name: filled(`knowledge.insert_${as}_of`, { title: 'Descaling' }) }).click();
    await letter.getByText(as === 'link' ? 'Descaling' : 'vinegar').first().waitFor();
  }
  await letter.press('Control+Enter');
  await page.getByRole('log').getByRole('article').filter({ hasText: 'Please try this:' }).filter({ hasText: 'vinegar' }).waitFor();
  await house.undoIsOver();
  const sent = house.relay.received.findLast(({ to }) => to.includes('anna@example.org'))!;
  expect(sent.mail.html).toMatch(new RegExp(`<a [^>]*href="${house.url}/help/en/articles/\\d+-descaling"`));
  expect(sent.mail.html).toContain('<strong>vinegar</strong>');
  expect((await house.app.knowledge.article(owner.actor, id)).used).toBe(2);
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});
