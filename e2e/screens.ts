import { PASSWORD, type Furnished } from './furnished.ts';
import { workOf } from './screens-work.ts';
import {
  choose, heading, inTurn, key, letter, letterMenu, menu, option, part, pick, press, pressWords, promising, question, rowMenu, rowOf, screen, settings, text, write, type Act, type State,
} from './states.ts';

/** Narrow screens have all views behind one button, which is named by the one that is shown. */
const newView: Act = async (page, t) => {
  // The name of a button that got the focus back floats over its neighbours.
  await page.evaluate('document.activeElement.blur()');
  await page.locator('[role=tooltip]').first().waitFor({ state: 'detached' });
  await page.getByRole('navigation', { name: t('tickets.views') }).getByRole('button').click();
  await page.getByRole('menuitem', { name: t('views.make'), exact: true }).click();
};
/** A file below a letter, in place. */
const showFile = (name: string): Act => (page, t) => page.getByRole('button', { name: t('tickets.preview.show').replace('{name}', name) }).click();

/** What somebody sees who is signed in as one of the owners. */
export const screensOf = (desk: Furnished): readonly State[] => [
  ...screen('inbox, empty', '/inbox/mentions', text('tickets.empty.mentions')),
  ...screen('inbox', '/inbox/active', option(3), {
    'account menu': { open: (page, t) => page.getByRole('navigation', { name: t('app.places') }).locator('button[aria-haspopup]').click(), opened: menu },
    'who sits there': { open: press('tickets.csv') },
    bell: { open: (page, t) => page.getByRole('navigation', { name: t('app.places') }).getByRole('button', { name: new RegExp(`^${t('notifications.bell')}`) }).click(), opened: text('notifications.settings') },
    shortcuts: { open: key('?') },
    everything: { open: key('Control+k') },
    order: { open: (page, t) => page.getByRole('button', { name: t('tickets.sort').replace('{order}', t('tickets.sort.queue')) }).click(), opened: menu },
    'state and channels': { open: key('p') },
    'new view': { open: newView },
    'changing several': { open: inTurn(press('tickets.select'), press('tickets.select.all'), press('bulk.change')), stays: true },
    'selecting several': { open: inTurn(press('tickets.select'), press('tickets.select.all')), opened: (page, t) => page.getByRole('group', { name: t('tickets.select') }) },
  }),
  ...screen('commitments', '/commitments', (page) => page.getByText('I will call you back about the lid.'), {
    'another date': { open: rowMenu('commitments.renegotiate') },
    withdrawing: { open: rowMenu('commitments.withdraw') },
  }),
  ...screen('ticket that may belong to another', `/inbox/active/${desk.linkedId}`, text('tickets.link.earlier.possibly_belongs_to')),
  ...screen('ticket', `/inbox/active/${desk.ticketId}`, (page) => page.getByRole('log').getByText(desk.noteText), {
    assignees: { open: key('a'), opened: menu },
    'setting aside': { open: key('s'), opened: menu },
    'why it waits': { open: press('routing.told') },
    merging: { open: choose('tickets.menu', 'tickets.merge') },
    relating: { open: choose('tickets.menu', 'tickets.relate') },
    'writing to a third party': { open: choose('tickets.menu', 'tickets.aside') },
    'asking a colleague': { open: choose('tickets.menu', 'tickets.ask') },
    'being reminded': { open: choose('tickets.menu', 'tickets.remind') },
    'in a menu': { open: press('tickets.menu'), opened: menu },
    deleting: { open: choose('tickets.menu', 'tickets.delete'), opened: question },
    redacting: { open: letterMenu('tickets.redact') },
    'a mail to the wrong person': { open: letterMenu('tickets.entry.misdirected') },
    'why a deadline': { open: (page, t) => page.getByRole('button', { name: t('sla.why') }).first().click() },
    'agreeing on another deadline': { open: inTurn((page, t) => page.getByRole('button', { name: t('sla.why') }).first().click(), press('sla.agree')), opened: text('sla.agree.why_hint') },
    'what rules did': { open: choose('tickets.menu', 'tickets.what_rules_did') },
    note: { open: key('n'), opened: letter('tickets.write.note') },
    composer: { open: key('r'), opened: letter('tickets.write.reply') },
    'a promise while writing': { open: inTurn(key('r'), promising('I will call you on Thursday at 17:00.')) },
    'a word before sending': { open: inTurn(key('r'), write('tickets.write.reply', 'The receipt is attached.')) },
  }),
  ...screen('ticket with checklists', `/inbox/active/${desk.checkedId}`, (page) => page.getByText('Return of a kettle'), {
    'adding one': { open: press('checklists.add'), opened: menu },
    'choosing a saved reply': { open: inTurn(key('r'), press('macros.insert')), opened: (page) => page.getByRole('button', { name: /Begin a return/ }) },
    'what a macro will do': { open: inTurn(key('r'), press('macros.insert'), (page) => page.getByRole('button', { name: /Begin a return/ }).click()), opened: text('macros.will_do') },
    removing: { open: (page, t) => page.getByRole('button', { name: t('checklists.remove').replace('{name}', 'Return of a kettle') }).click(), opened: question },
  }),
  ...screen('ticket whose answer waits', `/inbox/active/${desk.waitingId}`, (page, t) => page.getByRole('button', { name: t('approvals.review') }), {
    reviewing: { open: press('approvals.review') },
    returning: { open: press('approvals.return') },
  }),
  ...screen('ticket whose answers will wait', `/inbox/active/${desk.demandedId}`, (page, t) => page.getByRole('button', { name: t('approvals.lift_one').split('{')[0]! })),
  ...screen('ticket whose answer came back', `/inbox/active/${desk.returnedId}`, (page, t) => page.getByRole('button', { name: t('approvals.mend') }), {
    mending: { open: press('approvals.mend') },
    'said after sending': { open: inTurn(key('r'), write('tickets.write.reply', 'We look at the pictures.')), opened: text('tickets.held') },
  }),
  ...screen('ticket with shared drafts', `/inbox/active/${desk.sharedId}`, (page, t) => page.getByRole('list', { name: t('tickets.shared.list') }), {
    'writing on': { open: (page, t) => page.getByRole('list', { name: t('tickets.shared.list') }).getByRole('button').first().click(), opened: letter('tickets.write.reply') },
    'a PDF in place': { open: showFile('warranty.pdf'), opened: (page) => page.getByText('Your kettle is under warranty') },
  }),
  ...screen('for me', '/for-me', text('reminders.list.empty')),
  ...screen('approvals', '/approvals', (page) => page.getByRole('link', { name: /Burnt by the handle/ }), {
    'written by me': { open: (page, t) => page.getByRole('tab', { name: t('approvals.list.written') }).click(), opened: (page) => page.getByRole('link', { name: /Three kettles/ }) },
  }),
  ...screen('deleted ticket', `/inbox/deleted/${desk.deletedId}`, text('tickets.is_deleted')),
  ...screen('no such ticket', '/inbox/active/01900000-0000-7000-8000-000000000000', heading('problem.not_found')),
  ...screen('due soon', '/promises', (page, t) => page.getByRole('list', { name: t('sla.board.list') })),
  ...screen('new ticket', '/new', letter('tickets.write.reply'), { 'what is asked first': { open: (page, t) => page.getByText(t('tickets.new.way.call_in'), { exact: true }).click(), opened: (page, t) => page.getByRole('region', { name: t('intake.ask') }) } }),
  ...screen('saved view', `/inbox/view:${desk.viewId}`, option()),
  ...screen('view in columns', `/inbox/view:${desk.tableId}`, option(3)),
  ...screen('search, empty', '/search', text('search.start')),
  ...screen('search', '/search?q=kettle', rowOf('tickets.search.results')),
  ...screen('search, an operator', '/search?q=kettle+status:', (page, t) => page.getByRole('list', { name: t('search.completions') })),
  ...screen('outbox', '/outbox', rowOf('outbox.title')),
  ...screen('outbox, one mail', `/outbox/${desk.mailId}`, text('outbox.line.state')),
  ...screen('quarantine', '/quarantine', rowOf('quarantine.title'), {
    'all selected': { open: press('quarantine.select_all'), opened: text('quarantine.selected_all') },
  }),
  ...screen('quarantine, one message', `/quarantine/${desk.heldId}`, text('quarantine.why.verification_code')),
  ...screen('ledger', '/ledger', rowOf('ledger.title')),
  ...screen('ledger, one message', `/ledger/${desk.heldId}`, text('ledger.became.quarantined')),
  ...screen('away', '/away', (page, t) => page.getByRole('list', { name: t('notifications.away.tickets') })).map((state) => ({ ...state, everyLook: true })),
  ...screen('today', '/today', text('reports.load')),
  ...screen('kept promises', '/commitments/figures', heading('commitments.figures')),
  ...screen('who is here', '/here', (page, t) => page.getByRole('list', { name: t('routing.here.people') }), {
    'a queue': { open: pressWords('routing.here.more'), opened: text('routing.wait') },
  }),
  ...screen('customers', '/customers', (page) => page.getByRole('main').getByRole('link').nth(2), { 'new customer': { open: press('customers.new') } }),
  ...screen('customer', `/customers/${desk.customerId}`, part('customers.promises')),
  ...screen('companies', '/companies', (page) => page.getByRole('link', { name: 'Kettle & Cup Trading' }), { 'new company': { open: press('companies.new') } }),
  ...screen('company', `/companies/${desk.companyId}`, part('companies.sight'), {
    editing: { open: press('companies.edit') }, 'adding a person': { open: press('companies.people.add') }, removing: { open: press('companies.remove'), opened: question },
  }),
  ...settings('profile'),
  ...settings('absence', { 'away from now': { open: press('routing.away_now') }, 'new absence': { open: press('routing.absence.new') }, 'hand over': { open: press('routing.handover.begin'), opened: (page, t) => page.getByRole('list', { name: t('routing.handover.tickets') }), everyLook: true } }),
  ...settings('queues', { 'a queue': { open: rowMenu('routing.edit') } }),
  ...settings('skills', { 'new skill': { open: press('routing.skills.new') }, 'what somebody can': { open: pressWords('routing.skills.of_person') } }),
  ...settings('sharing', { 'new state': { open: press('routing.states.new') } }),
  ...settings('security', { 'who sits there': { open: press('people.totp.add') } }),
  ...settings('devices'),
  ...settings('audit'),
  ...settings('moving', { 'a file': { open: press('imports.new') } }),
  ...settings('tokens', { 'new token': { open: press('people.tokens.new') } }),
  ...settings('workspace'),
  ...settings('people', { inviting: { open: press('people.invite') } }),
  ...settings('teams', { 'new team': { open: press('people.teams.new') } }),
  ...settings('hours', {
    'new calendar': { open: press('calendars.new') }, editing: { open: rowMenu('calendars.edit') },
    days: { open: inTurn(rowMenu('calendars.days'), press('calendars.add_day')), opened: text('calendars.closes_early') }, 'hours of a team': { open: press('calendars.add_place') },
    'trying it': { open: inTurn((page, t) => page.getByRole('button', { name: t('calendars.try_one').replace('{name}', 'Support') }).click(), press('calendars.try_verb')), opened: text('calendars.due') },
  }),
  ...settings('promises', { 'new promises': { open: press('sla.policies.new') }, editing: { open: rowMenu('sla.policies.edit') } }),
  ...settings('rules', {
    'new rule': { open: press('automation.new') }, editing: { open: rowMenu('automation.edit') }, versions: { open: rowMenu('automation.versions') }, 'what it did': { open: rowMenu('automation.runs') },
    'trying it': { open: inTurn(rowMenu('automation.edit'), press('automation.dry.verb')), opened: (page) => page.getByRole('table') },
  }),
  ...settings('mailboxes', {
    'new mailbox': { open: press('email.mailboxes.new') }, source: { open: rowMenu('email.source.open') },
    'source, signing in': { open: inTurn(rowMenu('email.source.open'), pick('email.provider', 'Outlook, Microsoft 365')), opened: text('email.provider.how.microsoft') },
    'registering at a provider': { open: (page) => page.getByRole('button', { name: /Microsoft/ }).first().click() },
  }),
  ...screen('settings, sending', '/settings/sending', (page, t) => page.getByRole('button', { name: t('email.domains.check') }), { 'new server': { open: press('email.relays.new') } }),
  ...settings('notices'),
  // Who holds none sees that.
  ...screen('chats', '/chats', (page, t) => page.getByRole('main').getByRole('log').or(page.getByText(t('chat.none'), { exact: true })).first()),
  ...screen('chat on a ticket', `/inbox/active/${desk.chatId}`, (page, t) => page.getByRole('button', { name: t('chat.end'), exact: true }), {
    'handing on': { open: press('chat.transfer') },
    'about the visitor': { open: choose('chat.menu', 'chat.facts') },
    banning: { open: choose('chat.menu', 'chat.ban') },
    emoji: { open: press('chat.emoji') },
    'answers as buttons': { open: press('chat.choices') },
  }),
  ...settings('chats', {
    new: { open: press('chat.new') }, edit: { open: rowMenu('chat.edit') }, embed: { open: rowMenu('chat.embed') }, proof: { open: rowMenu('chat.proof') }, delete: { open: rowMenu('chat.delete'), opened: question },
  }),
  ...settings('webhooks', {
    new: { open: press('webhooks.new') }, editing: { open: rowMenu('webhooks.edit') },
    'what was sent': { open: (page, t) => page.getByRole('button', { name: t('webhooks.log_of').replace('{name}', 'ERP') }).click() },
    incoming: { open: press('webhooks.incoming_new') },
  }),
  ...settings('status', { 'something is wrong': { open: press('statuspage.new') }, 'planned work': { open: press('statuspage.plan') }, 'new line': { open: press('statuspage.add') }, news: { open: press('statuspage.announce') }, 'a notice': { open: press('statuspage.notice_new') } }),
  ...settings('charter', { 'new line': { open: press('charterpage.add') } }),
  ...settings('requests'),
  ...settings('privacy', { deciding: { open: pressWords('privacy.decide') }, 'answered already': { open: inTurn(pressWords('privacy.decide'), (page, t) => page.getByText(t('privacy.is_answered')).click()) } }),
  ...settings('help', { 'new category': { open: press('knowledge.category_new') } }),
  ...screen('articles', '/articles', heading('knowledge.articles')),
  ...screen('gaps', '/articles/gaps', text('knowledge.gaps.privacy')),
  ...screen('figures of articles', '/articles/figures', text('knowledge.figures.what')),
  ...settings('undeliverable'),
  ...settings('incidents'),
  ...settings('spam', { 'blocking a sender': { open: press('email.senders.blocked.add') } }),
  ...settings('quarantine'),
  ...settings('fields', { 'new field': { open: press('fields.new') }, editing: { open: rowMenu('fields.edit') } }),
  ...settings('intake', { 'new question': { open: press('intake.new') } }),
  ...settings('approvals', { 'new policy': { open: press('approvals.policies.new') }, 'editing a policy': { open: rowMenu('approvals.policies.edit') } }),
  ...workOf(desk),
  ...settings('checklists', { 'editing a template': { open: rowMenu('checklists.templates.edit') } }),
  ...settings('replies', { 'new saved reply': { open: press('macros.new') }, 'editing a macro': { open: (page, t) => page.getByRole('button', { name: t('macros.actions').replace('{name}', 'Begin a return') }).click().then(() => page.getByRole('menuitem', { name: t('macros.edit'), exact: true }).click()) } }),
];

const signIn = (email: string): Act => async (page, t) => {
  await page.getByLabel(t('people.email')).fill(email);
  await page.getByLabel(t('people.password'), { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
};

/** What somebody sees who is not signed in yet. */
export const doorsOf = (desk: Furnished): readonly State[] => [
  ...screen('sign-in', '/', heading('people.sign_in.title'), {
    'second step': { open: signIn(desk.twoStepEmail), opened: text('people.second.why.totp') },
    'setting up a second step': { open: signIn(desk.oneStepEmail), opened: text('people.enrol.why') },
    'setting up an app': { open: inTurn(signIn(desk.oneStepEmail), press('people.totp.add')), opened: (page, t) => page.getByRole('img', { name: t('people.totp.picture') }) },
  }),
  ...screen('forgotten', '/forgotten', heading('people.forgotten.title')),
  ...screen('bad invitation', '/invitation?token=x', text('problem.invitation.not_found')),
  ...screen('set-up without a link', '/setup', heading('workspace.setup.title')),
  ...screen('set-up', '/setup?token=a', heading('workspace.setup.title')),
];
