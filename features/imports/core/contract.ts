import { z } from 'zod';
import { Id, PageQuery, Timestamp, pageOf } from '../../../kernel/contract.ts';
import { ENCODINGS, MOST_COLUMNS, SEPARATORS } from './table.ts';

export const IMPORT_KINDS = ['customers', 'companies', 'mail'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];
export const IMPORT_STATES = ['ready', 'checking', 'checked', 'running', 'done', 'stopped', 'undoing', 'undone', 'failed'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** The largest table, and the largest mailbox that is uploaded; what lies on the server may be larger. */
export const MOST_BYTES = { customers: 20_000_000, companies: 20_000_000, mail: 50_000_000 } as const;

/**
 * `mapping`: what each column is, or null. `overwrite`: values of the table replace those of a customer who is known already; else they
 * only fill what is empty. `mailboxId`: of mail, whose it is.
 */
export const ImportOptions = z.strictObject({
  encoding: z.enum(ENCODINGS), separator: z.enum(SEPARATORS), mapping: z.array(z.string().max(200).nullable()).max(MOST_COLUMNS), overwrite: z.boolean(),
  mailboxId: Id.nullable(),
});
export type ImportOptions = z.infer<typeof ImportOptions>;

/**
 * GET /imports, GET /imports/:id. `progress`: 0 to 1. `undone` and `kept`: of what was made or changed, how much was taken back, and how
 * much was not, because it has changed since.
 */
export const ImportView = z.object({
  id: Id, kind: z.enum(IMPORT_KINDS), state: z.enum(IMPORT_STATES), fileName: z.string(), size: z.number(), options: ImportOptions, progress: z.number(),
  rows: z.number(), created: z.number(), updated: z.number(), same: z.number(), failed: z.number(), undone: z.number(), kept: z.number(), error: z.string().nullable(),
  createdBy: z.object({ id: Id, name: z.string() }), createdAt: Timestamp, endedAt: Timestamp.nullable(),
});
export type ImportView = z.infer<typeof ImportView>;
export const ImportPage = pageOf(ImportView);

/** POST /imports?kind=&name=&mailbox= with the bytes of the file (application/octet-stream) → 201; of mail `path` names a file on the server instead. */
export const ImportQuery = z.strictObject({ kind: z.enum(IMPORT_KINDS), name: z.string().trim().min(1).max(300), mailbox: Id.optional(), path: z.string().min(1).max(300).optional() });
/** PATCH /imports/:id, before it runs. */
export const ImportPatch = ImportOptions.partial();
export type ImportPatch = z.infer<typeof ImportPatch>;

/** GET /imports/:id/preview: the heads, the first rows, what columns can be, and what each of the rows would be. */
export const PREVIEW_ROWS = 10;
export const ImportPreview = z.object({
  heads: z.array(z.string()), targets: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
  rows: z.array(z.object({ cells: z.array(z.string()), fault: z.object({ column: z.string(), code: z.string(), detail: z.string() }).nullable() })),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

/** POST /imports/:id/run {check}: `check` looks at every row and changes nothing. DELETE /imports/:id/run stops it. POST /imports/:id/undo. GET /imports/:id/faults.csv. */
export const ImportRun = z.strictObject({ check: z.boolean().default(false) });
export const ImportsQuery = PageQuery;
