import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { useOne, type Quota } from '../../../platform/db/quota.ts';
import { callTask, callTimes, callWish, timeInWords, type CallTime } from '../core/calls.ts';
import type { CallCreate, CallTimes, MessageView } from '../core/visitor-contract.ts';
import type { Context } from './context.ts';
import { tooFast, type createSessions } from './sessions.ts';
import { latestOf, lineByClient, saveConversation, type AskedCall, type Conversation, type Line } from './store.ts';
import type { createStream } from './stream.ts';
import type { Saying } from './talking.ts';
import { lockVisitor, type Visitor } from './visitor-store.ts';
import type { StoredWidget } from './widget-store.ts';

const CALLS: Quota = { uses: 10, seconds: 3_600 };
/** From one network, whoever asks there: a whole office may sit behind one. */
const NETWORK_CALLS: Quota = { uses: 20, seconds: 86_400 };
/** What is the same of a number however it is dialled: with and without the country before it. */
const OWN_DIGITS = 8;
/** To one number, whoever asks: somebody else's telephone is not made to ring. */
const OF_ONE_NUMBER: Quota = { uses: 3, seconds: 86_400 };
/** Whoever takes the ticket after its time still has a while to call. */
const LATE_MS = 30 * 60_000;

/** Visitors who would rather be called: when that may be, and what becomes of it. */
export function createCalls(context: Context, admit: ReturnType<typeof createSessions>['admit'], say: (tx: Tx, saying: Saying) => Promise<Line>, stream: ReturnType<typeof createStream>) {
  const { db, calendars, now } = context;

  const times = async (tx: Tx, workspaceId: string, { offersCalls, calendarId }: Pick<StoredWidget, 'offersCalls' | 'calendarId'>, at: Date, options?: Parameters<typeof callTimes>[2]): Promise<CallTime[]> =>
    (offersCalls ? callTimes(await calendars.timeFor(tx, workspaceId, calendarId), at, options) : []);

  async function limit(name: string, quota: Quota): Promise<void> {
    const retryAfter = await useOne(db.lookup, `chat call ${name}`, quota);
    if (retryAfter !== null) throw tooFast(retryAfter);
  }

  async function asked(tx: Tx, saying: Saying, phone: string, time: CallTime): Promise<Line> {
    const { visitor, row, widget, given, at } = saying;
    const { workspaceId } = visitor;
    if (row.network !== null) await limit(`from ${workspaceId} ${row.network}`, NETWORK_CALLS);
    await limit(`to ${workspaceId} ${phone.replace(/\D/g, '').slice(-OWN_DIGITS)}`, OF_ONE_NUMBER);
    const language = await context.languageOf(visitor, row);
    const when = timeInWords(time, await context.clocksOf(tx, workspaceId, widget, row.timeZone), language);
    const wish = [callWish({ phone, when }, language), given.text].filter((part) => part !== '').join('\n\n');
    const line = await say(tx, { ...saying, given: { ...given, text: wish, isMessage: true } });
    await stream.append(tx, visitor, { conversationId: line.conversationId, notice: 'call_asked', data: { phone, when }, at });
    const conversation = (await latestOf(tx, visitor))!;
    const call = { phone, from: time.from.toISOString(), to: time.to.toISOString(), entryId: line.entryId! };
    const { assigneeId, teamId } = await context.tickets.current(tx, conversation.ticketId);
    // Nobody has it yet: it is the lead's, who is told when it is missed, until somebody takes the ticket.
    const ownerId = assigneeId ?? (await context.people.whoLeads(tx, teamId))[0]!;
    const id = await promised(context, tx, workspaceId, { ...conversation, call }, ownerId);
    if (assigneeId === null && id !== null) await saveConversation(tx, workspaceId, conversation.id, { call: { ...call, promise: { id, ownerId } } });
    return line;
  }

  return {
    callTimes: (visitor: Visitor): Promise<{ items: { from: string; to: string }[] }> => db.work(visitor.workspaceId, async (tx) => {
      const { visitor: row, widget } = await context.visitor(tx, visitor);
      admit(row);
      return { items: (await times(tx, visitor.workspaceId, widget, now())).map(({ from, to }) => ({ from: from.toISOString(), to: to.toISOString() })) } satisfies CallTimes;
    }),

    /** A message of theirs, and a promise of whoever has the ticket, or will have it. The same `clientId` is the same wish. */
    async askForCall(visitor: Visitor, { clientId, phone, from, text, intake, searched }: CallCreate): Promise<MessageView> {
      await limit(visitor.visitorId, CALLS);
      return db.work(visitor.workspaceId, async (tx) => {
        await lockVisitor(tx, visitor);
        const { visitor: row, widget } = await context.visitor(tx, visitor);
        admit(row);
        const at = now();
        const chosen = (await times(tx, visitor.workspaceId, widget, at, { isChosen: true })).find((one) => one.from.getTime() === Date.parse(from));
        const before = await lineByClient(tx, visitor, clientId);
        if (!before && !chosen) throw new AppError('conflict', 'visitor.call_time_gone', 'Nobody can call at that time any more; ask for the times anew.');
        const line = before ?? await asked(tx, { visitor, row, widget, given: { clientId, text, fileIds: [], intake, searched }, at }, phone, chosen!);
        const [message] = await stream.views(tx, visitor, row, [line]);
        if (!message) throw new AppError('conflict', 'visitor.message_gone', 'This message was taken out.');
        return message;
      }, { repeats: true });
    },
  };
}

type Asked = Pick<Conversation, 'ticketId' | 'visitorId'> & { readonly call: AskedCall };

async function promised(context: Context, tx: Tx, workspaceId: string, { ticketId, visitorId, call }: Asked, ownerId: string): Promise<string | null> {
  const { widget } = await context.whose(tx, { workspaceId, visitorId });
  const [from, to] = [new Date(call.from), new Date(call.to)];
  const language = await context.languageOf({ workspaceId }, { language: null });
  const when = timeInWords({ from, to }, await context.clocksOf(tx, workspaceId, widget, null), language);
  const dueAt = new Date(Math.max(to.getTime(), context.now().getTime() + LATE_MS));
  return context.commitments.promise(tx, workspaceId, { ticketId, entryId: call.entryId, kind: 'callback', what: callTask({ phone: call.phone, when }, language), ownerId, dueAt });
}

/** Somebody has the ticket now: the call is theirs to make. The ticket is locked. */
export async function takeCall(context: Context, tx: Tx, workspaceId: string, { id, ...asked }: Asked & Pick<Conversation, 'id'>, ownerId: string): Promise<void> {
  const { promise } = asked.call;
  if (promise) await context.commitments.giveTo(tx, workspaceId, promise.id, { from: promise.ownerId, to: ownerId });
  else await promised(context, tx, workspaceId, asked, ownerId);
  await saveConversation(tx, workspaceId, id, { call: null });
}
