import { sql } from 'kysely';
import type { Log } from '../../kernel/log.ts';
import type { Database, Tx } from '../db/db.ts';
import type { Files } from '../files/files.ts';
import { createAlone } from '../jobs/alone.ts';

const [KILL_AFTER_MS, HEAP_MB] = [20_000, 256];
const [MOST_WAITING, MOST_OF_ONE] = [48, 16];
/** Larger files are not looked at. */
export const MOST_HEIC_BYTES = 30 * 1024 * 1024;
/** What costs its thread each time is let be; once or twice it may have been the machine. */
const MOST_TRIES = 3;

export type Previews = ReturnType<typeof createPreviews>;
type Which = { readonly workspaceId: string; readonly sha256: string };

/** What files look like that browsers cannot draw (HEIC). Whoever may read the file may see it: that is the caller's to know. */
export function createPreviews({ db, files, log, killAfterMs = KILL_AFTER_MS }: { db: Pick<Database, 'work'>; files: Pick<Files, 'read'>; log: Log; killAfterMs?: number }) {
  const decoder = createAlone<{ readonly bytes: Uint8Array }, Uint8Array>({ script: new URL('./heic-worker.ts', import.meta.url), heapMb: HEAP_MB, killAfterMs, mostWaiting: MOST_WAITING, mostOfOne: MOST_OF_ONE });
  const underway = new Map<string, Promise<Buffer | null | 'busy'>>();

  const known = async (tx: Tx, { workspaceId, sha256 }: Which) =>
    tx.selectFrom('file_previews').select(['bytes', 'tries']).where('workspace_id', '=', workspaceId).where('sha256', '=', sha256).executeTakeFirst();

  /** The bytes to look at; that it was begun is written down before. */
  const begin = (which: Which) => db.work(which.workspaceId, async (tx) => {
    const bytes = await files.read(tx, which.workspaceId, which.sha256);
    if (!bytes) throw new Error('the file has gone meanwhile');
    await sql`insert into file_previews (workspace_id, sha256, tries) values (${which.workspaceId}, ${which.sha256}, 1)
      on conflict (workspace_id, sha256) do update set tries = file_previews.tries + 1`.execute(tx);
    return { bytes: new Uint8Array(bytes) };
  });

  async function make(which: Which, whose: string): Promise<Buffer | null | 'busy'> {
    const made = await decoder.run(whose, () => begin(which));
    if (made === 'busy' || made === null) return made;
    const bytes = Buffer.from(made);
    await db.work(which.workspaceId, async (tx) => {
      await tx.updateTable('file_previews').set({ bytes }).where('workspace_id', '=', which.workspaceId).where('sha256', '=', which.sha256).execute();
    });
    return bytes;
  }

  return {
    /** A JPEG; null: it cannot be shown; 'busy': come again. `whose`: of one person only some wait at a time. */
    async of({ workspaceId, sha256, size }: Which & { readonly size: number }, whose: string): Promise<Buffer | null | 'busy'> {
      if (size > MOST_HEIC_BYTES) return null;
      const before = await db.work(workspaceId, (tx) => known(tx, { workspaceId, sha256 }));
      if (before?.bytes || (before?.tries ?? 0) >= MOST_TRIES) return before?.bytes ?? null;
      const key = `${workspaceId} ${sha256}`;
      const making = underway.get(key) ?? make({ workspaceId, sha256 }, whose).catch((error: unknown) => {
        log.warn({ err: error, sha256 }, 'a picture could not be made ready to be seen');
        return null;
      }).finally(() => underway.delete(key));
      underway.set(key, making);
      return making;
    },

    close: decoder.close,
  };
}
