import { expect, test } from 'vitest';
import { openTab, wordsOf } from './browsing.ts';
import { sharedHouse } from './shared-house.ts';

const t = wordsOf('en');
const shared = sharedHouse();

test('a lead sends somebody ill home in two steps; on a phone they come back, read what happened, and go again by themselves', async () => {
  const { browser, house, owner } = shared();
  const { app } = house;
  const [ivan, elena] = [await house.colleagueOf(owner, { name: 'Ivan Petrov' }), await house.colleagueOf(owner, { name: 'Elena Marin' })];
  await app.people.createTeam(owner.actor, { name: 'Letters', memberIds: [ivan.id, elena.id] });
  await house.mail({ from: { name: 'Anna Nowak', address: 'anna@example.org' }, subject: 'Where is my order?', text: 'It should have come on Monday.' });
  const ticket = (await app.tickets.list(owner.actor, { status: 'active', sort: 'queue', limit: 1 })).items[0]!;
  await app.tickets.change(owner.actor, ticket.id, { assigneeId: ivan.id });
  const assignee = async () => (await app.tickets.get(owner.actor, ticket.id)).assignee?.name ?? null;

  const lead = (await openTab(browser, house, { as: owner, path: '/here' })).page;
  const row = lead.getByRole('list', { name: t('routing.here.people'), exact: true }).getByRole('listitem').filter({ hasText: ivan.name });
  await row.getByRole('button', { name: t('routing.actions').replace('{name}', ivan.name) }).click();
  await lead.getByRole('menuitem', { name: t('routing.away_now'), exact: true }).click();
  const asked = lead.getByRole('dialog');
  await asked.getByRole('button', { name: t('routing.absence.deputy') }).getByText(elena.name).waitFor();
  await asked.getByRole('button', { name: t('routing.away_now'), exact: true }).click();
  await row.getByText('Absent', { exact: true }).waitFor();
  await expect.poll(assignee).toBe(elena.name);
  await app.tickets.note(elena.actor, ticket.id, { text: 'The courier has it.', attachmentIds: [] });

  const { page, trouble } = await openTab(browser, house, { as: ivan, width: 390, height: 844, path: '/search' });
  await page.getByText('You are away: nothing new comes to you until you are back.').waitFor();
  await page.getByRole('button', { name: t('routing.absence.back'), exact: true }).click();
  await page.getByRole('link', { name: t('notifications.away.look'), exact: true }).click();
  await page.getByRole('button', { name: t('notifications.away.back'), exact: true }).waitFor();
  await page.getByRole('list', { name: t('notifications.away.tickets') }).getByText('A note by ⁨Elena Marin⁩').waitFor();
  await expect.poll(assignee).toBe(ivan.name);

  // From the menu of a phone, with the mail staying where it is.
  await page.getByRole('button', { name: t('app.more'), exact: true }).click();
  await page.getByRole('menuitem', { name: t('routing.away_now'), exact: true }).click();
  await page.getByRole('radio', { name: t('routing.away_now.work.stays') }).check({ force: true });
  await page.getByRole('dialog').getByRole('button', { name: t('routing.away_now'), exact: true }).click();
  await page.getByText('You are away: nothing new comes to you until you are back.').waitFor();
  expect(await assignee()).toBe(ivan.name);

  // The lead ends it where it was begun; the palette finds it by what people call it.
  await row.getByRole('button', { name: t('routing.actions').replace('{name}', ivan.name) }).click();
  await lead.getByRole('menuitem', { name: t('routing.absence.is_back'), exact: true }).click();
  await row.getByText('Absent', { exact: true }).waitFor({ state: 'detached' });
  await page.getByText('You are away: nothing new comes to you until you are back.').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: t('app.palette.box') }).fill('sick');
  await page.getByRole('option', { name: t('routing.away_now') }).first().click();
  await page.getByRole('dialog', { name: t('routing.away_now') }).getByRole('button', { name: t('ui.cancel'), exact: true }).click();
  expect(trouble).toEqual([]);
});
