import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { EventActor } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { changeAnswers } from '../../../platform/http/idempotency.ts';
import { can, demand } from '../../people/core/permissions.ts';
import { followMerges } from '../../tickets/core/merging.ts';
import { MOST_ASIDES, MOST_PEOPLE, type AsideCreate, type AsideMessageCreate, type AsideMessageView, type AsideView } from '../core/contract.ts';
import type { AsidesDeps } from './deps.ts';
import { createFinding } from './finding.ts';
import { createAsideMail } from './mail.ts';
import {
  addPeople, countAsides, filesBeside, findAside, findMessage, insertAside, insertMessage, lockAside, messagePage, othersWait, peopleOf, saveAside, shownAsides, strikeWords,
  withdrawMessage, type ShownAside, type Somebody, type StoredAside, type StoredMessage,
} from './store.ts';

export type Asides = ReturnType<typeof createAsides>;

const byPerson = (actor: Actor): EventActor => ({ kind: 'person', id: actor.id });
const notFound = () => new AppError('not_found', 'aside.not_found', 'There is no such side conversation.');

/** The front door of the room: what is settled with others about a ticket, by mail and out of sight of its customer. */
export function createAsides(deps: AsidesDeps) {
  const { db, now, emit, tickets } = deps;
  const ticketState = async (tx: Tx, id: string) => { const ticket = await tickets.find(tx, id); if (!ticket) throw notFound(); return ticket; };
  const finding = createFinding(deps);
  tickets.onRedacted(async (tx, workspaceId, { ticketIds, strike }) => {
    await changeAnswers(tx, await strikeWords(tx, ticketIds, strike.text), strike.text);
    await finding.indexAgain(tx, workspaceId, ticketIds);
  }, filesBeside);

  const read = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => { demand(actor, 'tickets.read'); return db.work(actor.workspaceId, act); };
  const write = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, 'tickets.reply');
    // Whoever writes is answered with what stands there.
    demand(actor, 'tickets.read');
    return db.work(actor.workspaceId, act);
  };
  const tell = (tx: Tx, actor: Actor, type: `aside.${string}`, { id, ticketId }: StoredAside, subjectId: string) =>
    emit(tx, actor.workspaceId, { type, ticketId, subjectId, actor: byPerson(actor), data: { asideId: id }, at: now() });

  /** Locked, with its ticket locked before it, and such that it can be worked on. */
  async function access(tx: Tx, id: string): Promise<StoredAside> {
    const found = await findAside(tx, id);
    if (!found) throw notFound();
    await tickets.hold(tx, found.ticketId);
    const aside = await lockAside(tx, id);
    if (!aside || aside.ticketId !== found.ticketId) throw notFound();
    return aside;
  }

  async function view(tx: Tx, id: string): Promise<AsideView> {
    const [shown] = await shownAsides(tx, { id }, 1, null);
    if (!shown) throw notFound();
    return present(shown);
  }

  /** Those who take part, and new ones: none of them the customer's side, none of them us. */
  async function whom(tx: Tx, actor: Actor, aside: Pick<StoredAside, 'id' | 'ticketId'>, addresses: readonly string[] | undefined): Promise<Somebody[]> {
    const known = await peopleOf(tx, aside.id);
    if (addresses === undefined) return known.map(({ name, address }) => ({ name, address }));
    const wanted = [...new Map(addresses.map((address) => [address.toLowerCase(), address])).values()].map((address) => ({ name: known.find(({ key }) => key === address.toLowerCase())?.name ?? '', address }));
    const customers = await tickets.recipients(tx, aside.ticketId);
    const theirs = new Set([...customers.to, ...customers.cc].map(({ address }) => address.toLowerCase()));
    for (const { address } of wanted) {
      if (theirs.has(address.toLowerCase()) || await tickets.takesPart(tx, aside.ticketId, address)) throw new AppError('conflict', 'aside.to_customer', `${address} takes part in the ticket itself; write a reply instead.`);
      if (await deps.isOurs(tx, actor.workspaceId, address)) throw new AppError('conflict', 'aside.to_ourselves', `${address} is a mailbox of ours; name somebody in a note instead.`);
    }
    const people = new Set([...known.map(({ key }) => key), ...wanted.map(({ address }) => address.toLowerCase())]);
    if (people.size > MOST_PEOPLE) throw new AppError('conflict', 'aside.too_many_people', `${MOST_PEOPLE} people take part in a side conversation at most.`);
    return wanted;
  }

  async function say(tx: Tx, actor: Actor, aside: StoredAside, { to, text, attachmentIds, waits = aside.waits }: AsideMessageCreate): Promise<string> {
    const ticket = await ticketState(tx, aside.ticketId);
    if (await tickets.isGated(tx, actor.workspaceId, ticket.id, actor)) throw new AppError('conflict', 'aside.needs_approval', 'What leaves this ticket has to be approved first; forward a message instead, which somebody then approves.');
    const recipients = await whom(tx, actor, aside, to);
    const at = now();
    await addPeople(tx, actor.workspaceId, aside.id, recipients, at);
    const author = (await deps.people.peopleByIds(tx, [actor.id])).get(actor.id);
    const message: StoredMessage = {
      id: newId(), asideId: aside.id, direction: 'out', authorId: actor.id, authorName: author?.name ?? '', authorAddress: null, recipients, text, quoted: '',
      fileIds: await tickets.keepCopies(tx, actor, attachmentIds, aside.ticketId), messageId: null, ledgerId: null, verdict: null, automatic: false, createdAt: at,
    };
    await insertMessage(tx, actor.workspaceId, message);
    await finding.index(tx, actor.workspaceId, message);
    await saveAside(tx, aside.id, { waits, lastAt: at });
    if (waits && !['waiting_third_party', 'resolved', 'closed'].includes(ticket.status)) await tickets.changeByPerson(tx, actor, ticket, { status: 'waiting_third_party' });
    await tell(tx, actor, 'aside.written', aside, message.id);
    return message.id;
  }

  async function presentAll(tx: Tx, actor: Actor, rows: readonly StoredMessage[]): Promise<AsideMessageView[]> {
    const [files, deliveries] = await Promise.all([
      tickets.keptFiles(tx, actor, rows.flatMap(({ fileIds }) => fileIds)), deps.outbox.deliveries(tx, actor.workspaceId, rows.filter(({ direction }) => direction === 'out').map(({ id }) => id)),
    ]);
    return rows.map((row) => ({
      id: row.id, direction: row.direction, author: { id: row.authorId, name: row.authorName, address: row.authorAddress }, to: row.recipients, text: row.text, quoted: row.quoted,
      attachments: files.filter(({ id }) => row.fileIds.includes(id)), delivery: deliveries.get(row.id) ?? null, verdict: row.verdict as AsideMessageView['verdict'], automatic: row.automatic,
      createdAt: row.createdAt.toISOString(),
    }));
  }

  return {
    of: (actor: Actor, ticketId: string, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<AsideView>> =>
      read(actor, async (tx) => {
        if (!await tickets.find(tx, ticketId)) throw new AppError('not_found', 'ticket.not_found', 'There is no such ticket.');
        const rows = await shownAsides(tx, { ticketId }, limit + 1, cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']));
        return pageOfRows(rows, limit, (row) => [row.lastAt.toISOString(), row.id], present);
      }),

    start: (actor: Actor, ticketId: string, { subject, waits, ...first }: AsideCreate): Promise<AsideView> =>
      write(actor, async (tx) => {
        await tickets.hold(tx, ticketId);
        if (await countAsides(tx, ticketId) >= MOST_ASIDES) throw new AppError('conflict', 'aside.too_many', `A ticket has ${MOST_ASIDES} side conversations at most; go on in one of them.`);
        const at = now();
        const aside: StoredAside = { id: newId(), ticketId, subject, startedBy: actor.id, waits, createdAt: at, lastAt: at };
        await insertAside(tx, actor.workspaceId, aside);
        await tell(tx, actor, 'aside.started', aside, aside.id);
        await say(tx, actor, aside, first);
        return view(tx, aside.id);
      }),

    change: (actor: Actor, id: string, { waits }: { waits: boolean }): Promise<AsideView> =>
      write(actor, async (tx) => {
        if (!can(actor, 'tickets.change')) throw notFound();
        const aside = await access(tx, id);
        await saveAside(tx, id, { waits, lastAt: aside.lastAt });
        await tell(tx, actor, 'aside.changed', aside, id);
        return view(tx, id);
      }),

    messages: (actor: Actor, id: string, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<AsideMessageView>> =>
      read(actor, async (tx) => {
        if (!await findAside(tx, id)) throw notFound();
        const { items, nextCursor } = pageOfRows(await messagePage(tx, id, limit + 1, cursor === undefined ? null : decodeCursor(cursor, ['time', 'id'])), limit, (row) => [row.createdAt.toISOString(), row.id], (row) => row);
        return { items: await presentAll(tx, actor, items), nextCursor };
      }),

    write: (actor: Actor, id: string, given: AsideMessageCreate): Promise<AsideMessageView> =>
      write(actor, async (tx) => {
        const messageId = await say(tx, actor, await access(tx, id), given);
        return (await presentAll(tx, actor, [(await findMessage(tx, messageId))!]))[0]!;
      }),

    /** Until its mail has begun to leave. */
    takeBack: (actor: Actor, id: string, messageId: string): Promise<void> =>
      write(actor, async (tx) => {
        const aside = await access(tx, id);
        const message = await findMessage(tx, messageId);
        if (message?.asideId !== id || message.direction !== 'out') throw new AppError('not_found', 'aside.no_such_message', 'There is no such message.');
        if (!await deps.outbox.withdraw(tx, actor.workspaceId, messageId)) throw new AppError('conflict', 'reply.already_left', 'It is too late: the mail is on its way.');
        await withdrawMessage(tx, messageId, now());
        await finding.forget(tx, actor.workspaceId, messageId);
        await tell(tx, actor, 'aside.withdrawn', aside, messageId);
      }),

    ...createAsideMail(deps, finding.index, othersWait),

    /** For the room above that learns words, in its unit of work. */
    wordsOf: finding.wordsOf,

    due: finding.due,
    subscriptions: followMerges<Tx>({ along: finding.along, back: finding.back }),
  };
}

const present = ({ id, ticketId, subject, startedBy, startedByName, people, waits, last, messages, createdAt, lastAt }: ShownAside): AsideView => ({
  id, ticketId, subject, startedBy: { id: startedBy, name: startedByName }, people, waits, last: last ?? 'out', messages, createdAt: createdAt.toISOString(), lastAt: lastAt.toISOString(),
});
