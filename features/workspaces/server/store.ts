import { sql } from 'kysely';
import type { Connection, Tx } from '../../../platform/db/db.ts';
import type { Role } from '../../../kernel/actor.ts';
import type { Language } from '../../../kernel/languages.ts';

export type Workspace = {
  readonly id: string; readonly name: string; readonly language: Language; readonly timeZone: string;
  /** The host under which customers see its pages, as browsers name it; null: that of the installation. */
  readonly publicHost: string | null;
};
/** What everybody may know of a workspace. */
export type PublicFace = Pick<Workspace, 'id' | 'name' | 'language'> & { /** Whose host it is; null: the company's own. */ readonly brand: BrandSite | null };
/** A brand whose customers have a host of their own. */
export type BrandSite = { readonly id: string; readonly name: string; readonly host: string };
export type NewWorkspace = { readonly id: string; readonly name: string; readonly language: Language; readonly createdAt: Date };

const columns = ['id', 'name', 'language', 'time_zone as timeZone', 'public_host as publicHost'] as const;

export const findWorkspace = (tx: Tx, id: string): Promise<Workspace | undefined> =>
  tx.selectFrom('workspaces').select(columns).where('id', '=', id).executeTakeFirst();

export const lockWorkspace = (tx: Tx, id: string): Promise<Workspace | undefined> =>
  tx.selectFrom('workspaces').select(columns).where('id', '=', id).forUpdate().executeTakeFirst();

export async function saveWorkspace(tx: Tx, { id, name, language, timeZone, publicHost }: Workspace): Promise<void> {
  await tx.updateTable('workspaces').set({ name, language, time_zone: timeZone, public_host: publicHost }).where('id', '=', id).execute();
}

/** Who must sign in with two steps; sign-in asks the column itself. */
export async function saveTwoStepRoles(tx: Tx, id: string, roles: readonly Role[]): Promise<void> {
  await tx.updateTable('workspaces').set({ two_step_roles: [...roles] }).where('id', '=', id).execute();
}

export async function insertWorkspace(tx: Tx, { id, name, language, createdAt }: NewWorkspace): Promise<void> {
  await sql`select workspace_create(${id}, ${name}, ${language}, ${createdAt})`.execute(tx);
}

/** False when the installation has a workspace already. */
export async function insertFirstWorkspace(tx: Tx, { id, name, language, createdAt }: NewWorkspace): Promise<boolean> {
  const { rows } = await sql<{ created: boolean }>`
    select workspace_create_first(${id}, ${name}, ${language}, ${createdAt}) as created`.execute(tx);
  return rows[0]?.created === true;
}

export async function countWorkspaces(lookup: Connection): Promise<number> {
  const { rows } = await sql<{ count: number }>`select workspace_count() as count`.execute(lookup);
  return rows[0]?.count ?? 0;
}

/** The workspace whose public pages a host shows: its own, else the only one of the installation. */
export async function workspaceAt(lookup: Connection, host: string): Promise<PublicFace | undefined> {
  const { rows } = await sql<Omit<PublicFace, 'brand'> & { brandId: string | null; brand: string | null }>`select id, name, language, brand_id as "brandId", brand from workspace_at(${host})`.execute(lookup);
  return rows.map(({ brandId, brand, ...face }): PublicFace => ({ ...face, brand: brandId === null || brand === null ? null : { id: brandId, name: brand, host } }))[0];
}

export async function insertSetupLink(lookup: Connection, tokenHash: Buffer, hours: number): Promise<void> {
  await sql`select setup_link_create(${tokenHash}, now() + make_interval(hours => ${hours}))`.execute(lookup);
}

export async function isSetupLinkGood(lookup: Connection, tokenHash: Buffer): Promise<boolean> {
  const { rows } = await sql<{ good: boolean }>`select setup_link_good(${tokenHash}) as good`.execute(lookup);
  return rows[0]?.good === true;
}

/** True for the one caller that uses it up. */
export async function useSetupLink(tx: Tx, tokenHash: Buffer): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`select setup_link_use(${tokenHash}) as used`.execute(tx);
  return rows[0]?.used === true;
}
