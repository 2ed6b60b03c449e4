import type { Now } from '../../../kernel/actor.ts';
import type { Log } from '../../../kernel/log.ts';
import { askedBy } from '../../../platform/audit/asking.ts';
import { afterCommit, type Database, type Tx } from '../../../platform/db/db.ts';
import type { Emit } from '../../../platform/events/events.ts';
import type { Files } from '../../../platform/files/files.ts';
import type { DueWork } from '../../../platform/jobs/due.ts';
import type { Companies } from '../../companies/server/companies.ts';
import type { Customers } from '../../customers/server/customers.ts';
import { callingsOf, type TableField } from '../../fields/core/cells.ts';
import type { Fields } from '../../fields/server/fields.ts';
import type { People } from '../../people/server/people.ts';
import type { ImportKind } from '../core/contract.ts';
import { rowAt } from '../core/table.ts';
import { decode } from './encoding.ts';
import { moveRow, takeBackRow, type Moved } from './moving.ts';
import { claimImport, importsToDrop, insertRows, rowsToUndo, saveImport, settleRow, workingImports, type ImportRecord, type Outcome, type RowRecord } from './store.ts';

/** In one transaction: what a crash undoes, and what others may have to wait for. */
const AT_ONCE = 50;
/** For so long somebody may fetch the rows that failed. */
const KEPT_MS = 7 * 86_400_000;
export const MOST_ROWS = 200_000;

/** What moves mail; another file of this room. */
export type MailStep = (tx: Tx, workspaceId: string, one: ImportRecord) => Promise<{ rows: Moved[]; place: number; isOver: boolean } | null>;
export type MailBack = (tx: Tx, workspaceId: string, subjectId: string, outcome: 'created' | 'updated') => Promise<'undone' | 'kept'>;

/** Each row has become a record and each message an entry of its own: kept besides, they would outlive what is redacted or erased there. */
export async function dropFiles(tx: Tx, { db, files, log }: { db: Database; files: Pick<Files, 'forget' | 'sweepOne'>; log: Log }, workspaceId: string, hashes: readonly string[]): Promise<void> {
  for (const sha256 of hashes) await files.forget(tx, workspaceId, sha256);
  afterCommit(() => {
    for (const sha256 of hashes) files.sweepOne(db.owner, sha256).catch((error: unknown) => { log.warn({ err: error }, 'the file of an import is removed by the nightly sweep'); });
  });
}

/** The workspace's own fields that a table can bring; who works here stands in it by address or name. */
export async function ownFieldsOf(tx: Tx, kind: ImportKind, { fields, people }: { fields: Pick<Fields, 'definitions'>; people: Pick<People, 'colleagues'> }): Promise<readonly TableField[]> {
  const own = kind === 'mail' ? [] : (await fields.definitions(tx, kind === 'customers' ? 'customer' : 'company')).filter(({ active }) => active);
  if (!own.some(({ type }) => type === 'person')) return own;
  const callings = callingsOf(await people.colleagues(tx));
  return own.map((field) => (field.type === 'person' ? { ...field, people: callings } : field));
}

/** Goes on with what was begun, some rows at a time, each time where the last transaction ended: a process may die in between. */
export function createWorking({ db, now, emit, files, fields, people, customers, companies, mail, log }: {
  db: Database; now: Now; emit: Emit; files: Pick<Files, 'read' | 'forget' | 'sweepOne'>; fields: Pick<Fields, 'definitions'>; people: Pick<People, 'colleagues'>; customers: Customers; companies: Companies;
  mail: { step: MailStep; takeBack: MailBack }; log: Log;
}): { due: DueWork; textOf: (tx: Tx, workspaceId: string, one: ImportRecord) => Promise<string | null> } {
  /** The table that is being read: the others wait on the disk. */
  let open: { key: string; text: string } | null = null;

  async function textOf(tx: Tx, workspaceId: string, one: ImportRecord): Promise<string | null> {
    const key = `${workspaceId} ${one.sha256} ${one.options.encoding}`;
    if (open?.key === key) return open.text;
    const bytes = await files.read(tx, workspaceId, one.sha256);
    if (!bytes) return null;
    open = { key, text: decode(bytes, one.options.encoding) };
    return open.text;
  }

  async function tableStep(tx: Tx, workspaceId: string, one: ImportRecord): Promise<{ rows: Moved[]; place: number; isOver: boolean } | null> {
    const text = await textOf(tx, workspaceId, one);
    if (text === null) return null;
    const around = { tx, workspaceId, one, definitions: await ownFieldsOf(tx, one.kind, { fields, people }), at: now() };
    let place = one.place > 0 ? one.place : rowAt(text, one.options.separator, 0)?.next ?? text.length;
    const rows: Moved[] = [];
    while (rows.length < AT_ONCE) {
      const row = rowAt(text, one.options.separator, place);
      if (!row) return { rows, place: text.length, isOver: true };
      rows.push(await moveRow(around, row.cells, { customers, companies }));
      place = row.next;
    }
    return { rows, place, isOver: false };
  }

  async function forward(tx: Tx, workspaceId: string, one: ImportRecord): Promise<ImportRecord> {
    const step = await (one.kind === 'mail' ? mail.step(tx, workspaceId, one) : tableStep(tx, workspaceId, one));
    if (!step) return { ...one, state: 'failed', error: 'The file is missing; upload it again.', endedAt: now() };
    const rows: RowRecord[] = step.rows.map((row, i) => ({ ...row, number: one.rows + i + 1 }));
    await insertRows(tx, workspaceId, one.id, rows.filter(({ outcome }) => outcome !== 'same'));
    const count = (outcome: Outcome): number => rows.filter((row) => row.outcome === outcome).length;
    const after = {
      ...one, place: step.place, rows: one.rows + rows.length, created: one.created + count('created'), updated: one.updated + count('updated'), same: one.same + count('same'), failed: one.failed + count('failed'),
    };
    if (step.isOver) return { ...after, state: one.state === 'checking' ? 'checked' : 'done', endedAt: now() };
    return after.rows >= MOST_ROWS ? { ...after, state: 'failed', error: `A file has ${MOST_ROWS} rows at most; part it.`, endedAt: now() } : after;
  }

  async function backward(tx: Tx, workspaceId: string, one: ImportRecord): Promise<ImportRecord> {
    const rows = await rowsToUndo(tx, workspaceId, one.id, AT_ONCE);
    let undone = 0;
    for (const { number, outcome, subjectId, change } of rows) {
      const row = { subjectId: subjectId!, outcome: outcome as 'created' | 'updated', change };
      const how = one.kind === 'mail' ? await mail.takeBack(tx, workspaceId, row.subjectId, row.outcome) : await takeBackRow({ tx, workspaceId, one, at: now() }, row, { customers, companies });
      await settleRow(tx, workspaceId, one.id, number, how);
      undone += Number(how === 'undone');
    }
    const after = { ...one, undone: one.undone + undone, kept: one.kept + rows.length - undone };
    return rows.length < AT_ONCE ? { ...after, state: 'undone', endedAt: now() } : after;
  }

  /** What is over needs its file no longer, unless rows of it failed. */
  async function settle(tx: Tx, workspaceId: string, one: ImportRecord): Promise<void> {
    const isOver = one.state === 'done' || one.state === 'undone' || one.state === 'failed';
    if (!isOver || one.fileDropped) return saveImport(tx, workspaceId, one);
    if (one.kind !== 'mail' && one.failed > 0) return saveImport(tx, workspaceId, { ...one, dropAt: one.dropAt ?? new Date(now().getTime() + KEPT_MS) });
    await saveImport(tx, workspaceId, { ...one, fileDropped: true });
    await dropFiles(tx, { db, files, log }, workspaceId, [one.sha256]);
  }

  async function drop(workspaceId: string, id: string): Promise<void> {
    await db.work(workspaceId, async (tx) => {
      const one = await claimImport(tx, workspaceId, id);
      if (!one || one.fileDropped || one.dropAt === null || one.dropAt > now()) return;
      open = null;
      await saveImport(tx, workspaceId, { ...one, fileDropped: true });
      await dropFiles(tx, { db, files, log }, workspaceId, [one.sha256]);
    });
  }

  /** True: there is more of it. */
  async function goOn(workspaceId: string, id: string): Promise<boolean> {
    return db.work(workspaceId, async (tx) => {
      const one = await claimImport(tx, workspaceId, id);
      if (!one || !['checking', 'running', 'undoing'].includes(one.state)) return false;
      const after = await askedBy({ actor: one.createdBy, token: null, address: '', operation: 'import', request: id }, () => (one.state === 'undoing' ? backward : forward)(tx, workspaceId, one));
      await settle(tx, workspaceId, after);
      await emit(tx, workspaceId, { type: 'import.changed', subjectId: id, actor: { kind: 'person', id: one.createdBy }, data: { state: after.state, rows: after.rows }, at: now() });
      if (after.state !== one.state) {
        open = null;
        log.info({ importId: id, state: after.state, rows: after.rows }, 'an import has come to an end');
      }
      return after.state === one.state;
    });
  }

  return {
    textOf,
    due: {
      name: 'imports',
      async handle(at, limit) {
        for (const { workspaceId, id } of await importsToDrop(db.owner, at, limit)) await drop(workspaceId, id);
        let more = false;
        for (const { workspaceId, id } of await workingImports(db.owner, limit)) more = await goOn(workspaceId, id) || more;
        return more ? limit : 0;
      },
    },
  };
}
