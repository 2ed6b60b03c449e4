import { letterOf } from './browsing.ts';
import type { Furnished } from './furnished.ts';
import { choose, dialog, inTurn, key, letter, menu, option, part, press, pressWords, rowMenu, screen, settings, text, type Act, type At, type State } from './states.ts';

/** A button whose name begins so. */
const pressNamed = (id: string, within: At = (page) => page.getByRole('main')): Act => (page, t) => within(page, t).getByRole('button', { name: t(id).split('{')[0]! }).first().click();
const inRegion = (id: string): Act => (page, t) => page.getByRole('region', { name: t(id), exact: true }).getByRole('button').first().click();
const inDialog = (id: string): At => (page, t) => dialog(page, t).getByText(t(id)).first();
/** An entry of the list of views. */
const ofViews = (entryId: string): Act => async (page, t) => {
  await page.getByRole('navigation', { name: t('tickets.views') }).getByRole('button').click();
  await page.getByRole('menuitem', { name: t(entryId), exact: true }).click();
};
const find = (id: string, words: string): Act => (page, t) => dialog(page, t).getByRole('searchbox', { name: t(id) }).fill(words);
const found = (name: string): Act => (page, t) => dialog(page, t).getByRole('button', { name }).first().click();
const play = (name: string): Act => (page, t) => page.getByRole('button', { name: t('tickets.preview.play').replace('{name}', name) }).click();
const entryMenu: Act = (page, t) => page.getByRole('log').getByRole('button', { name: t('tickets.entry.menu') }).last().click();

/** What is done with tickets and people, and what is set for oneself. */
const working = (desk: Furnished): readonly State[] => [
  ...screen('ticket at work', `/inbox/active/${desk.busyId}`, (page) => page.getByRole('log').getByText('should have come on Monday'), {
    'a side conversation': { open: inRegion('asides.title') },
    'asked a colleague': { open: inRegion('asks.title') },
    'what an entry offers': { open: entryMenu, opened: menu },
    'merging with one that was found': { open: inTurn(choose('tickets.menu', 'tickets.merge'), find('tickets.merge.search', 'kettle')), opened: (page, t) => dialog(page, t).getByText('The kettle arrived broken').first() },
    'somebody else is the customer': { open: inTurn(choose('tickets.menu', 'tickets.change_customer'), find('customers.pick', 'petrova')), opened: (page, t) => dialog(page, t).getByText('Maria Petrova').first() },
    'until another time': { open: inTurn(key('s'), (page, t) => page.getByRole('menuitem', { name: t('tickets.snooze.time') }).click()) },
    'until another ticket': { open: inTurn(key('s'), (page, t) => page.getByRole('menuitem', { name: t('tickets.snooze.ticket') }).click()) },
    'send later': { open: inTurn(key('r'), (page, t) => letter('tickets.write.reply')(page, t).fill('It is on its way.'), press('tickets.send.other')), opened: menu },
    tags: { open: key('t'), opened: (page, t) => page.getByRole('textbox', { name: t('tickets.tags.add') }) },
    followers: { open: (page, t) => page.getByRole('main').getByRole('button', { name: new RegExp(`^${t('tickets.followers')}`) }).first().click(), opened: menu },
    status: { open: pressNamed('tickets.status'), opened: menu },
    kind: { open: pressNamed('tickets.kind'), opened: menu },
    'a promise to make': { open: inTurn(key('r'), press('commitments.make')), opened: text('commitments.made_when_sent') },
    'a link in a letter': { open: inTurn(key('r'), (page, t) => letterOf(page, t('tickets.write.reply')).waitFor(), press('tickets.format.link')), opened: (page, t) => page.getByRole('textbox', { name: t('tickets.format.link_address') }) },
  }),
  ...screen('ticket that was split off', `/inbox/active/${desk.splitId}`, (page) => page.getByRole('log').getByText('the invoice is another matter')),
  ...screen('ticket set aside', `/inbox/active/${desk.setAsideId}`, (page) => page.getByRole('log').getByText('Wants to be called'), { waking: { open: key('s'), opened: menu } }),
  ...screen('ticket with a film', `/inbox/active/${desk.filmId}`, (page) => page.getByRole('log').getByText('Look and listen.'), {
    'a film in place': { open: play('leak.webm'), everyLook: true },
    'a recording in place': { open: play('call.wav') },
  }),
  ...screen('inbox with a run', '/inbox/active', option(3), {
    'progress of a run': { open: inTurn(press('tickets.select'), press('bulk.last')), opened: inDialog('bulk.undo'), stays: true, everyLook: true },
  }),
  ...screen('view to change', `/inbox/view:${desk.tableId}`, option(3), {
    columns: { open: inTurn(ofViews('views.change'), (page, t) => dialog(page, t).getByRole('list', { name: t('views.columns') }).getByRole('button').last().focus()), opened: (page, t) => dialog(page, t).getByRole('list', { name: t('views.columns') }), everyLook: true },
  }),
  ...screen('customer with a past', `/customers/${desk.mergedId}`, part('customers.promises'), {
    'another name': { open: press('customers.name.edit') , opened: (page, t) => page.getByRole('textbox', { name: t('customers.name'), exact: true }) },
    'a flag': { open: press('customers.flags.add') },
    'one person': { open: press('customers.merge') },
    'which goes on': { open: inTurn(press('customers.merge'), find('customers.pick', 'petrova'), found('Maria Petrova')), opened: (page, t) => dialog(page, t).getByRole('radiogroup') },
  }),
  ...screen('customers alike', '/customers/alike', (page, t) => page.getByRole('heading', { level: 1, name: t('customers.alike') })),
];

/** What is set, looked up and brought in. */
const setting: readonly State[] = [
  ...settings('moving', { 'a table and its columns': { open: pressWords('imports.open'), opened: text('imports.columns') } }),
  ...settings('audit', {
    'kinds to choose': { open: (page, t) => page.getByRole('combobox', { name: t('audit.filter.kind') }).press('ArrowDown'), opened: option(2) },
    'one thing alone': { open: press('audit.only_this'), opened: text('audit.only_this.all') },
  }),
  ...settings('people', { 'editing somebody': { open: rowMenu('people.edit') } }),
  ...settings('teams', { 'editing a team': { open: rowMenu('people.edit') } }),
  ...settings('checklists', { 'a new template': { open: press('checklists.templates.new') } }),
  ...settings('replies', { 'a new macro': { open: press('macros.new') } }),
];

export const workOf = (desk: Furnished): readonly State[] => [...working(desk), ...setting];
