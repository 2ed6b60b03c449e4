import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { changeAnswers } from '../../../platform/http/idempotency.ts';
import { can, demand } from '../../people/core/permissions.ts';
import type { People } from '../../people/server/people.ts';
import { followMerges } from '../../tickets/core/merging.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { MOST_OF_PERSON, MOST_OF_TICKET, MOST_WORDS, type AskCreate, type AskView, type AskWordView } from '../core/contract.ts';
import {
  countAnsweredTo, countOnTicket, countWaitingFor, countWords, findAsk, insertAsk, insertWord, lockAsk, moveAlong, moveBack, saveAsk, shownAsks, strikeWords, wordsOf, type ShownAsk, type StoredAsk,
} from './store.ts';

export type Asks = ReturnType<typeof createAsks>;
type Paging = { limit: number; cursor?: string | undefined };
const MOST_COUNTED = 99;
const notFound = () => new AppError('not_found', 'ask.not_found', 'There is no such question.');

/** The front door of the room: questions about tickets among those who work here, each between two of them. */
export function createAsks({ db, now, emit, people, tickets }: {
  db: Database; now: Now; emit: Emit; people: Pick<People, 'requireActive'>; tickets: Pick<Tickets, 'hold' | 'find' | 'onRedacted'>;
}) {
  tickets.onRedacted(async (tx, _workspaceId, { ticketIds, strike }) => changeAnswers(tx, await strikeWords(tx, ticketIds, strike.text), strike.text));

  const read = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => { demand(actor, 'tickets.read'); return db.work(actor.workspaceId, act); };
  const write = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => { demand(actor, 'tickets.note'); demand(actor, 'tickets.read'); return db.work(actor.workspaceId, act); };

  const isIn = ({ id }: Actor, { askedBy, askedId }: StoredAsk): boolean => id === askedBy || id === askedId;

  async function seen(tx: Tx, actor: Actor, id: string): Promise<StoredAsk> {
    const ask = await findAsk(tx, id);
    const ticket = ask && await tickets.find(tx, ask.ticketId);
    if (!ask || !ticket || ticket.deletedAt || !(isIn(actor, ask) || can(actor, 'asks.read_all'))) throw notFound();
    return ask;
  }

  /** Locked, for one of the two whom it is between. */
  async function own(tx: Tx, actor: Actor, id: string): Promise<StoredAsk> {
    const found = await seen(tx, actor, id);
    if (!isIn(actor, found)) throw new AppError('forbidden', 'ask.not_yours', 'Only who asked and who was asked write here; ask them yourself.');
    await tickets.hold(tx, found.ticketId);
    return (await lockAsk(tx, id))!;
  }

  const tell = (tx: Tx, actor: Actor, what: 'asked' | 'answered' | 'closed' | 'opened', { id, ticketId }: StoredAsk, personId: string) =>
    emit(tx, actor.workspaceId, { type: `ask.${what}`, ticketId, subjectId: id, actor: { kind: 'person', id: actor.id }, data: { personId }, at: now() });

  const view = async (tx: Tx, id: string): Promise<AskView> => { const [shown] = await shownAsks(tx, { id }, 1, null); if (!shown) throw notFound(); return present(shown); };
  const pageOf = (rows: ShownAsk[], limit: number): Page<AskView> => pageOfRows(rows, limit, (row) => [row.lastAt.toISOString(), row.id], present);
  const after = (cursor: string | undefined) => (cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']));

  /** Whoever was asked answers with it; who asked waits again. */
  async function say(tx: Tx, actor: Actor, ask: StoredAsk, text: string): Promise<string> {
    const [at, id] = [now(), newId()];
    if (await countWords(tx, ask.id) >= MOST_WORDS) throw new AppError('conflict', 'ask.too_long', 'This has become very long; ask anew.');
    await insertWord(tx, actor.workspaceId, { id, askId: ask.id, authorId: actor.id, text, at });
    const isAnswer = actor.id === ask.askedId;
    await saveAsk(tx, { ...ask, answeredAt: isAnswer ? at : null, closedAt: null }, at);
    await tell(tx, actor, isAnswer ? 'answered' : 'asked', ask, isAnswer ? ask.askedBy : ask.askedId);
    return id;
  }

  return {
    ofTicket: (actor: Actor, ticketId: string, { limit, cursor }: Paging): Promise<Page<AskView>> =>
      read(actor, async (tx) => {
        if (!await tickets.find(tx, ticketId)) throw new AppError('not_found', 'ticket.not_found', 'There is no such ticket.');
        return pageOf(await shownAsks(tx, { ticketId, of: can(actor, 'asks.read_all') ? null : actor.id }, limit + 1, after(cursor)), limit);
      }),

    list: (actor: Actor, { list, limit, cursor }: Paging & { list: 'mine' | 'by_me' }): Promise<Page<AskView>> =>
      read(actor, async (tx) => pageOf(await shownAsks(tx, list === 'mine' ? { asked: actor.id } : { by: actor.id }, limit + 1, after(cursor)), limit)),

    count: (actor: Actor) => read(actor, async (tx) => ({ waiting: await countWaitingFor(tx, actor.id, MOST_COUNTED), answered: await countAnsweredTo(tx, actor.id, MOST_COUNTED) })),

    ask: (actor: Actor, ticketId: string, { personId, text }: AskCreate): Promise<AskView> =>
      write(actor, async (tx) => {
        await tickets.hold(tx, ticketId);
        if (personId === actor.id) throw new AppError('invalid', 'ask.oneself', 'Ask somebody else; for yourself there are notes and reminders.');
        await people.requireActive(tx, personId);
        if (await countOnTicket(tx, ticketId, MOST_OF_TICKET) >= MOST_OF_TICKET) throw new AppError('conflict', 'ask.too_many', `A ticket has ${MOST_OF_TICKET} questions at most; go on in one of them.`);
        if (await countWaitingFor(tx, personId, MOST_OF_PERSON) >= MOST_OF_PERSON) throw new AppError('conflict', 'ask.overwhelmed', 'They have not answered very many questions yet; ask somebody else.');
        const ask: StoredAsk = { id: newId(), ticketId, askedBy: actor.id, askedId: personId, answeredAt: null, closedAt: null };
        await insertAsk(tx, actor.workspaceId, ask, now());
        await say(tx, actor, ask, text);
        return view(tx, ask.id);
      }),

    words: (actor: Actor, id: string, { limit, cursor }: Paging): Promise<Page<AskWordView>> =>
      read(actor, async (tx) => {
        await seen(tx, actor, id);
        return pageOfRows(await wordsOf(tx, id, limit + 1, after(cursor)), limit, (row) => [row.at.toISOString(), row.id], presentWord);
      }),

    write: (actor: Actor, id: string, text: string): Promise<AskWordView> =>
      write(actor, async (tx) => {
        const wordId = await say(tx, actor, await own(tx, actor, id), text);
        return presentWord((await wordsOf(tx, id, 1, null, wordId))[0]!);
      }),

    close: (actor: Actor, id: string, closed: boolean): Promise<void> =>
      write(actor, async (tx) => {
        const ask = await own(tx, actor, id);
        const at = now();
        await saveAsk(tx, { ...ask, closedAt: closed ? ask.closedAt ?? at : null }, at);
        await tell(tx, actor, closed ? 'closed' : 'opened', ask, actor.id === ask.askedBy ? ask.askedId : ask.askedBy);
      }),

    subscriptions: followMerges<Tx>({ along: moveAlong, back: moveBack }),
  };
}

const present = ({ id, ticketId, number, subject, askedBy, byName, askedId, askedName, answeredAt, closedAt, snippet, createdAt, lastAt }: ShownAsk): AskView => ({
  id, ticket: { id: ticketId, number, subject }, askedBy: { id: askedBy, name: byName }, asked: { id: askedId, name: askedName }, state: closedAt ? 'closed' : answeredAt ? 'answered' : 'waiting',
  snippet, createdAt: createdAt.toISOString(), lastAt: lastAt.toISOString(),
});
const presentWord = ({ id, authorId, name, text, at }: { id: string; authorId: string; name: string; text: string; at: Date }): AskWordView => ({ id, author: { id: authorId, name }, text, at: at.toISOString() });
