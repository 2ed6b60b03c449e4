import type { Now } from '../../../../kernel/actor.ts';
import type { Database } from '../../../../platform/db/db.ts';
import { newId } from '../../../../platform/db/ids.ts';
import type { Log } from '../../../../platform/mail/sender.ts';
import { createRounds } from '../rounds.ts';
import type { Runner } from './runner.ts';
import { holdSources, releaseSources, type Held } from './store.ts';

const ROUND_MS = 5_000;
/** A process that died gives its sources free after this. */
const LEASE_MS = 30_000;
const MAX_SOURCES = 200;

type Running = { readonly version: number; readonly abort: AbortController; readonly ended: Promise<void> };

/** Runs every source that no other process runs; one that was changed begins anew. */
export function createKeeper({ db, runner, machineNow, log }: { db: Database; runner: Pick<Runner, 'run'>; machineNow: Now; log: Log }) {
  const owner = newId();
  const running = new Map<string, Running>();

  async function look(): Promise<void> {
    const now = machineNow();
    const held = await holdSources(db.owner, { owner, now, until: new Date(now.getTime() + LEASE_MS), limit: MAX_SOURCES });
    for (const [id, one] of running) if (!held.some((source) => source.id === id && source.version === one.version)) one.abort.abort();
    for (const source of held) if (!running.has(source.id)) begin(source);
  }

  function begin({ workspaceId, id, version }: Held): void {
    const abort = new AbortController();
    const ended = runner.run(workspaceId, id, abort.signal)
      .catch((error: unknown) => { log.warn({ err: error, sourceId: id }, 'a mail source stopped'); })
      .finally(() => { running.delete(id); });
    running.set(id, { version, abort, ended });
  }

  function abortAll(): void {
    for (const { abort } of running.values()) abort.abort();
  }

  const rounds = createRounds({
    everyMs: ROUND_MS, log, failed: 'the mail sources could not be read',
    act: () => look().catch((error: unknown) => {
      // Whoever cannot renew the lease must not go on: another process will.
      abortAll();
      throw error;
    }),
  });

  return {
    start: rounds.start,

    /** Something was changed: looks at once, if it runs. */
    poke: rounds.soon,

    async stop(): Promise<void> {
      if (!await rounds.stop()) return;
      abortAll();
      await Promise.all([...running.values()].map(({ ended }) => ended));
      await releaseSources(db.owner, owner);
    },
  };
}
