import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { databaseUrls, onServer, type TestDatabase, type TestServer } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext { postgres: TestServer }
}

/** A private database, already migrated; dropped when the run ends, at the latest. */
export async function copyOfTemplate(): Promise<TestDatabase> {
  const { superuserUrl, template, prefix } = inject('postgres');
  const name = `${prefix}${randomBytes(6).toString('hex')}`;
  await onServer(superuserUrl, (admin) =>
    admin.query(`create database ${name} template ${template} strategy file_copy owner rapport_owner`));
  return databaseUrls(superuserUrl, name);
}

/** Gives its room back at once. */
export async function dropCopy(ownerUrl: string): Promise<void> {
  const name = new URL(ownerUrl).pathname.slice(1);
  await onServer(inject('postgres').superuserUrl, (admin) => admin.query(`drop database if exists ${name} with (force)`));
}
