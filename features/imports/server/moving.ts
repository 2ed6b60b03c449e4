import { sql } from 'kysely';
import { Id } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { Change, Customers } from '../../customers/server/customers.ts';
import type { Companies, CompanyChange } from '../../companies/server/companies.ts';
import type { TableField } from '../../fields/core/cells.ts';
import { readCompany, readCustomer, type RowFault } from '../core/mapping.ts';
import { forgetKeys, keepKey, subjectOf, type ImportRecord, type RowRecord } from './store.ts';

export type Moved = Omit<RowRecord, 'number'>;
type Seated = { readonly companyId: string } | null;
type CustomerChange = { readonly record: Change; readonly seated: Seated };
/** What one row becomes is decided within these. */
export type Around = { readonly tx: Tx; readonly workspaceId: string; readonly one: ImportRecord; readonly definitions: readonly TableField[]; readonly at: Date };

const failed = (column: string, code: RowFault['code'], detail: string): Moved => ({ outcome: 'failed', reason: { column, code, detail }, subjectId: null, change: null });

/** One row of a table, all or nothing; what is refused is said, and the rows around it go on. */
export async function moveRow(around: Around, cells: readonly string[], deps: { customers: Customers; companies: Companies }): Promise<Moved> {
  const { tx, one } = around;
  await sql`savepoint import_row`.execute(tx);
  try {
    const moved = await (one.kind === 'customers' ? moveCustomer(around, cells, deps) : moveCompany(around, cells, deps));
    await sql.raw(moved.outcome === 'failed' || one.state === 'checking' ? 'rollback to savepoint import_row' : 'release savepoint import_row').execute(tx);
    return moved;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await sql`rollback to savepoint import_row`.execute(tx);
    return failed('', 'refused', error.detail);
  }
}

async function moveCustomer({ tx, workspaceId, one, definitions, at }: Around, cells: readonly string[], { customers, companies }: { customers: Customers; companies: Companies }): Promise<Moved> {
  const read = readCustomer(one.options.mapping, cells, definitions);
  if ('fault' in read) return { outcome: 'failed', reason: read.fault, subjectId: null, change: null };
  const { row } = read;
  const companyId = row.company === '' ? null : await companies.named(tx, workspaceId, row.company);
  if (row.company !== '' && companyId === null) return failed('company', 'no_such_company', `There is no company "${row.company.slice(0, 100)}"; bring in the companies first.`);
  const id = await knownBy(tx, workspaceId, 'customers', row.externalId, async (own) => (await customers.known(tx, own))?.id ?? null);
  const brought = await customers.bring(tx, workspaceId, row, { id, overwrite: one.options.overwrite, at });
  if (brought.outcome === 'belongs_to_two') return failed('email', 'belongs_to_two', 'The addresses and numbers of this row belong to different customers here; merge them first, or part the row.');
  const isSeated = companyId !== null && await companies.seat(tx, workspaceId, { companyId, customerId: brought.id, byId: one.createdBy, at });
  if (row.externalId !== '') await keepKey(tx, workspaceId, 'customers', row.externalId, brought.id, one.id);
  return movedCustomer(brought, isSeated ? { companyId } : null);
}

function movedCustomer({ outcome, id, change }: { outcome: 'created' | 'updated' | 'same'; id: string; change: Change }, seated: Seated): Moved {
  if (outcome === 'same' && seated === null) return { outcome, reason: null, subjectId: id, change: null };
  return { outcome: outcome === 'same' ? 'updated' : outcome, reason: null, subjectId: id, change: { record: change, seated } satisfies CustomerChange };
}

/** Whom an earlier file called so. In a table that left this workspace the id is of one of its own records: `ourOwn`. */
async function knownBy(tx: Tx, workspaceId: string, kind: 'customers' | 'companies', externalId: string, ourOwn: (id: string) => Promise<string | null>): Promise<string | null> {
  if (externalId === '') return null;
  return await subjectOf(tx, workspaceId, kind, externalId) ?? (Id.safeParse(externalId).success ? ourOwn(externalId) : null);
}

async function moveCompany({ tx, workspaceId, one, definitions, at }: Around, cells: readonly string[], { companies }: { companies: Companies }): Promise<Moved> {
  const read = readCompany(one.options.mapping, cells, definitions);
  if ('fault' in read) return { outcome: 'failed', reason: read.fault, subjectId: null, change: null };
  const { externalId } = read.row;
  const id = await knownBy(tx, workspaceId, 'companies', externalId, async (own) => (await companies.exists(tx, workspaceId, own) ? own : null));
  const { outcome, id: companyId, change } = await companies.bring(tx, workspaceId, read.row, { id, overwrite: one.options.overwrite, at });
  if (externalId !== '') await keepKey(tx, workspaceId, 'companies', externalId, companyId, one.id);
  return { outcome, reason: null, subjectId: companyId, change: outcome === 'same' ? null : change };
}

/** Takes one row back. */
export async function takeBackRow({ tx, workspaceId, one, at }: Omit<Around, 'definitions'>, { subjectId: id, outcome, change }: { subjectId: string; outcome: 'created' | 'updated'; change: unknown }, { customers, companies }: { customers: Customers; companies: Companies }): Promise<'undone' | 'kept'> {
  if (one.kind === 'companies') return settled(tx, workspaceId, id, outcome, await companies.takeBack(tx, workspaceId, { id, outcome, change: change as CompanyChange, at }));
  const { record, seated } = change as CustomerChange;
  if (seated) await companies.unseat(tx, workspaceId, { companyId: seated.companyId, customerId: id, at });
  return settled(tx, workspaceId, id, outcome, await customers.takeBack(tx, workspaceId, { id, outcome, change: record, at }));
}

async function settled(tx: Tx, workspaceId: string, id: string, outcome: 'created' | 'updated', how: 'undone' | 'kept'): Promise<'undone' | 'kept'> {
  if (outcome === 'created' && how === 'undone') await forgetKeys(tx, workspaceId, id);
  return how;
}
