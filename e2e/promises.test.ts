import { test } from 'vitest';
import { openTab, wordsOf } from './browsing.ts';
import { sharedHouse } from './shared-house.ts';
import { leaveWindow } from './windows.ts';

const shared = sharedHouse();
const t = wordsOf('en');

test('a promise that is made in the settings stands on a colleague\'s list at once, can be explained, and is kept by an answer', async () => {
  const { browser, house, owner } = shared();
  const ivan = await house.colleagueOf(owner, { name: 'Ivan Petrov' });
  // So that four hours from now is the same day.
  await house.passes(new Date().setUTCHours(33, 0, 0, 0) - Date.now());
  await house.mail({ from: { name: 'Maria Petrova', address: 'maria@example.org' }, subject: 'The kettle arrived broken', text: 'The lid is broken.' });
  const { page: desk } = await openTab(browser, house, { as: ivan, path: '/inbox/unassigned' });
  const row = desk.getByRole('option').filter({ hasText: 'The kettle arrived broken' });
  await row.waitFor();

  const { page: settings } = await openTab(browser, house, { as: owner, path: '/settings/promises' });
  await settings.getByRole('button', { name: t('sla.policies.new') }).click();
  await settings.getByLabel(t('sla.policies.name'), { exact: true }).fill('Everybody');
  await settings.getByLabel(t('sla.targets.any')).fill('240 min');
  await settings.getByRole('button', { name: t('sla.policies.save'), exact: true }).click();
  await settings.getByText(`${t('sla.metric.first_reply')}: 4 hr`).waitFor();

  await row.filter({ hasText: /(?<!\d)(?:4h|3h 5\dm)/ }).waitFor();
  await row.click();
  await desk.getByRole('button', { name: t('sla.why') }).click();
  const dialog = desk.locator('section[role=dialog]');
  await dialog.getByText('Everybody').waitFor();
  await dialog.getByText(/^(?:4 hr|3 hr 5\d min) to come$/).waitFor();
  await desk.keyboard.press('Escape');

  const { items: [ticket] } = await house.app.tickets.list(owner.actor, { status: 'active', sort: 'queue', limit: 1 });
  await house.app.tickets.sendReply(ivan.actor, ticket!.id, { channel: 'email', text: 'A new lid is on its way.', attachmentIds: [] });
  await desk.getByRole('complementary').getByText(t('sla.look.kept'), { exact: true }).waitFor();
  await Promise.all([leaveWindow(desk), leaveWindow(settings)]);
});
