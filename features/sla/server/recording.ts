import type { Tx } from '../../../platform/db/db.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Clock } from '../core/clock.ts';
import { timeOf } from '../core/policy.ts';
import { decidedOn, keyOf, newlyDecided, outcomeOf } from '../core/results.ts';
import type { Page } from './page.ts';
import { deleteResults, keepResults, saveResults, type ResultToSave } from './results-store.ts';

/** Writes down what has come of promises, with the clocks that say so. */
export function createRecording({ tickets }: { tickets: Pick<Tickets, 'current'> }) {
  async function outcomes(tx: Tx, { ticketId, rule, ended, personId }: Page, clocks: readonly Clock[]): Promise<ResultToSave[]> {
    if (clocks.length === 0) return [];
    const { teamId, assigneeId } = await tickets.current(tx, ticketId);
    return clocks.flatMap((clock) => {
      const known = ended.get(keyOf(clock));
      const by = known ? known.rule : rule;
      const outcome = outcomeOf(clock, timeOf(by));
      return outcome ? [{ ...outcome, ticketId, policyId: by?.id ?? null, teamId, personId: clock.end?.by === 'reply' ? personId ?? assigneeId : assigneeId }] : [];
    });
  }

  /** The log does not say which promise held when: of rounds that are over, only those count that counted before. */
  async function rewrite(tx: Tx, workspaceId: string, page: Page, history: readonly Clock[]): Promise<void> {
    const there = new Set(page.sheet.clocks.map(keyOf));
    const [now, past] = [await outcomes(tx, page, [...decidedOn(page.sheet).values()]), await outcomes(tx, page, history.filter((clock) => !there.has(keyOf(clock))))];
    const counted = new Set((await keepResults(tx, workspaceId, page.ticketId, [...now, ...past])).map(keyOf));
    await saveResults(tx, workspaceId, [...now, ...past.filter((outcome) => counted.has(keyOf(outcome)))], { ifNew: true });
  }

  return {
    async record(tx: Tx, workspaceId: string, pages: readonly Page[]): Promise<void> {
      const decided: ResultToSave[] = [];
      const undone: Parameters<typeof deleteResults>[2][number][] = [];
      for (const page of pages) {
        if (page.history) {
          await rewrite(tx, workspaceId, page, page.history);
        }
        const changed = newlyDecided(page.saved, page.sheet, [...page.ended.values()].map(({ clock }) => clock));
        undone.push(...(page.history ? [] : changed.undone).map((key) => ({ ...key, ticketId: page.ticketId })));
        decided.push(...await outcomes(tx, page, changed.decided));
        Object.assign(page, { saved: page.sheet, ended: new Map(), history: null } satisfies Partial<Page>);
      }
      await deleteResults(tx, workspaceId, undone);
      await saveResults(tx, workspaceId, decided);
    },
  };
}
