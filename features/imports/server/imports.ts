import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit } from '../../../platform/events/events.ts';
import type { Files } from '../../../platform/files/files.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import type { Companies } from '../../companies/server/companies.ts';
import type { Customers } from '../../customers/server/customers.ts';
import type { Fields } from '../../fields/server/fields.ts';
import { demand } from '../../people/core/permissions.ts';
import type { People } from '../../people/server/people.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { MOST_BYTES, PREVIEW_ROWS, type ImportKind, type ImportOptions, type ImportPatch, type ImportPreview, type ImportView } from '../core/contract.ts';
import { likelyMapping, OWN, readCompany, readCustomer, TARGETS, type TableKind } from '../core/mapping.ts';
import { rowAt, separatorOf } from '../core/table.ts';
import { decode, encodingOf } from './encoding.ts';
import { deleteRows, dropBy, endStopped, failedRows, findImport, importPage, insertImport, lockImport, saveImport, type ImportRecord } from './store.ts';
import { createWorking, dropFiles, ownFieldsOf, type MailBack, type MailStep } from './working.ts';

export type Imports = ReturnType<typeof createImports>;
type Upload = { readonly kind: ImportKind; readonly name: string; readonly mailbox?: string | undefined; readonly path?: string | undefined };

const AT_ONCE = 500;
const NOTHING = { place: 0, rows: 0, created: 0, updated: 0, same: 0, failed: 0, undone: 0, kept: 0, error: null, endedAt: null, fileDropped: false, dropAt: null } as const;
/** Whoever fetched the rows that failed may want them once more. */
const AFTER_FETCH_MS = 3_600_000;
const REDACTED = 'Something was redacted from mail that this file had brought in, and the file went with it; upload what is missing.';
const notNow = (detail: string): AppError => new AppError('conflict', 'import.not_now', detail);

/**
 * The front door of moving in: files from elsewhere become customers, companies and the mail of before, some rows at a time, and can be
 * taken back. Tells `import.changed`; hears of redactions.
 */
export function createImports({ db, now, emit, files, fields, people, customers, companies, tickets, mail, log }: {
  db: Database; now: Now; emit: Emit; files: Pick<Files, 'put' | 'read' | 'forget' | 'sweepOne'>; fields: Pick<Fields, 'definitions'>; people: Pick<People, 'peopleByIds' | 'colleagues'>; customers: Customers; companies: Companies;
  tickets: Pick<Tickets, 'onRedacted'>; mail: { step: MailStep; takeBack: MailBack; mailbox: (tx: Tx, workspaceId: string, id: string) => Promise<boolean>; fromServer: (path: string) => Promise<Buffer>; demandMbox: (bytes: Buffer) => void }; log: Log;
}) {
  const { due, textOf } = createWorking({ db, now, emit, files, fields, people, customers, companies, mail, log });
  tickets.onRedacted(async (tx, workspaceId, { ticketIds }) => { await dropFiles(tx, { db, files, log }, workspaceId, await endStopped(tx, workspaceId, ticketIds, { error: REDACTED, at: now() })); });
  const work = <T>(actor: Actor, act: (tx: Tx, workspaceId: string) => Promise<T>): Promise<T> => {
    demand(actor, 'imports.manage');
    return db.work(actor.workspaceId, (tx) => act(tx, actor.workspaceId));
  };
  async function access(tx: Tx, workspaceId: string, id: string, find: typeof findImport = lockImport): Promise<ImportRecord> {
    const one = await find(tx, workspaceId, id);
    if (!one) throw new AppError('not_found', 'import.not_found', 'There is no such import.');
    return one;
  }
  async function views(tx: Tx, records: readonly ImportRecord[]): Promise<ImportView[]> {
    const persons = await people.peopleByIds(tx, records.map(({ createdBy }) => createdBy));
    return records.map(({ sha256: _sha256, fileDropped: _fileDropped, dropAt: _dropAt, place, length, createdBy, createdAt, endedAt, ...one }) => ({
      ...one, progress: progressOf({ ...one, place, length }), createdBy: { id: createdBy, name: persons.get(createdBy)?.name ?? '' }, createdAt: createdAt.toISOString(), endedAt: endedAt?.toISOString() ?? null,
    }));
  }
  const definitionsOf = (tx: Tx, kind: ImportKind) => ownFieldsOf(tx, kind, { fields, people });

  async function changed(tx: Tx, actor: Actor, after: ImportRecord): Promise<ImportView> {
    await saveImport(tx, actor.workspaceId, after);
    await emit(tx, actor.workspaceId, { type: 'import.changed', subjectId: after.id, actor: { kind: 'person', id: actor.id }, data: { state: after.state, rows: after.rows }, at: now() });
    return (await views(tx, [after]))[0]!;
  }

  async function optionsFor(tx: Tx, workspaceId: string, { kind, mailbox }: Upload, bytes: Buffer): Promise<{ options: ImportOptions; length: number }> {
    const plain = { encoding: 'utf-8', separator: ',', mapping: [], overwrite: false, mailboxId: null } as const;
    if (kind === 'mail') {
      mail.demandMbox(bytes);
      if (mailbox === undefined || !await mail.mailbox(tx, workspaceId, mailbox)) throw new AppError('invalid', 'import.no_mailbox', 'Say into which mailbox of ours the mail comes.');
      return { options: { ...plain, mapping: [], mailboxId: mailbox }, length: bytes.length };
    }
    const encoding = encodingOf(bytes);
    const text = decode(bytes, encoding);
    const separator = separatorOf(text.slice(0, 200_000));
    const heads = rowAt(text, separator, 0)?.cells ?? [];
    if (heads.length === 0) throw new AppError('invalid', 'import.empty', 'The file is empty.');
    return { options: { ...plain, encoding, separator, mapping: likelyMapping(kind, heads, await definitionsOf(tx, kind)) }, length: text.length };
  }

  return {
    due,

    list: (actor: Actor, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<ImportView>> => work(actor, async (tx, workspaceId) => {
      const rows = await importPage(tx, workspaceId, limit + 1, cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']));
      const page = pageOfRows(rows, limit, (row) => [row.createdAt.toISOString(), row.id], (row) => row);
      return { items: await views(tx, page.items), nextCursor: page.nextCursor };
    }),

    get: (actor: Actor, id: string): Promise<ImportView> => work(actor, async (tx, workspaceId) => (await views(tx, [await access(tx, workspaceId, id, findImport)]))[0]!),

    /** Keeps the file and says how it would be read; nothing moves yet. */
    async upload(actor: Actor, given: Upload, sent: Buffer): Promise<ImportView> {
      demand(actor, 'imports.manage');
      const bytes = given.path === undefined ? sent : await mail.fromServer(given.path);
      if (bytes.length === 0) throw new AppError('invalid', 'import.empty', 'Send the file as the body, with Content-Type application/octet-stream.');
      if (given.path === undefined && bytes.length > MOST_BYTES[given.kind]) throw new AppError('too_large', 'import.too_large', `A file of this kind has ${MOST_BYTES[given.kind]} bytes at most; part it.`);
      return work(actor, async (tx, workspaceId) => {
        const { options, length } = await optionsFor(tx, workspaceId, given, bytes);
        const { sha256, size } = await files.put(tx, workspaceId, bytes);
        const one: ImportRecord = { id: newId(), kind: given.kind, state: 'ready', fileName: given.name, sha256, size, options, length, createdBy: actor.id, createdAt: now(), ...NOTHING };
        await insertImport(tx, workspaceId, one);
        return (await views(tx, [one]))[0]!;
      });
    },

    /** How the file is read, before it runs. */
    change: (actor: Actor, id: string, patch: ImportPatch): Promise<ImportView> => work(actor, async (tx, workspaceId) => {
      const one = await access(tx, workspaceId, id);
      if (one.state !== 'ready' && one.state !== 'checked') throw notNow('How a file is read is settled before it runs.');
      const options = { ...one.options, ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) } as ImportOptions;
      if (one.kind === 'mail') return changed(tx, actor, { ...one, ...NOTHING, options: { ...one.options, overwrite: options.overwrite } });
      await demandMapping(tx, one.kind, options);
      const text = await textOf(tx, workspaceId, { ...one, options }) ?? '';
      const mapping = patch.mapping ?? await mappingAfter(tx, one.kind, one.options, options, text);
      await deleteRows(tx, workspaceId, id);
      return changed(tx, actor, { ...one, ...NOTHING, state: 'ready', options: { ...options, mapping }, length: text.length });
    }),

    preview: (actor: Actor, id: string): Promise<ImportPreview> => work(actor, async (tx, workspaceId) => {
      const one = await access(tx, workspaceId, id, findImport);
      if (one.kind === 'mail') return { heads: [], targets: [], rows: [] };
      const { kind } = one;
      const text = await textOf(tx, workspaceId, one) ?? '';
      const definitions = await definitionsOf(tx, kind);
      const head = rowAt(text, one.options.separator, 0);
      const rows: ImportPreview['rows'] = [];
      for (let row = rowAt(text, one.options.separator, head?.next ?? text.length); row && rows.length < PREVIEW_ROWS; row = rowAt(text, one.options.separator, row.next)) {
        const read = kind === 'customers' ? readCustomer(one.options.mapping, row.cells, definitions) : readCompany(one.options.mapping, row.cells, definitions);
        rows.push({ cells: row.cells.map((cell) => cell.slice(0, 200)), fault: 'fault' in read ? read.fault : null });
      }
      const own = definitions.map(({ key, names }) => ({ id: OWN + key, name: names.en ?? Object.values(names)[0] ?? key }));
      return { heads: [...head?.cells ?? []], targets: [...TARGETS[kind].map((target) => ({ id: target, name: null })), ...own], rows };
    }),

    /** `check`: looks at every row and changes nothing. */
    run: (actor: Actor, id: string, { check }: { check: boolean }): Promise<ImportView> => work(actor, async (tx, workspaceId) => {
      const one = await access(tx, workspaceId, id);
      const goesOn = one.state === 'stopped' && !check;
      if (!goesOn && one.state !== 'ready' && one.state !== 'checked') throw notNow('This file has been brought in already; upload it again, and what is known already is left as it is.');
      if (check && one.kind === 'mail') throw notNow('Mail is not checked beforehand; bring it in, and take it back if it is not what you meant.');
      if (one.kind !== 'mail') await demandMapping(tx, one.kind, one.options);
      if (!goesOn) await deleteRows(tx, workspaceId, id);
      return changed(tx, actor, { ...one, ...(!goesOn && NOTHING), endedAt: null, state: check ? 'checking' : 'running' });
    }),

    stop: (actor: Actor, id: string): Promise<ImportView> => work(actor, async (tx, workspaceId) => {
      const one = await access(tx, workspaceId, id);
      if (one.state !== 'running' && one.state !== 'checking') throw notNow('Nothing is under way.');
      return changed(tx, actor, { ...one, ...(one.state === 'checking' && NOTHING), state: one.state === 'checking' ? 'ready' : 'stopped' });
    }),

    undo: (actor: Actor, id: string): Promise<ImportView> => work(actor, async (tx, workspaceId) => {
      const one = await access(tx, workspaceId, id);
      if (!['done', 'stopped', 'failed'].includes(one.state) || one.created + one.updated === 0) throw notNow('There is nothing to take back.');
      return changed(tx, actor, { ...one, state: 'undoing', endedAt: null });
    }),

    /** The rows that failed, as they were, with what is wrong; the heads first. Where the file is there no more, only what was wrong in which row. */
    async *faults(actor: Actor, id: string): AsyncGenerator<string[][], void> {
      const one = await work(actor, (tx, workspaceId) => access(tx, workspaceId, id, findImport));
      const text = one.kind === 'mail' ? '' : await work(actor, (tx, workspaceId) => textOf(tx, workspaceId, one)) ?? '';
      let row = rowAt(text, one.options.separator, 0);
      yield [[...row?.cells ?? [], 'row', 'column', 'what is wrong']];
      for (let number = 0, isMore = true; isMore;) {
        const after = number;
        const faults = await work(actor, (tx, workspaceId) => failedRows(tx, workspaceId, id, after, AT_ONCE));
        yield faults.map((fault) => {
          for (; row && number < fault.number; number++) row = rowAt(text, one.options.separator, row.next);
          number = fault.number;
          return [...row?.cells ?? [], String(fault.number), fault.reason.column, fault.reason.detail];
        });
        isMore = faults.length === AT_ONCE;
      }
      await work(actor, (tx, workspaceId) => dropBy(tx, workspaceId, id, new Date(now().getTime() + AFTER_FETCH_MS)));
    },
  };

  /** Read otherwise, the columns are others. */
  async function mappingAfter(tx: Tx, kind: TableKind, before: ImportOptions, after: ImportOptions, text: string): Promise<(string | null)[]> {
    if (after.encoding === before.encoding && after.separator === before.separator) return after.mapping;
    return likelyMapping(kind, rowAt(text, after.separator, 0)?.cells ?? [], await definitionsOf(tx, kind));
  }

  async function demandMapping(tx: Tx, kind: TableKind, { mapping }: ImportOptions): Promise<void> {
    const targets = new Set<string>([...TARGETS[kind], ...(await definitionsOf(tx, kind)).map(({ key }) => OWN + key)]);
    const odd = mapping.find((one) => one !== null && !targets.has(one));
    if (odd !== undefined) throw new AppError('invalid', 'import.bad_mapping', `A column cannot be "${odd}"; GET /imports/:id/preview lists what it can be.`);
    const twice = mapping.find((one, i) => one !== null && one !== 'email' && one !== 'phone' && mapping.indexOf(one) !== i);
    if (twice) throw new AppError('invalid', 'import.mapped_twice', `Two columns cannot both be "${twice}".`);
    if (mapping.every((one) => one === null)) throw new AppError('invalid', 'import.nothing_mapped', 'Say of at least one column what it is.');
  }
}

function progressOf({ state, place, length, created, updated, undone, kept }: Pick<ImportRecord, 'state' | 'place' | 'length' | 'created' | 'updated' | 'undone' | 'kept'>): number {
  if (state === 'undoing') return Math.min(1, (undone + kept) / Math.max(1, created + updated));
  return length === 0 ? 0 : Math.min(1, place / length);
}
