import type { Client } from 'pg';

export type Passwords = { readonly owner: string; readonly login: string };

/**
 * What a cluster of ours holds before the first migration. The owner is no superuser: it makes the roles that the
 * migrations need and no more. The login has no rights until a migration makes it a member of `rapport_app`.
 */
export async function ensureRoles(superuser: Client, { owner, login }: Passwords): Promise<void> {
  const { rows } = await superuser.query<{ rolname: string }>("select rolname from pg_roles where rolname in ('rapport_owner', 'rapport_login')");
  const existing = rows.map((row) => row.rolname);
  if (!existing.includes('rapport_owner')) await superuser.query(`create role rapport_owner login createrole password '${owner}'`);
  if (!existing.includes('rapport_login')) await superuser.query(`create role rapport_login login password '${login}'`);
}

export async function ensureDatabase(superuser: Client, passwords: Passwords): Promise<void> {
  await ensureRoles(superuser, passwords);
  const { rowCount } = await superuser.query("select from pg_database where datname = 'rapport'");
  if (rowCount === 0) await superuser.query('create database rapport owner rapport_owner');
}
