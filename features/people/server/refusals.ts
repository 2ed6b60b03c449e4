import type { Log } from '../../../kernel/log.ts';
import { askedBy, askingNow } from '../../../platform/audit/asking.ts';
import { addAuditLine } from '../../../platform/audit/lines.ts';
import { outsideWork, type Database } from '../../../platform/db/db.ts';

/** More at once are not told apart any more. */
const MOST = 100;

export type Refusals = ReturnType<typeof createRefusals>;

/** Tries that failed, for the audit. Nobody waits for the writing: how long an answer takes says nothing about who exists. */
export function createRefusals({ db, log }: { db: Database; log: { readonly error: Log['error'] } }) {
  const pending = new Set<Promise<void>>();
  return {
    note(workspaceId: string, personId: string, step: 'password' | 'second_step' | 'step_up'): void {
      if (pending.size >= MOST) return;
      const who = askingNow();
      const write = (): Promise<void> => db.work(workspaceId, (tx) => addAuditLine(tx, workspaceId, { action: 'refused', kind: 'session', thing: personId, changes: { step: [null, step] } }));
      // A unit of work that refuses is rolled back.
      const work = outsideWork(() => (who ? askedBy(who, write) : write()))
        .catch((err: unknown) => { log.error({ err }, 'a failed sign-in could not be recorded'); }).then(() => { pending.delete(work); });
      pending.add(work);
    },
    settled: async (): Promise<void> => { await Promise.all(pending); },
  };
}
