import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { useOne } from '../../../platform/db/quota.ts';
import { countAlone, looseBytes } from './entries-store.ts';

const MB = 1024 * 1024;
/** Of files that hang on nothing yet, within a day. */
const LOOSE_OF_PERSON = 1_000 * MB;
const LOOSE_OF_WORKSPACE = 10_000 * MB;
/** So near to its end, those of a workspace are counted one after the other. */
const NEAR = 1_000 * MB;
const DAY_MS = 86_400_000;
const EXPORTS_OF_PERSON = { uses: 20, seconds: DAY_MS / 1000 };
const EXPORTS_OF_WORKSPACE = { uses: 100, seconds: DAY_MS / 1000 };

/** Refuses an upload that would fill the disk with files that nobody sends; those that come at the same moment count too. */
export async function demandRoomFor(tx: Tx, actor: Actor, size: number, at: Date): Promise<void> {
  const since = new Date(at.getTime() - DAY_MS);
  const used = (of: string | null): Promise<number> => looseBytes(tx, actor.workspaceId, since, of);
  await countAlone(tx, actor.id);
  const person = await used(actor.id);
  let workspace = await used(null);
  if (workspace + size > LOOSE_OF_WORKSPACE - NEAR) {
    await countAlone(tx, actor.workspaceId);
    workspace = await used(null);
  }
  if (person + size > LOOSE_OF_PERSON) throw tooMuch(`You have uploaded ${LOOSE_OF_PERSON / MB} MB of files today that were not sent yet; send them, or go on tomorrow.`);
  if (workspace + size > LOOSE_OF_WORKSPACE) throw tooMuch(`${LOOSE_OF_WORKSPACE / MB} MB of files were uploaded here today that were not sent yet; send them, or go on tomorrow.`);
}

const tooMuch = (detail: string): AppError => new AppError('rate_limited', 'upload.too_much_today', detail, { retryAfter: 3_600 });

/** Whole lists leave the house so many times a day; whoever wants more than that asks the API for its pages. */
export async function countExport(db: Pick<Database, 'lookup'>, { id, workspaceId }: Actor): Promise<void> {
  const retryAfter = await useOne(db.lookup, `export/person/${id}`, EXPORTS_OF_PERSON) ?? await useOne(db.lookup, `export/workspace/${workspaceId}`, EXPORTS_OF_WORKSPACE);
  if (retryAfter === null) return;
  throw new AppError('rate_limited', 'export.too_many_today', `Lists can be saved ${EXPORTS_OF_PERSON.uses} times a day by one person and ${EXPORTS_OF_WORKSPACE.uses} times in a workspace; go on tomorrow.`, { retryAfter });
}
