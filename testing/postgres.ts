import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { databaseUrls, type TestDatabase, type TestServer } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext { postgres: TestServer }
}

/** A private database, already migrated; dropped when the run ends, at the latest. */
export async function copyOfTemplate(): Promise<TestDatabase> {
  const { superuserUrl, template, prefix } = inject('postgres');
  const name = `${prefix}${randomBytes(6).toString('hex')}`;
  await (await admin()).query(`create database ${name} template ${template} strategy file_copy owner rapport_owner`);
  return databaseUrls(superuserUrl, name);
}

/** Gives its room back at once. */
export async function dropCopy(ownerUrl: string): Promise<void> {
  const name = new URL(ownerUrl).pathname.slice(1);
  await (await admin()).query(`drop database if exists ${name} with (force)`);
}

let connected: Promise<pg.Client> | undefined;

/** One connection for all copies of a test process, which ends with it. */
const admin = (): Promise<pg.Client> => connected ??= connect();

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: inject('postgres').superuserUrl, connectionTimeoutMillis: 10_000, application_name: 'rapport-test' });
  client.on('error', () => { connected = undefined; });
  await client.connect();
  return client;
}
