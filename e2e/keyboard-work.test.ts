import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { byName, hasFocus, openTab, wordsOf } from './browsing.ts';
import { keysOn } from './keys.ts';
import { sharedHouse } from './shared-house.ts';
import { leaveWindow } from './windows.ts';

const t = wordsOf('en');
const shared = sharedHouse();
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const dialogOf = (page: Page) => page.locator('section[role=dialog]');

/** Tickets from letters of one person; the last one is open in a tab of its own. */
async function openLast(...subjects: readonly string[]) {
  const { browser, house, owner } = shared();
  for (const subject of subjects) await house.mail({ from: { name: 'Anna Nowak', address: 'anna@example.org' }, subject, text: `It is about this: ${subject}.` });
  const ids = (await house.app.tickets.list(owner.actor, { status: 'all', sort: 'created', limit: subjects.length })).items.map(({ id }) => id);
  const tab = await openTab(browser, house, { as: owner, path: `/inbox/active/${ids[0]}` });
  await tab.page.getByRole('heading', { level: 1, name: subjects.at(-1)!, exact: true }).waitFor();
  await tab.page.getByRole('log').getByText('It is about this').waitFor();
  return { ...tab, ...keysOn(tab.page), house, owner, ids };
}

/** What was just done says so, with the way back, which F6 leads to. */
async function takeBack(page: Page): Promise<void> {
  const undo = page.getByRole('alertdialog').getByRole('button', { name: t('tickets.undo'), exact: true }).first();
  await undo.waitFor();
  await page.keyboard.press('F6');
  await keysOn(page).press(undo);
}

test('many tickets are changed at once, with how far it is, and put back, by keys alone', { timeout: 90_000 }, async () => {
  const { page, trouble, press, write } = await openLast('First of a batch', 'Second of a batch');
  await press(button(page, t('tickets.select')));
  await press(button(page, t('tickets.select.all')));
  await press(button(page, t('bulk.change')));
  await write(page.getByRole('textbox', { name: t('bulk.add_tags') }), 'recall');
  await press(dialogOf(page).getByRole('button', { name: /^Change \d+ tickets$/ }));
  await dialogOf(page).getByRole('progressbar').waitFor();
  await press(dialogOf(page).getByRole('button', { name: t('bulk.undo') }));
  await page.getByRole('heading', { name: t('bulk.state.undone') }).waitFor();
  await page.keyboard.press('Escape');
  await dialogOf(page).waitFor({ state: 'detached' });
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});

test('a ticket is merged into another and parted again, and is made related to one, by keys alone', { timeout: 90_000 }, async () => {
  const { page, trouble, press } = await openLast('A cracked saucer', 'The saucer again');
  await byName(page, t('app.palette.box'), t('tickets.merge'));
  await press(dialogOf(page).getByRole('button', { name: /A cracked saucer/ }));
  await press(dialogOf(page).getByRole('button', { name: new RegExp(`^${t('tickets.merge.into').split('{')[0]}`) }));
  await page.getByRole('heading', { level: 1, name: 'A cracked saucer', exact: true }).waitFor();
  await page.getByRole('log').getByText('this: The saucer again.').waitFor();
  await takeBack(page);
  await page.getByRole('heading', { level: 1, name: 'The saucer again', exact: true }).waitFor();
  await page.getByRole('log').getByText('this: The saucer again.').waitFor();

  await byName(page, t('app.palette.box'), t('tickets.relate'));
  await press(dialogOf(page).getByRole('button', { name: /A cracked saucer/ }));
  await press(dialogOf(page).getByRole('button', { name: t('tickets.relate.save'), exact: true }));
  await page.getByRole('list', { name: t('tickets.relations') }).getByText('A cracked saucer').waitFor();
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});

test('a second matter becomes a ticket of its own and goes back, by keys alone', { timeout: 90_000 }, async () => {
  const { page, trouble, press, house, owner, ids } = await openLast('Cup and invoice');
  await house.app.tickets.note(owner.actor, ids[0]!, { text: 'The invoice names the wrong street.', attachmentIds: [] });
  const note = page.getByRole('article').filter({ hasText: 'wrong street' });
  await note.waitFor();
  await press(note.getByRole('button', { name: t('tickets.entry.menu') }));
  const split = page.getByRole('menuitem', { name: t('tickets.split'), exact: true });
  await split.waitFor();
  for (let steps = 0; !(await hasFocus(split)); steps += 1) {
    expect(steps, 'the arrows lead there').toBeLessThan(10);
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.endsWith(ids[0]!));
  await page.getByRole('log').getByText('wrong street').waitFor();
  await takeBack(page);
  await page.waitForURL(`**/${ids[0]!}`);
  await note.waitFor();
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});

test('a courier is written to beside the ticket, and a colleague has the ticket at the end of the shift, by keys alone', { timeout: 90_000 }, async () => {
  const { page, trouble, press, write, house, owner, ids } = await openLast('Parcel 4712');
  await page.keyboard.press('b');
  const to = dialogOf(page).getByRole('textbox', { name: t('asides.to') });
  await to.waitFor();
  await write(to, 'parcels@courier.example');
  await write(dialogOf(page).getByRole('textbox', { name: t('asides.subject') }), 'Where is 4712?');
  await write(dialogOf(page).getByRole('textbox', { name: t('asides.text') }), 'It should have come on Monday.');
  await press(dialogOf(page).getByRole('button', { name: t('asides.send'), exact: true }));
  await page.getByRole('region', { name: t('asides.title'), exact: true }).getByText('Where is 4712?').waitFor();
  await page.keyboard.press('Escape');
  await dialogOf(page).waitFor({ state: 'detached' });
  await page.keyboard.press('i');
  await button(page, `${t('tickets.assignee')}: ${t('tickets.me')}`).waitFor();

  await byName(page, t('app.palette.box'), t('app.settings.absence'));
  await button(page, t('routing.handover.begin')).waitFor();
  await press(page.getByRole('link', { name: t('app.skip') }));
  await press(button(page, t('routing.handover.begin')));
  await write(dialogOf(page).getByRole('textbox').first(), 'The courier answers by noon.');
  await press(dialogOf(page).getByRole('button', { name: /^Hand over \d+ ticket/ }));
  await dialogOf(page).waitFor({ state: 'detached' });
  const { items } = await house.app.tickets.entries(owner.actor, ids[0]!, { limit: 50 });
  expect(items.filter(({ text }) => text.includes('by noon'))).toHaveLength(1);
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});

/** What the focus is on, and what lies over its middle: itself, unless something else covers it. */
const COVERED = `(() => {
  const at = document.activeElement, box = at.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return top && (at.contains(top) || top.contains(at)) ? null : (at.getAttribute('aria-label') ?? at.outerHTML.slice(0, 80));
})()`;

test('what gets the focus in a long dialog does not lie below the buttons that float above its end', async () => {
  const { browser, house, owner } = shared();
  const { id } = await house.app.views.create(owner.actor, {
    name: 'At a glance', sharedWith: 'me', conditions: { version: 1, all: [] }, shelf: 'all', sort: 'queue', columns: ['number', 'status', 'kind', 'assignee', 'tags', 'due', 'updatedAt'],
  });
  const { page, trouble } = await openTab(browser, house, { as: owner, path: `/inbox/view:${id}`, height: 600 });
  await page.getByRole('heading', { name: 'At a glance' }).first().waitFor();
  await byName(page, t('app.palette.box'), t('views.change'));
  const columns = dialogOf(page).getByRole('list', { name: t('views.columns') });
  await columns.waitFor();
  await page.getByRole('textbox', { name: t('views.name'), exact: true }).focus();
  const covered: unknown[] = [];
  for (let stop = 0; stop < 30; stop += 1) {
    await page.keyboard.press('Tab');
    covered.push(await page.evaluate(COVERED));
  }
  expect(covered.filter((one) => one !== null)).toEqual([]);
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});
