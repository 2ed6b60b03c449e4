import { sql } from 'kysely';
import { can, demand } from '../../features/people/core/permissions.ts';
import { APPROVALS_SHOWN } from '../../features/approvals/core/shown.ts';
import { createApprovals } from '../../features/approvals/server/approvals.ts';
import { approvalRoutes } from '../../features/approvals/server/routes.ts';
import { ASIDES_SHOWN } from '../../features/asides/core/shown.ts';
import { createAsides } from '../../features/asides/server/asides.ts';
import { asideRoutes } from '../../features/asides/server/routes.ts';
import { createAsks } from '../../features/asks/server/asks.ts';
import { askRoutes } from '../../features/asks/server/routes.ts';
import { createAudit } from '../../features/audit/server/audit.ts';
import { auditRoutes } from '../../features/audit/server/routes.ts';
import { createAutomation } from '../../features/automation/server/automation.ts';
import { automationRoutes } from '../../features/automation/server/routes.ts';
import { createBulk } from '../../features/bulk/server/bulk.ts';
import { bulkRoutes } from '../../features/bulk/server/routes.ts';
import { createCaseFile } from '../../features/casefile/server/casefile.ts';
import { caseRoutes } from '../../features/casefile/server/routes.ts';
import { createCalendars } from '../../features/calendars/server/calendars.ts';
import { calendarRoutes } from '../../features/calendars/server/routes.ts';
import { checklistRoutes } from '../../features/checklists/server/routes.ts';
import { createChecklists } from '../../features/checklists/server/checklists.ts';
import { CHECKLISTS_SHOWN } from '../../features/checklists/core/shown.ts';
import { createChat } from '../../features/chat/server/chat.ts';
import { chatRoutes } from '../../features/chat/server/routes.ts';
import { createVisitorSockets } from '../../features/chat/server/sockets.ts';
import { visitorRoutes } from '../../features/chat/server/visitor-routes.ts';
import { createCommitments } from '../../features/commitments/server/commitments.ts';
import { COMMITMENTS_SHOWN } from '../../features/commitments/core/shown.ts';
import { PROMISES_SHOWN } from '../../features/sla/core/shown.ts';
import { commitmentRoutes } from '../../features/commitments/server/routes.ts';
import { createCompanies } from '../../features/companies/server/companies.ts';
import { companyRoutes } from '../../features/companies/server/routes.ts';
import { createCustomers } from '../../features/customers/server/customers.ts';
import { customerRoutes } from '../../features/customers/server/routes.ts';
import { createEmail } from '../../features/email/server/email.ts';
import { quarantineRoutes } from '../../features/email/server/quarantine/routes.ts';
import { intakeRoutes } from '../../features/email/server/intake-routes.ts';
import { oauthRoutes } from '../../features/email/server/oauth/routes.ts';
import { emailRoutes } from '../../features/email/server/routes.ts';
import { unsubscribeRoutes } from '../../features/email/server/bulk/routes.ts';
import { sendingRoutes } from '../../features/email/server/sending/routes.ts';
import { incidentRoutes } from '../../features/email/server/incidents/routes.ts';
import { redactionRoutes } from '../../features/email/server/redaction/routes.ts';
import { spamRoutes } from '../../features/email/server/spam/routes.ts';
import { createKnowledge } from '../../features/knowledge/server/knowledge.ts';
import { articleRoutes, knowledgeRoutes } from '../../features/knowledge/server/routes.ts';
import { createMacros } from '../../features/macros/server/macros.ts';
import { macroRoutes } from '../../features/macros/server/routes.ts';
import { createNotifications } from '../../features/notifications/server/notifications.ts';
import { notificationRoutes } from '../../features/notifications/server/routes.ts';
import { faceRoutes, faceSection } from '../../features/people/server/face-routes.ts';
import { createPeople } from '../../features/people/server/people.ts';
import { accountRoutes } from '../../features/people/server/routes.ts';
import { staffRoutes } from '../../features/people/server/staff-routes.ts';
import { twoStepRoutes } from '../../features/people/server/two-step-routes.ts';
import { createReminders } from '../../features/reminders/server/reminders.ts';
import { reminderRoutes } from '../../features/reminders/server/routes.ts';
import { createRequests } from '../../features/requests/server/requests.ts';
import { privacyRoutes } from '../../features/requests/server/privacy-routes.ts';
import { requestRoutes } from '../../features/requests/server/routes.ts';
import { noticeRoutes } from '../../features/status/server/notices-routes.ts';
import { createCharter } from '../../features/charter/server/charter.ts';
import { charterRoutes } from '../../features/charter/server/routes.ts';
import { statusRoutes } from '../../features/status/server/routes.ts';
import { createStatus } from '../../features/status/server/status.ts';
import { createSla } from '../../features/sla/server/sla.ts';
import { slaRoutes } from '../../features/sla/server/routes.ts';
import { createSearchRoom } from '../../features/search/server/search.ts';
import { searchRoutes } from '../../features/search/server/routes.ts';
import { createReports } from '../../features/reports/server/reports.ts';
import { reportRoutes } from '../../features/reports/server/routes.ts';
import { contentRoutes } from '../../features/tickets/server/content-routes.ts';
import { sharedDraftRoutes } from '../../features/tickets/server/shared-draft-routes.ts';
import { entryRoutes, ticketRoutes } from '../../features/tickets/server/routes.ts';
import { relationRoutes } from '../../features/tickets/server/relation-routes.ts';
import { peopleListRoutes } from '../../features/tickets/server/people-routes.ts';
import { createHeartbeat } from '../../features/routing/server/heartbeat.ts';
import { presenceRoutes } from '../../features/routing/server/presence-routes.ts';
import { routingRoutes } from '../../features/routing/server/routes.ts';
import { TICKET_FIELDS } from '../../features/tickets/core/fields.ts';
import { createRouting } from '../../features/routing/server/routing.ts';
import { CUSTOMER_FIELDS } from '../../features/customers/core/fields.ts';
import { COMPANY_FIELDS } from '../../features/companies/core/fields.ts';
import { createImports } from '../../features/imports/server/imports.ts';
import { createMailMoving } from '../../features/imports/server/mail.ts';
import { importRoutes } from '../../features/imports/server/routes.ts';
import { createIntake } from '../../features/intake/server/intake.ts';
import { guidedRoutes } from '../../features/intake/server/routes.ts';
import { createFields } from '../../features/fields/server/fields.ts';
import { fieldRoutes } from '../../features/fields/server/routes.ts';
import { createTickets } from '../../features/tickets/server/tickets.ts';
import { viewRoutes } from '../../features/views/server/routes.ts';
import { createViews } from '../../features/views/server/views.ts';
import { workspaceRoutes } from '../../features/workspaces/server/routes.ts';
import { createWebhooks } from '../../features/webhooks/server/webhooks.ts';
import { incomingWebhookRoutes } from '../../features/webhooks/server/incoming/routes.ts';
import { webhookRoutes } from '../../features/webhooks/server/routes.ts';
import { createWorkspaces } from '../../features/workspaces/server/workspaces.ts';
import { clockRoutes } from '../../platform/clock/routes.ts';
import { deriveKey } from '../../platform/config/secret.ts';
import { createVault } from '../../platform/config/vault.ts';
import { createDatabase } from '../../platform/db/db.ts';
import { createEgress } from '../../platform/egress/egress.ts';
import { createEvents } from '../../platform/events/events.ts';
import { createFollowers } from '../../platform/events/followers.ts';
import { createSequencer } from '../../platform/events/sequencer.ts';
import { createSignals } from '../../platform/events/signals.ts';
import { createFiles } from '../../platform/files/files.ts';
import { createSpace } from '../../platform/files/space.ts';
import { clientAddressOf } from '../../platform/http/client-address.ts';
import { toldCountryBy } from '../../platform/http/told-country.ts';
import { createHttp } from '../../platform/http/server.ts';
import { createSigner } from '../../platform/http/signing.ts';
import { createMetrics } from '../../platform/http/metrics.ts';
import { createDocumentReader } from '../../platform/documents/reader.ts';
import { createPreviews } from '../../platform/pictures/previews.ts';
import { createPrinter } from '../../platform/print/printer.ts';
import { createDue, patient } from '../../platform/jobs/due.ts';
import { housekeepingJobs } from '../../platform/jobs/housekeeping.ts';
import { createJobs, type Job } from '../../platform/jobs/jobs.ts';
import { createMailHosts } from '../../platform/mail/hosts.ts';
import { createOutbox } from '../../platform/mail/outbox.ts';
import { createSender } from '../../platform/mail/sender.ts';
import { createPush } from '../../platform/push/push.ts';
import { createRealtime } from '../../platform/realtime/realtime.ts';
import { createSearch } from '../../platform/search/search.ts';
import { createVocabulary } from '../../platform/search/vocabulary.ts';
import type { Logger } from './logger.ts';
import { agentPage } from './agent-app.ts';
import { measure } from './measure.ts';
import { publicSections } from './public-pages.ts';
import { SEALED } from './sealed.ts';
import type { Clock, Settings } from './settings.ts';
import { isTheirs, neededFor } from './who-hears.ts';
import { widgetSection } from './widget-app.ts';

export type App = Awaited<ReturnType<typeof compose>>;

const NOTHING_MORE = {
  earlierSecrets: [], trustedProxies: [], countryHeader: null, privateHosts: [], signInServices: [], believedServers: [], trustedSealers: [], privateWebhooks: [], pushServices: [],
} satisfies Partial<Settings>;

/** The one place where rooms meet: built in the order of `features/order.json`, later rooms receive earlier ones. */
export async function compose(given: Settings, { now, machineNow, test }: Clock, log: Logger) {
  const settings = { ...NOTHING_MORE, ...given };
  const secrets = [settings.secret, ...settings.earlierSecrets] as const;
  const vault = createVault(secrets, SEALED);
  const db = createDatabase(settings, vault.keys);
  const signals = createSignals({ db, log });
  const sequencer = createSequencer({ db, signals, log });
  const followers = createFollowers({ db, signals, sequencer, log });
  const events = createEvents({ onCommitted: () => sequencer.hint() });
  const { emit } = events;
  const files = createFiles({ dataDir: settings.dataDir });
  const space = createSpace({ dataDir: settings.dataDir, tryDatabase: () => sql`select rapport_take('room on the disk', 60)`.execute(db.lookup), machineNow, log });
  const search = createSearch();
  const signer = createSigner(deriveKey(settings.secret, 'signed links'));
  const hosts = createMailHosts({ privateHosts: settings.privateHosts });
  const egress = createEgress({ exempt: settings.signInServices, ports: [443] });
  const outbox = createOutbox({ emit, relayConfigured: settings.relayUrl !== null, now: machineNow });

  const workspaces = createWorkspaces({ db, now, emit, publicUrl: settings.publicUrl, mayRead: (actor) => can(actor, 'workspace.read'), mayManage: (actor) => can(actor, 'workspace.manage') });
  const people = createPeople({
    db, now, machineNow, emit, outbox, relayAnswers: (workspaceId) => sender.answers(workspaceId, settings.mailbox), workspaces, publicUrl: settings.publicUrl, sender: settings.mailbox, secret: settings.secret, earlierSecrets: settings.earlierSecrets, vault, log,
  });
  const calendars = createCalendars({ db, now, machineNow, emit, log, workspaces, people });
  const fields = createFields({ db, now, emit, people, known: { ticket: () => TICKET_FIELDS, customer: () => CUSTOMER_FIELDS, company: () => COMPANY_FIELDS } });
  const [documents, printer, previews] = [createDocumentReader(), createPrinter(), createPreviews({ db, files, log })];
  const customers = createCustomers({ db, now, emit, search, people, fields, companiesOf: (...asked) => companies.ofEach(...asked) });
  const companies = createCompanies({ db, now, emit, customers, fields });
  const views = createViews({ db, now, machineNow, emit, people, calendars, tickets: () => tickets });
  const tickets = createTickets({ db, now, machineNow, emit, files, previews, search, fields, customers, companies, outbox, signer, savedView: views.of, understand: (actor, typed) => searchRoom.quest(actor, typed), worksHere: people.worksHere, above: { isPolicy: (...asked) => sla.isPolicy(...asked), isQueue: (...asked) => routing.isQueue(...asked) }, leftResolvedBy: (...asked) => automation.leftResolvedBy(...asked), alsoShown: [...COMMITMENTS_SHOWN, ...PROMISES_SHOWN, ...CHECKLISTS_SHOWN, ...APPROVALS_SHOWN, ...ASIDES_SHOWN] });
  const asides = createAsides({ db, now, machineNow, emit, search, log, people, outbox, tickets, isOurs: (...asked) => email.isOurs(...asked) });
  const asks = createAsks({ db, now, emit, people, tickets });
  const reminders = createReminders({ db, now, machineNow, emit, log, people, tickets });
  for (const { subscriptions } of [asides, asks, reminders]) events.within(subscriptions);
  const intake = createIntake({ db, now, emit, fields });
  // A port of 0 is chosen by the system when the listener starts, so the place is told afterwards.
  let smtp = settings.smtp;
  const email = createEmail({
    db, now, machineNow, emit, files, outbox, workspaces, customers, tickets, asides, tokenKeys: [deriveKey(settings.secret, 'mail-token'), ...settings.earlierSecrets.map((secret) => deriveKey(secret, 'mail-token'))],
    firstMailbox: settings.mailbox, publicUrl: settings.publicUrl, smtp: () => smtp, hosts, vault, signer, egress, plainSignIns: settings.signInServices,
    relayUrl: settings.relayUrl, lookAgainMs: settings.lookAgainMs, resolver: settings.mailResolver, believedServers: settings.believedServers, trustedSealers: settings.trustedSealers, parser: settings.parser, log,
  });
  events.within(email.subscriptions);
  events.within(email.spam.subscriptions);
  const sla = createSla({ db, now, machineNow, emit, log, calendars, workspaces, people, tickets, email, waiting: {
    chatOn: (...asked) => chat.chatOn(...asked), awaited: (...asked) => commitments.awaited(...asked), promiseAnswer: (...asked) => commitments.promiseAnswer(...asked),
  } });
  events.within(sla.subscriptions);
  followers.tail((heard) => {
    sla.heard(heard);
    if (heard.some(({ type }) => type.startsWith('mailbox.'))) email.mailboxesChanged();
    email.spam.heard(heard);
  });
  const commitments = createCommitments({ db, now, machineNow, emit, log, tickets, calendars, people, customers, workspaces, email });
  events.within(commitments.subscriptions);
  const routing = createRouting({ db, now, machineNow, emit, people, calendars, tickets, commitments, log });
  events.within(routing.subscriptions);
  const knowledge = createKnowledge({ db, now, machineNow, emit, log, files, signer, people, customers, tickets, workspaces });
  events.within(knowledge.subscriptions);
  const chat = createChat({
    db, now, machineNow, emit, log, vault, signer, files, publicUrl: settings.publicUrl, key: deriveKey(settings.secret, 'chat networks'), workspaces, people, calendars, customers, tickets, intake, email, commitments, routing, help: knowledge,
  });
  events.within(chat.subscriptions);
  const requests = createRequests({
    db, now, machineNow, emit, files, outbox, signer, workspaces, people, customers, companies, tickets, email, sla, commitments, chat, knowledge, intake, key: deriveKey(settings.secret, 'requests'),
  });
  const status = createStatus({ db, now, machineNow, emit, outbox, workspaces, calendars, customers, tickets, email, chat, key: deriveKey(settings.secret, 'status page'), log });
  const charter = createCharter({ db, now, machineNow, emit, signer, workspaces, calendars, people, sla });
  const sender = createSender({ db, outbox, files, relayUrl: settings.relayUrl, hosts, vault, tokens: email.relays.tokens, now: machineNow, log });
  const checklists = createChecklists({ db, now, emit, tickets, people });
  events.within(checklists.subscriptions);
  const approvals = createApprovals({ db, now, emit, tickets, people, calendars, routing });
  events.within(approvals.subscriptions);
  const macros = createMacros({ db, now, emit, tickets, customers, people, workspaces, checklists });
  const bulk = createBulk({ db, now, machineNow, log, tickets, macros, people, approvals });
  events.within(bulk.subscriptions);
  const webhooks = createWebhooks({
    db, now, machineNow, emit, vault, customers, tickets, publicUrl: settings.publicUrl, plain: settings.privateWebhooks, log,
  });
  followers.follow(webhooks.follower);
  events.within(webhooks.subscriptions);
  const automation = createAutomation({ db, now, machineNow, emit, tickets, calendars, customers, people, workspaces, email, chat, macros, checklists, approvals, routing, commitments, ruleLog: settings.ruleLog, log });
  events.within(automation.subscriptions);
  followers.follow(automation.follower);
  for (const { heard } of [automation, status, charter, views, tickets]) followers.tail(heard);
  events.committed(tickets.heard);
  const push = createPush({
    egress: createEgress({ exempt: settings.pushServices, ports: [443] }), privateServices: settings.pushServices, machineNow,
    contact: settings.publicUrl.startsWith('https:') ? settings.publicUrl : `mailto:${settings.mailbox}`,
  });
  const notifications = createNotifications({ db, now, machineNow, emit, outbox, workspaces, tickets, routing, push, vault, sender: settings.mailbox, publicUrl: settings.publicUrl, isInSight: (...asked) => realtime.sees(...asked), log });
  followers.follow(notifications.follower);
  const audit = createAudit({ db, people });
  events.within(audit.subscriptions);
  const searchRoom = createSearchRoom({ db, now, vocabulary: createVocabulary(), workspaces, people, customers, tickets, asides, email, knowledge });
  followers.follow(searchRoom.learning);
  const imports = createImports({ db, now, emit, files, fields, people, customers, companies, tickets, mail: createMailMoving({ email, tickets, files, directory: settings.importDir ?? null, now }), log });
  const casefile = createCaseFile({ db, now, emit, printer, workspaces, people, fields, tickets });
  const reports = createReports({ db, now, workspaces });

  const realtime = createRealtime({
    db, followers, log, clock: { now, machineNow }, key: deriveKey(settings.secret, 'socket tickets'), ownOrigin: new URL(settings.publicUrl).origin, clientAddress: clientAddressOf(settings.trustedProxies),
    mayRead: (actor, event) => isTheirs(actor.id, event, actor.teamIds) ?? can(actor, neededFor(event.type, event.ticketId)),
    mayWatch: (actor, ticketId) => tickets.get(actor, ticketId).then(() => true, () => false), mayWatchAll: (actor) => can(actor, 'tickets.read'),
    numbersOf: async (actor) => ({ tickets: await tickets.counts(actor), views: await views.told(actor) }),
  });
  const visitors = createVisitorSockets({ chat, followers, realtime, ownOrigin: new URL(settings.publicUrl).origin, clientAddress: clientAddressOf(settings.trustedProxies), log });
  const heartbeat = createHeartbeat({ connected: realtime.connected, seen: routing.seen, log });
  const jobs = createJobs({ db, ownerUrl: settings.ownerUrl, log, jobs: [...housekeepingJobs({ db, files, now: machineNow, log }), ...automation.jobs] as Job[] });
  const due = createDue({ now, log, works: [...patient([tickets.snoozes(log), reminders.due, customers.likenessWork, tickets.fileWords(documents, log), asides.due, ...calendars.works, ...sla.works, commitments.due, ...status.works, notifications.due]), ...routing.works, ...chat.works, ...automation.works, bulk.due, notifications.pushing, imports.due] });
  test?.onSet(due.wake);
  const metrics = createMetrics({ mayRead: async ({ headers }) => {
    const actor = await people.authenticate({ authorization: headers.authorization, cookie: undefined });
    return actor !== null && can(actor, 'workspace.manage');
  } });

  const http = await createHttp({
    db, position: followers.tailPosition, authenticate: people.authenticate, requireFresh: people.requireFresh, shelf: signer, publicUrl: settings.publicUrl, version: settings.version, logger: log, fallback: agentPage(),
    trustedProxies: settings.trustedProxies, observe: (app) => { metrics.observe(app); },
    sections: [...publicSections({ workspaces, knowledge, requests, status, charter, signer, machineNow, publicUrl: settings.publicUrl, toldCountry: { of: toldCountryBy(settings.trustedProxies, settings.countryHeader), header: settings.countryHeader } }), widgetSection(chat), faceSection(people)],
    routes: [
      workspaceRoutes(workspaces), accountRoutes(people), twoStepRoutes(people), staffRoutes(people), faceRoutes(people), calendarRoutes(calendars), fieldRoutes(fields), guidedRoutes(intake), customerRoutes(customers), companyRoutes(companies),
      ticketRoutes(tickets), entryRoutes(tickets), relationRoutes(tickets), peopleListRoutes(tickets), contentRoutes(tickets), sharedDraftRoutes(tickets, (workspaceId, ticketId) => realtime.whisper(workspaceId, ticketId, 'draft.edited', {})), asideRoutes(asides), askRoutes(asks), reminderRoutes(reminders), slaRoutes(sla),
      emailRoutes(email), intakeRoutes(space), quarantineRoutes(email), oauthRoutes(email), spamRoutes(email), sendingRoutes(email), unsubscribeRoutes(email), redactionRoutes(email), incidentRoutes(email), commitmentRoutes(commitments), requestRoutes(requests, workspaces), privacyRoutes(requests), statusRoutes(status), noticeRoutes(status), charterRoutes(charter), routingRoutes(routing), presenceRoutes(routing), chatRoutes(chat, visitors.typing), visitorRoutes(chat, (workspaceId, ticketId, isTyping) => realtime.whisper(workspaceId, ticketId, 'chat.typing', { isTyping })), articleRoutes(knowledge), knowledgeRoutes(knowledge), 
      checklistRoutes(checklists), approvalRoutes(approvals), macroRoutes(macros), bulkRoutes(bulk), viewRoutes(views),
      automationRoutes(automation), webhookRoutes(webhooks), incomingWebhookRoutes(webhooks), notificationRoutes(notifications), auditRoutes(audit), importRoutes(imports), searchRoutes(searchRoom), caseRoutes(casefile), reportRoutes(reports), realtime.routes,
      clockRoutes(test, (actor) => { demand(actor, 'workspace.manage'); }),
    ],
  });

  realtime.attach(http.server, [visitors.door]);
  measure(metrics, { db, sequencer, realtime, email, space });

  return {
    db, http, events, followers, sequencer, signals, files, search, outbox, workspaces, people, calendars, fields, intake, views, customers, companies, tickets,
    email, sla, sender, commitments, routing, knowledge, requests, status, heartbeat, chat, visitors, checklists, approvals, macros, automation, webhooks, notifications, realtime, jobs, due, metrics, space,
    mailArrivesAt: ({ host, port }: { host: string; port: number }): void => { smtp = { host, port }; },
    async stop(): Promise<void> {
      await heartbeat.stop();
      await visitors.stop();
      await realtime.stop();
      await http.close();
      await people.settled();
      await due.stop();
      for (const reader of [documents, printer, previews]) await reader.close();
      await sender.stop();
      await webhooks.sender.stop();
      await email.sources.stop();
      await email.stop();
      await knowledge.stop();
      await followers.stop();
      await sequencer.stop();
      await signals.stop();
      await db.destroy();
    },
  };
}
