import type { Now } from '../../../kernel/actor.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Database } from '../../../platform/db/db.ts';
import type { Emit, NewEvent } from '../../../platform/events/events.ts';
import { isLate, type DueWork } from '../../../platform/jobs/due.ts';
import { createHeldBack } from '../../../platform/jobs/held-back.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { dueOf, hasCome, type Ms } from '../core/clock.ts';
import type { Action } from '../core/contract.ts';
import { announced, nextStep, timeOf, type Step } from '../core/policy.ts';
import type { createActing } from './acting.ts';
import type { Keeping } from './keeping.ts';
import type { Page } from './page.ts';
import type { RuleBook } from './rules.ts';
import { dueSheets } from './store.ts';

type Found = { readonly workspaceId: string; readonly ticketId: string; readonly nextAt: Date };
type Due = { readonly page: Page; readonly step: Step; readonly wanted: readonly Action[] };

const isWanted = (step: Step) => ({ at, metric }: Action): boolean => at === step.threshold && (metric === undefined || metric === step.clock.metric);

/**
 * Warns, and says what has broken: once, in the order in which it was due, marked late when it comes late. Whoever works on a
 * ticket at this moment has it locked; it is looked at again half a second later.
 */
export function createAnnouncing({ db, emit, tickets, keeping, ruleBook, acting, machineNow, log }: {
  db: Database; emit: Emit; tickets: Pick<Tickets, 'lockFree'>; keeping: Keeping; ruleBook: RuleBook; acting: ReturnType<typeof createActing>; machineNow: Now; log: Log;
}): DueWork {
  const heldBack = createHeldBack(machineNow);

  /** What has come of these tickets up to `until`, in the order in which it came. */
  function come(pages: readonly Page[], until: Ms): Omit<Due, 'wanted'>[] {
    return pages.flatMap((page) => {
      const steps: Omit<Due, 'wanted'>[] = [];
      for (let step = nextStep(page.sheet, page.rule); step && hasCome(step, until); step = nextStep(page.sheet, page.rule)) {
        steps.push({ page, step });
        page.sheet = announced(page.sheet, step);
      }
      return steps;
    }).sort((a, b) => a.step.at - b.step.at);
  }

  async function announce(workspaceId: string, ticketIds: readonly string[], { now, until, acts }: { now: Date; until: Ms; acts: boolean }): Promise<number> {
    return db.work(workspaceId, async (tx) => {
      const locked = new Map((await tickets.lockFree(tx, ticketIds)).map((ticket) => [ticket.id, ticket]));
      const pages = await keeping.take(tx, workspaceId, ticketIds.filter((id) => locked.has(id)), await ruleBook.of(tx, workspaceId));
      const due = come(pages, until).map((one) => ({ ...one, wanted: one.page.rule?.actions.filter(isWanted(one.step)) ?? [] }));
      await emit(tx, workspaceId, ...due.map((one) => told(one, now)));
      for (const { page, step, wanted } of acts ? due : []) await acting.act(tx, workspaceId, page.ticketId, { step, rule: page.rule, wanted, now });
      return pages.length;
    });
  }

  /** One that cannot be done must not hold up the others, nor keep the truth back: told without acting, else put off. */
  async function alone({ workspaceId, ticketId }: Found, turn: { now: Date; until: Ms }): Promise<number> {
    for (const acts of [true, false]) {
      try {
        const count = await announce(workspaceId, [ticketId], { ...turn, acts });
        heldBack.done(ticketId);
        return count;
      } catch (error) {
        log.error({ err: error, ticketId, acts }, acts ? 'what a service level asks for could not be done' : 'a service level could not be announced; it is tried again');
      }
    }
    heldBack.failed(ticketId);
    return 0;
  }

  return {
    name: 'service levels',
    async handle(now, limit) {
      const ready = heldBack.ready(await dueSheets(db.lookup, now, limit + heldBack.count()), ({ ticketId }) => ticketId).slice(0, limit);
      // What comes after the last of these has its turn with the others of its time.
      const until = ready.length < limit ? now.getTime() : ready.at(-1)!.nextAt.getTime();
      const byWorkspace = Map.groupBy(ready, ({ workspaceId }) => workspaceId);
      let handled = 0;
      for (const [workspaceId, rows] of byWorkspace) {
        try {
          handled += await announce(workspaceId, rows.map(({ ticketId }) => ticketId), { now, until, acts: true });
        } catch {
          for (const row of rows) handled += await alone(row, { now, until });
        }
      }
      return handled;
    },
  };
}

function told({ page: { rule, ticketId }, step: { clock, threshold, at }, wanted }: Due, now: Date): NewEvent {
  const due = dueOf(clock, timeOf(rule));
  return {
    type: threshold === 100 ? 'sla.breached' : 'sla.warned', ticketId, actor: { kind: 'system', id: rule?.id ?? null }, at: now,
    data: {
      metric: clock.metric, round: clock.round, percent: threshold, dueAt: due === null ? null : new Date(due).toISOString(), at: new Date(at).toISOString(),
      late: isLate(new Date(at), now), policyId: rule?.id ?? null, notify: wanted.flatMap((action) => (action.do === 'notify' ? [action.whom] : [])),
    },
  };
}
