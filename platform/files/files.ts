import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { sql } from 'kysely';
import { AppError } from '../../kernel/errors.ts';
import type { Database, Tx } from '../db/db.ts';
import { hashesOnDisk, isHash, placeOf, sizeOnDisk, writeDurably } from './disk.ts';
import { sha256Of } from './slices.ts';

export type StoredFile = { readonly sha256: string; readonly size: number };
export type Files = ReturnType<typeof createFiles>;

/** Up to here a file lives in its row, and one commit makes both durable; above it lives on disk. */
export const IN_ROW_BYTES = 1024 * 1024;
const STATEMENT_BYTES = 8 * 1024 * 1024;
const DRAFT_LIFE_MS = 86_400_000;

/**
 * Files by their content. The same bytes are kept once for each workspace; whoever knows the hash and may open a unit of
 * work in the workspace may read them, so a room guards the thing that the file hangs on, never the hash.
 */
export function createFiles({ dataDir }: { dataDir: string }) {
  const root = join(dataDir, 'files');

  /** Stores all of them, in the order given; small ones share statements. Durable once the unit of work commits. */
  async function putMany(tx: Tx, workspaceId: string, contents: readonly Uint8Array[]): Promise<StoredFile[]> {
    const files = await Promise.all(contents.map(async (bytes) => ({ sha256: await sha256Of(bytes), size: bytes.byteLength, bytes })));
    // One order for everybody: two units of work that put the same files wait for each other instead of locking up.
    const distinct = [...new Map(files.map((file) => [file.sha256, file])).values()].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
    const rows: Row[] = [];
    for (const { sha256, size, bytes } of distinct) {
      if (size > IN_ROW_BYTES) await putOnDisk(tx, sha256, bytes);
      rows.push({ workspace_id: workspaceId, sha256, size, bytes: size > IN_ROW_BYTES ? null : asBuffer(bytes) });
    }
    for (const statement of statementsOf(rows)) {
      await tx.insertInto('blobs').values(statement)
        .onConflict((conflict) => conflict.columns(['workspace_id', 'sha256']).doUpdateSet({ created_at: sql`now()` })).execute();
    }
    return files.map(({ sha256, size }) => ({ sha256, size }));
  }

  async function putOnDisk(tx: Tx, sha256: string, bytes: Uint8Array): Promise<void> {
    // Held until commit, so the sweep cannot take the file away between here and the row.
    await sql`select pg_advisory_xact_lock_shared(${lockOf(sha256)}::bigint)`.execute(tx);
    const path = placeOf(root, sha256);
    if (await sizeOnDisk(path) !== bytes.byteLength) await writeDurably(path, bytes);
  }

  async function find(tx: Tx, workspaceId: string, sha256: string): Promise<{ size: number; bytes: Buffer | null } | null> {
    if (!isHash(sha256)) return null;
    return await tx.selectFrom('blobs').select(['size', 'bytes'])
      .where('workspace_id', '=', workspaceId).where('sha256', '=', sha256).executeTakeFirst() ?? null;
  }

  return {
    putMany,

    /** Content in, address out. Durable once the unit of work commits. */
    async put(tx: Tx, workspaceId: string, bytes: Uint8Array): Promise<StoredFile> {
      const [stored] = await putMany(tx, workspaceId, [bytes]);
      return stored!;
    },

    /** The bytes, checked against their hash; null when this workspace has no such file. */
    async read(tx: Tx, workspaceId: string, sha256: string): Promise<Buffer | null> {
      const found = await find(tx, workspaceId, sha256);
      if (!found) return null;
      const bytes = found.bytes ?? await readOrRefuse(placeOf(root, sha256));
      if (await sha256Of(bytes) !== sha256) throw damaged();
      return bytes;
    },

    /** The same for large files; a damaged one ends in an error before its last bytes, so no reader takes it for whole. */
    async stream(tx: Tx, workspaceId: string, sha256: string): Promise<{ size: number; stream: Readable } | null> {
      const found = await find(tx, workspaceId, sha256);
      if (!found) return null;
      if (found.bytes) {
        if (await sha256Of(found.bytes) !== sha256) throw damaged();
        return { size: found.size, stream: Readable.from([found.bytes]) };
      }
      const path = placeOf(root, sha256);
      if (await sizeOnDisk(path) !== found.size) throw damaged();
      const source = createReadStream(path, { highWaterMark: 256 * 1024 });
      const checked = source.pipe(checking(sha256));
      source.on('error', (error) => checked.destroy(error));
      checked.on('close', () => source.destroy());
      return { size: found.size, stream: checked };
    },

    /** Removes the bytes from the database unless something still names them; `sweepOne` afterwards removes them from the disk. */
    async forget(tx: Tx, workspaceId: string, sha256: string): Promise<void> {
      await sql`
        delete from blobs b where b.workspace_id = ${workspaceId} and b.sha256 = ${sha256}
          and not exists (select 1 from attachments a where a.workspace_id = b.workspace_id and a.sha256 = b.sha256)
          and not exists (select 1 from inbound_messages m where m.workspace_id = b.workspace_id and m.sha256 = b.sha256)
          and not exists (select 1 from imports i where i.workspace_id = b.workspace_id and i.sha256 = b.sha256 and not i.file_dropped)
          and not exists (select 1 from article_pictures p where p.workspace_id = b.workspace_id and p.sha256 = b.sha256)
          and not exists (select 1 from outbox o where o.workspace_id = b.workspace_id and o.state in ('queued', 'sending')
            and o.attachments @> jsonb_build_array(jsonb_build_object('sha256', b.sha256)))`.execute(tx);
    },

    /** After the commit: the file itself, unless a row of any workspace names it. */
    sweepOne: (owner: Database['owner'], sha256: string): Promise<number> => removeUnused(owner, root, sha256),

    /**
     * Compares disk and rows, both ways: removes files that no workspace has a row for, and names the rows whose file is
     * missing or has another size (for people to look at; nothing can be done about them here). Safe beside `put`.
     */
    async sweep(owner: Database['owner'], now: Date): Promise<{ removed: number; missing: string[] }> {
      let removed = 0;
      for await (const sha256 of hashesOnDisk(root, new Date(now.getTime() - DRAFT_LIFE_MS))) {
        removed += await removeUnused(owner, root, sha256);
      }
      return { removed, missing: await missingFiles(owner, root) };
    },
  };
}

type Row = { workspace_id: string; sha256: string; size: number; bytes: Buffer | null };

async function removeUnused(owner: Database['owner'], root: string, sha256: string): Promise<number> {
  const known = (tx: Pick<Tx, 'selectFrom'>) =>
    tx.selectFrom('blobs').select('size').where('sha256', '=', sha256).where('bytes', 'is', null).limit(1).executeTakeFirst();
  if (await known(owner)) return 0;
  return owner.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${lockOf(sha256)}::bigint)`.execute(tx);
    if (await known(tx)) return 0;
    await rm(placeOf(root, sha256), { force: true });
    return 1;
  });
}

async function missingFiles(owner: Database['owner'], root: string): Promise<string[]> {
  const missing: string[] = [];
  let after = '';
  for (;;) {
    const rows = await owner.selectFrom('blobs').select(['sha256', 'size']).where('bytes', 'is', null).where('sha256', '>', after)
      .distinct().orderBy('sha256').limit(500).execute();
    for (const { sha256, size } of rows) if (await sizeOnDisk(placeOf(root, sha256)) !== size) missing.push(sha256);
    if (rows.length < 500) return missing;
    after = rows.at(-1)!.sha256;
  }
}

function statementsOf(rows: readonly Row[]): Row[][] {
  const statements: Row[][] = [];
  let bytes = Infinity;
  for (const row of rows) {
    if (bytes + (row.bytes?.length ?? 0) > STATEMENT_BYTES) {
      statements.push([]);
      bytes = 0;
    }
    statements.at(-1)!.push(row);
    bytes += row.bytes?.length ?? 0;
  }
  return statements;
}

async function readOrRefuse(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw damaged();
    throw error;
  }
}

/** Holds the last chunk back until the hash is known. */
function checking(sha256: string): Transform {
  const hash = createHash('sha256');
  let held: Buffer | null = null;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      if (held) this.push(held);
      held = chunk;
      done();
    },
    flush(done) {
      if (hash.digest('hex') !== sha256) return done(damaged());
      if (held) this.push(held);
      done();
    },
  });
}

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const lockOf = (sha256: string): string => Buffer.from(sha256.slice(0, 16), 'hex').readBigInt64BE().toString();

const damaged = (): AppError =>
  new AppError('unavailable', 'file.damaged', 'This file on the server is missing or damaged; restore it from a backup of the data directory.');
