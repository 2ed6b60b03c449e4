import type { Actor } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { ExpectedWaitView } from '../core/contract.ts';
import { expectedReply, expectedWait, isInside, perPlace, REPLY_FORMULA, trendOf, WAIT_FORMULA, type Range } from '../core/expected-wait.ts';
import { rangeInWords } from '../core/words.ts';
import { rankAt } from '../core/turn.ts';
import type { createAgents } from './agents.ts';
import type { Context } from './context.ts';
import { peopleIn } from './giving.ts';
import type { createQueues } from './queues.ts';
import { hoursOf } from './queue-hours.ts';
import type { StoredQueue } from './queue-store.ts';
import { latestReplies, latestWaits, saveExpected, unexpectedIn } from './wait-store.ts';
import { aheadOf } from './waiting-store.ts';

const AT_ONCE = 100;

/** How long it will take, and how right that was so far. */
export function createExpecting(context: Context, { present }: Pick<ReturnType<typeof createAgents>, 'present'>, { required }: Pick<ReturnType<typeof createQueues>, 'required'>) {
  const { db, calendars, now } = context;

  /** By the clock on the wall: in so much working time from now. */
  async function moments(tx: Tx, workspaceId: string, queue: StoredQueue, { lowSeconds, highSeconds }: Range): Promise<{ from: string | null; to: string | null }> {
    const time = await hoursOf(calendars, tx, workspaceId, queue);
    const at = (seconds: number) => time.add(now(), seconds)?.due.toISOString() ?? null;
    return { from: at(lowSeconds), to: at(highSeconds) };
  }

  return {
    expectedWait: (actor: Actor, queueId: string): Promise<ExpectedWaitView> =>
      context.work(actor, 'routing.read', async (tx) => {
        const queue = await required(tx, queueId);
        const at = now();
        const [past, replies, language] = [await latestWaits(tx, queueId), await latestReplies(tx, queueId), await context.languageOf(tx, actor)];
        const ahead = await aheadOf(tx, queueId, { rankAt: new Date(rankAt(at.getTime(), { priority: 'normal', queueHeadStartSeconds: queue.headStartSeconds })), since: at, number: Number.MAX_SAFE_INTEGER });
        const agents = await present(tx, (await context.settingsIn(tx)).settings, at, { thereOnly: true });
        const [wait, reply] = [expectedWait(past, ahead), expectedReply(replies.map(({ seconds }) => seconds))];
        const [waits, answers] = [accuracyOf(past.map(({ waitedSeconds, ...said }) => ({ ...said, seconds: waitedSeconds }))), accuracyOf(replies)];
        const say = async (range: Range | null, formula: string, inputs: Record<string, number>, accuracy: { checked: number; inside: number }, latest: readonly number[]) => (range === null ? null : {
          ...range, ...await moments(tx, actor.workspaceId, queue, range), formula, inputs, accuracy, trend: trendOf(latest), text: rangeInWords(range.lowSeconds, range.highSeconds, language),
        });
        return {
          waiting: ahead, present: peopleIn(queue, agents, at, at),
          wait: await say(wait, WAIT_FORMULA, { ahead, tickets: past.length }, waits, past.map(perPlace)),
          reply: await say(reply, REPLY_FORMULA, { answers: replies.length }, answers, replies.map(({ seconds }) => seconds)),
        };
      }),

    /** For each ticket that has just come: what is expected of it now, to be compared with what it will have been. */
    expect: (workspaceId: string, queueId: string): Promise<void> => db.work(workspaceId, async (tx) => {
      const rows = await unexpectedIn(tx, queueId, AT_ONCE);
      const [past, reply] = [await latestWaits(tx, queueId), expectedReply((await latestReplies(tx, queueId)).map(({ seconds }) => seconds))];
      const expected = [];
      for (const row of rows) {
        const ahead = await aheadOf(tx, queueId, row);
        const range = expectedWait(past, ahead);
        expected.push({ ticketId: row.ticketId, ahead, low: range?.lowSeconds ?? null, high: range?.highSeconds ?? null });
      }
      await saveExpected(tx, expected, reply);
    }),
  };
}

/** What was said when each came, against what came of it. */
function accuracyOf(said: readonly { readonly seconds: number; readonly low: number | null; readonly high: number | null }[]): { checked: number; inside: number } {
  const judged = said.flatMap(({ seconds, low, high }) => (low === null || high === null ? [] : [isInside({ lowSeconds: low, highSeconds: high }, seconds)]));
  return { checked: judged.length, inside: judged.filter(Boolean).length };
}
