import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { AppError } from '../../../kernel/errors.ts';
import { networkOf } from '../../../kernel/network.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { useOne, type Quota } from '../../../platform/db/quota.ts';
import { inNetworks } from '../../../platform/http/client-address.ts';
import { isTimeZone } from '../../calendars/core/zone.ts';
import { isAllowed, originOf } from './sites.ts';
import type { ArticleOpened, PageView, ProfilePatch, SessionCreate, SessionView, VisitorState } from '../core/visitor-contract.ts';
import { BY_CHAT, hashOf, HERE_MS, type Context } from './context.ts';
import type { createProving, Proven } from './proving.ts';
import type { createStanding } from './standing.ts';
import type { createStream } from './stream.ts';
import { latestOf } from './store.ts';
import { endOldSessions, endSessions, findVisitor, insertSession, insertVisitor, isBanned, lockVisitor, markHere, saveVisitor, sessionOf, visitorBySubject, type SeenPage, type Visitor, type VisitorChange, type VisitorRow } from './visitor-store.ts';
import { lookOf } from './widgets.ts';
import { findWidget, placeOfWidget, type StoredWidget } from './widget-store.ts';

/** Sessions begun from one network. Many may sit behind one address. */
const PER_NETWORK: Quota = { uses: 120, seconds: 60 };
const PROFILES: Quota = { uses: 30, seconds: 60 };
/** Each is told to the desk by an event, and events are kept for good. What is more than people do is not told. */
const MOVES: Quota = { uses: 30, seconds: 60 };
const SECRET_BYTES = 16;
const MOST_PAGES = 10;
/** This very machine is nobody's attack; a proxy that was not named as one stands here for everybody. */
const isLocal = inNetworks(['127.0.0.0/8', '::1']);

/** Where a request comes from. */
export type Client = { readonly address: string; /** Absent from programs that are no browsers. */ readonly origin: string | undefined; /** Under which of our hosts they ask. */ readonly host: string };

/** How things stand, and the open matter behind it, which the visitor has no name for. */
export type Standing = { readonly state: VisitorState; readonly ticketId: string | null };

export const tooFast = (retryAfter: number) => new AppError('rate_limited', 'visitor.too_fast', 'Slow down, and try again in a while.', { retryAfter });
export const banned = () => new AppError('forbidden', 'visitor.banned', 'This visitor may not chat here.');

/** Who sits in front of a widget: a guest with a secret of their own, or somebody whom the company's server vouches for. */
export function createSessions(context: Context, { secrets, prove }: ReturnType<typeof createProving>, { state }: ReturnType<typeof createStanding>, { append }: Pick<ReturnType<typeof createStream>, 'append'>, badgeOf: (visitor: Visitor) => string) {
  const { db, machineNow, now, ownOrigin, networkHash, customers, tickets } = context;

  async function limit(address: string): Promise<void> {
    if (isLocal(address)) return;
    const retryAfter = await useOne(db.lookup, `chat session ${hashOf(networkOf(address)).toString('base64url')}`, PER_NETWORK);
    if (retryAfter !== null) throw tooFast(retryAfter);
  }

  /** A browser says whose page asks: the panel, which stands in a frame of our own, or one of the allowed sites. */
  async function checkSite(tx: Tx, workspaceId: string, { id, sites }: Pick<StoredWidget, 'id' | 'sites'>, { origin, host }: Client, site: string | undefined): Promise<void> {
    const around = site === undefined ? null : originOf(site);
    const home = await context.homeOf(tx, workspaceId, id, host);
    const isOurs = origin === undefined || origin.toLowerCase() === home;
    const isGood = isOurs ? site === undefined || around === home || (around !== null && isAllowed(sites, around)) : isAllowed(sites, originOf(origin) ?? '');
    if (!isGood) throw new AppError('forbidden', 'visitor.site_not_allowed', 'This widget may not stand on that site; an admin adds the site in the settings of the chat.');
  }

  async function newVisitor(tx: Tx, workspaceId: string, widgetId: string): Promise<VisitorRow> {
    const id = newId();
    await insertVisitor(tx, workspaceId, { id, widgetId, subject: null, createdAt: now() });
    return (await findVisitor(tx, { workspaceId, visitorId: id }))!;
  }

  /** Everybody whom one `sub` names is one visitor, on whatever device. */
  async function provenVisitor(tx: Tx, workspaceId: string, widgetId: string, { sub, iat, name, email, language, attributes }: Proven): Promise<VisitorRow> {
    await insertVisitor(tx, workspaceId, { id: newId(), widgetId, subject: sub, createdAt: now() });
    const row = (await visitorBySubject(tx, workspaceId, widgetId, sub))!;
    // Whoever signed out did so with every token of before.
    if (row.signedOutAt && iat * 1000 <= row.signedOutAt.getTime()) throw new AppError('unauthenticated', 'visitor.signed_out', 'This visitor has signed out since the token was made; make a new one.');
    const change: VisitorChange = { ...(name !== undefined && { name }), ...(email !== undefined && { email }), ...(language !== undefined && { language }), ...(attributes && { proven_attributes: JSON.stringify(attributes) }) };
    await saveVisitor(tx, { workspaceId, visitorId: row.id }, change);
    return { ...row, name: name ?? row.name, email: email ?? row.email, language: language ?? row.language };
  }

  async function known(tx: Tx, workspaceId: string, widgetId: string, secret: string | undefined): Promise<{ row: VisitorRow; expiresAt: Date | null } | null> {
    const session = secret === undefined ? null : await sessionOf(db.lookup, hashOf(secret), machineNow());
    if (session?.workspaceId !== workspaceId) return null;
    const row = await findVisitor(tx, session);
    return row?.widgetId === widgetId ? { row, expiresAt: session.expiresAt } : null;
  }

  async function fresh(tx: Tx, visitor: Visitor, expiresAt: Date | null): Promise<string> {
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    if (expiresAt) await endOldSessions(tx, visitor, machineNow());
    await insertSession(tx, visitor, { hash: hashOf(secret), expiresAt, at: machineNow() });
    return secret;
  }

  async function enter(tx: Tx, workspaceId: string, widget: StoredWidget, given: SessionCreate): Promise<{ row: VisitorRow; secret: string; expiresAt: Date | null }> {
    const good = await secrets(tx, workspaceId, widget.id);
    if (given.token !== undefined) {
      const proven = await prove(given.token, workspaceId, widget.id, good);
      const row = await provenVisitor(tx, workspaceId, widget.id, proven);
      const expiresAt = new Date(proven.exp * 1000);
      return { row, expiresAt, secret: await fresh(tx, { workspaceId, visitorId: row.id }, expiresAt) };
    }
    const found = await known(tx, workspaceId, widget.id, given.secret);
    if (found && (found.row.subject !== null || widget.allowsGuests)) return { ...found, secret: given.secret! };
    if (!widget.allowsGuests) throw new AppError('unauthenticated', 'visitor.token_required', 'Here only customers of the company chat: show a token that its server has signed.');
    const row = await newVisitor(tx, workspaceId, widget.id);
    return { row, expiresAt: null, secret: await fresh(tx, { workspaceId, visitorId: row.id }, null) };
  }

  const seen = ({ pages }: Pick<VisitorRow, 'pages'>, { url, title }: Pick<PageView, 'url' | 'title'>): string =>
    JSON.stringify([...pages, { url, title, at: now().toISOString() }].slice(-MOST_PAGES) satisfies SeenPage[]);

  function pageChange(row: VisitorRow, page: PageView | undefined): VisitorChange {
    return !page || row.page?.url === page.url ? {} : { page: JSON.stringify(page), pages: seen(row, page) };
  }

  const zoneChange = (timeZone: string | undefined): VisitorChange => (timeZone !== undefined && isTimeZone(timeZone) ? { time_zone: timeZone } : {});

  async function tellPage(tx: Tx, visitor: Visitor, row: VisitorRow): Promise<void> {
    const latest = row.customerId === null ? undefined : await latestOf(tx, visitor);
    if (latest && latest.state !== 'ended' && await mayTell(tx, visitor)) await context.tellDesk(tx, visitor.workspaceId, latest, 'page');
  }

  /** Where answers go by mail from now on; whoever is written to until now no longer takes part. */
  async function moved(tx: Tx, visitor: Visitor, row: VisitorRow, email: string | null): Promise<void> {
    const latest = row.customerId === null ? undefined : await latestOf(tx, visitor);
    if (!latest || (row.email ?? '').toLowerCase() === (email ?? '').toLowerCase()) return;
    await tickets.lock(tx, latest.ticketId);
    if (await context.isOwnMatter(tx, row, latest.ticketId)) await tickets.guestMovesTo(tx, visitor.workspaceId, latest.ticketId, { before: row.email, now: email === null ? null : { name: row.name, address: email } });
    if (email !== null) await append(tx, visitor, { conversationId: latest.id, notice: 'address_left', data: { address: email }, at: now() });
    await context.tellDesk(tx, visitor.workspaceId, latest, 'address');
  }

  /** Banned visitors say nothing and hear nothing. */
  function admit(row: { readonly isBanned: boolean }): void {
    if (row.isBanned) throw banned();
  }

  const standing = (visitor: Visitor): Promise<Standing> => db.work(visitor.workspaceId, async (tx) => {
    const { visitor: row, widget } = await context.visitor(tx, visitor);
    const { ticketId, ...found } = await state(tx, visitor, row, widget);
    return { state: found, ticketId };
  });

  async function tellHere(tx: Tx, visitor: Visitor, what: 'came' | 'left'): Promise<void> {
    const latest = await latestOf(tx, visitor);
    if (latest && latest.state !== 'ended' && await mayTell(tx, visitor)) await context.tellDesk(tx, visitor.workspaceId, latest, what);
  }

  /** Written down, and told of those who were not there a moment ago. */
  async function here(tx: Tx, workspaceId: string, visitorIds: readonly string[]): Promise<void> {
    const at = machineNow();
    for (const visitorId of await markHere(tx, workspaceId, visitorIds, { at, since: new Date(at.getTime() - HERE_MS) })) await tellHere(tx, { workspaceId, visitorId }, 'came');
  }

  /** Within the transaction: whoever holds a connection and waits for a second one stands in everybody's way. */
  const mayTell = async (tx: Tx, { visitorId }: Visitor): Promise<boolean> => await useOne(tx, `chat moves ${visitorId}`, MOVES) === null;

  return {
    async open(given: SessionCreate, client: Client): Promise<SessionView> {
      await limit(client.address);
      const workspaceId = await placeOfWidget(db.lookup, given.widget);
      if (workspaceId === null) throw new AppError('not_found', 'visitor.no_such_widget', 'There is no such widget.');
      return db.work(workspaceId, async (tx) => {
        const widget = await findWidget(tx, workspaceId, given.widget);
        if (!widget || widget.offAt) throw new AppError('not_found', 'visitor.no_such_widget', 'There is no such widget.');
        await checkSite(tx, workspaceId, widget, client, given.site);
        const { row, secret, expiresAt } = await enter(tx, workspaceId, widget, given);
        const visitor = { workspaceId, visitorId: row.id };
        const network = networkHash(workspaceId, client.address);
        if (await isBanned(tx, visitor, network, machineNow())) throw banned();
        const attributes = { ...row.attributes, ...given.attributes };
        const language = row.language ?? given.language;
        await saveVisitor(tx, visitor, {
          ...pageChange(row, given.page), ...(given.attributes && { attributes: JSON.stringify(attributes) }), ...(language && { language }), ...zoneChange(given.timeZone), ...(row.network !== network && { network }),
        });
        const { ticketId: _ticketId, ...found } = await state(tx, visitor, { ...row, language: language ?? null, attributes }, widget);
        return { secret, expiresAt: expiresAt?.toISOString() ?? null, badge: badgeOf(visitor), look: lookOf(widget), state: found };
      });
    },

    /** Whose secret this is. One that is over, unknown or guessed is all the same. */
    async of(secret: string | undefined): Promise<Visitor & { expiresAt: Date | null }> {
      const session = secret === undefined || secret.length > 100 ? null : await sessionOf(db.lookup, hashOf(secret), machineNow());
      if (!session) throw context.sessionOver();
      return session;
    },

    state: async (visitor: Visitor): Promise<VisitorState> => (await standing(visitor)).state,
    standing,

    /** A tab of theirs is open from now on; somebody who is talked with is looked for by agents. */
    enter: (visitor: Visitor): Promise<Standing> => db.work(visitor.workspaceId, async (tx) => {
      const { visitor: row, widget } = await context.visitor(tx, visitor);
      admit(row);
      const { ticketId, ...found } = await state(tx, visitor, row, widget);
      if (ticketId !== null) await here(tx, visitor.workspaceId, [visitor.visitorId]);
      return { state: found, ticketId };
    }),

    stillHere: (workspaceId: string, visitorIds: readonly string[]): Promise<void> => db.work(workspaceId, (tx) => here(tx, workspaceId, visitorIds)),

    /** The last of their tabs here was closed. */
    left: (visitor: Visitor): Promise<void> => db.work(visitor.workspaceId, async (tx) => {
      await saveVisitor(tx, visitor, { here_at: null });
      await tellHere(tx, visitor, 'left');
    }),

    admit, here,

    async profile(visitor: Visitor, { name, email, attributes, doNotDisturb }: ProfilePatch): Promise<VisitorState> {
      const retryAfter = await useOne(db.lookup, `chat profile ${visitor.visitorId}`, PROFILES);
      if (retryAfter !== null) throw tooFast(retryAfter);
      return db.work(visitor.workspaceId, async (tx) => {
        await lockVisitor(tx, visitor);
        const { visitor: row, widget } = await context.visitor(tx, visitor);
        if (row.subject !== null && (name !== undefined || email !== undefined)) throw new AppError('conflict', 'visitor.is_proven', 'Name and address of this visitor come from the company\'s token.');
        const called = { ...row, name: name ?? row.name };
        if (email !== undefined) await moved(tx, visitor, called, email);
        await saveVisitor(tx, visitor, {
          ...(name !== undefined && { name }), ...(email !== undefined && { email }), ...(attributes && { attributes: JSON.stringify({ ...row.attributes, ...attributes }) }),
          ...(doNotDisturb !== undefined && { do_not_disturb: doNotDisturb }),
        });
        await context.tellVisitor(tx, visitor.workspaceId, visitor.visitorId);
        const { ticketId: _ticketId, ...found } = await state(tx, visitor, (await findVisitor(tx, visitor))!, widget);
        return found;
      });
    },

    page: (visitor: Visitor, page: PageView): Promise<void> => db.work(visitor.workspaceId, async (tx) => {
      const { visitor: row } = await context.visitor(tx, visitor);
      const change = pageChange(row, page);
      if (Object.keys(change).length === 0) return;
      await saveVisitor(tx, visitor, change);
      await tellPage(tx, visitor, row);
    }),

    /** They went on to an article, and stay on their page: it is among what they have read. */
    opened: (visitor: Visitor, { number, language }: z.infer<typeof ArticleOpened>): Promise<void> => db.work(visitor.workspaceId, async (tx) => {
      const { visitor: row } = await context.visitor(tx, visitor);
      admit(row);
      const article = await context.help.atChat.opened(tx, visitor.workspaceId, { visitorId: visitor.visitorId, number, language });
      if (!article) throw new AppError('not_found', 'visitor.no_such_article', 'There is no such article for visitors.');
      const url = `${ownOrigin}/help/${language}/articles/${number}`;
      if (row.pages.at(-1)?.url === url) return;
      await saveVisitor(tx, visitor, { pages: seen(row, { url, title: article.title }) });
      await tellPage(tx, visitor, row);
    }),

    /** All secrets of this visitor, and tokens made until now, are worth nothing from now on. */
    signOut: (visitor: Visitor): Promise<void> => db.work(visitor.workspaceId, async (tx) => {
      await endSessions(tx, visitor);
      await saveVisitor(tx, visitor, { signed_out_at: machineNow(), here_at: null });
      await context.emit(tx, visitor.workspaceId, { type: 'visitor.signed_out', subjectId: visitor.visitorId, actor: BY_CHAT, at: now() });
    }),

    /** Whom the company knows by the address in its token is that customer; every guest is one of their own. */
    async customerOf(tx: Tx, visitor: Visitor, row: VisitorRow, name: string): Promise<{ customerId: string; homeId: string }> {
      if (row.customerId !== null) return { customerId: row.customerId, homeId: row.homeId ?? row.customerId };
      const { workspaceId } = visitor;
      const customer = row.subject !== null && row.email !== null
        ? (await customers.resolve(tx, workspaceId, { email: row.email, name: row.name, language: row.language, at: now() }))
        : await customers.guest(tx, workspaceId, { name, language: row.language, at: now() });
      await saveVisitor(tx, visitor, { customer_id: customer.id, home_id: customer.homeId === customer.id ? null : customer.homeId });
      return { customerId: customer.id, homeId: customer.homeId };
    },
  };
}
