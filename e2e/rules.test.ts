import { expect, test } from 'vitest';
import { openTab, wordsOf } from './browsing.ts';
import { sharedHouse } from './shared-house.ts';
import { leaveWindow } from './windows.ts';

const shared = sharedHouse();

test('whoever runs the desk makes a rule, tries it and switches it on; then a mail comes, the rule acts, and the ticket says why', async () => {
  const { browser, house, owner } = shared();
  const t = wordsOf('en');
  const { id: teamId } = await house.app.people.createTeam(owner.actor, { name: 'Poland', memberIds: [owner.id] });
  const text = 'Dzień dobry, zamówiłam u Państwa czajnik, ale przyszedł z pękniętą pokrywką. Czy mogę prosić o wymianę? Pozdrawiam serdecznie, Katarzyna';
  await house.mail({ from: { name: 'Katarzyna Nowak', address: 'k.nowak@example.org' }, subject: 'Czajnik z pękniętą pokrywką', text });
  const { page, trouble } = await openTab(browser, house, { as: owner, path: '/settings/rules' });
  const choose = async (field: string, option: string) => {
    await page.getByRole('dialog').getByRole('button', { name: new RegExp(`${field}$`) }).last().click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };

  await page.getByRole('button', { name: t('automation.new') }).click();
  await page.getByLabel(t('automation.name'), { exact: true }).fill('Polish questions');
  await page.getByRole('button', { name: t('conditions.add'), exact: true }).click();
  await choose(t('conditions.field'), t('tickets.language'));
  await choose(t('conditions.value'), 'Polish');
  await page.getByRole('button', { name: t('automation.actions.add') }).click();
  await page.getByRole('menuitem', { name: t('automation.action.set_team') }).click();
  await choose(t('tickets.team'), 'Poland');
  await page.getByRole('button', { name: t('automation.dry.verb') }).click();
  const tried = page.getByRole('table');
  await tried.getByText('Czajnik z pękniętą pokrywką').waitFor();
  expect(await tried.getByText(`${t('automation.action.set_team')}: ${t('tickets.no_team')} → Poland`).count()).toBe(1);
  await page.getByRole('button', { name: t('automation.save_off') }).click();

  const onOff = page.getByRole('switch', { name: t('automation.switch').replace('{name}', 'Polish questions') });
  await onOff.waitFor();
  expect(await onOff.isChecked()).toBe(false);
  // What is seen of a switch lies above it.
  await onOff.locator('xpath=ancestor::label').click();
  await expect.poll(() => onOff.isChecked()).toBe(true);
  const tickets = async () => (await house.app.tickets.list(owner.actor, { status: 'all', sort: 'created', limit: 10 })).items;
  expect(await tickets()).toMatchObject([{ team: null }]);

  await house.mail({ from: { name: 'Tomasz Wiśniewski', address: 'tomasz@example.org' }, subject: 'Druga sprawa', text });
  await expect.poll(async () => (await tickets())[0]).toMatchObject({ subject: 'Druga sprawa', language: 'pl', team: { id: teamId } });
  const [newest] = await tickets();
  await page.goto(`/inbox/active/${newest!.id}`);
  await page.getByRole('log').getByRole('button', { name: t('automation.by_rule').replace('{name}', 'Polish questions') }).click();
  const why = page.getByRole('dialog', { name: t('automation.on_ticket') });
  await why.getByText(/^Because a ticket is created, and: Language is Polish$/).waitFor();
  await why.getByRole('button', { name: new RegExp(`^${t('automation.undo')}`) }).click();
  await expect.poll(async () => (await tickets())[0]).toMatchObject({ team: null });
  await why.getByRole('link', { name: 'Polish questions' }).click();
  await page.getByRole('dialog', { name: 'Polish questions' }).waitFor();
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});
