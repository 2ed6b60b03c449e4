import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { migrate } from '../platform/db/migrate.ts';
import { joinCluster, makeRoles } from '../testing/global-setup.ts';
import { databaseUrls, onServer } from '../testing/server.ts';
import { schemaText } from './schema-text.ts';
import { typesText } from './schema-types.ts';

const WRITERS = {
  schema: { file: 'db/schema.sql', write: schemaText },
  types: { file: 'db/types.ts', write: typesText },
} as const;
type Kind = keyof typeof WRITERS;

/** What the migrations make of an empty database, as text. */
export async function describe(kinds: readonly Kind[]): Promise<{ file: string; text: string }[]> {
  const cluster = await joinCluster();
  const name = `schema_${randomBytes(4).toString('hex')}`;
  try {
    await onServer(cluster.superuserUrl, async (admin) => {
      await makeRoles(admin);
      await admin.query(`create database ${name} owner rapport_owner`);
    });
    const { ownerUrl } = databaseUrls(cluster.superuserUrl, name);
    await migrate({ ownerUrl, appLogin: 'rapport_login' });
    return await onServer(ownerUrl, async (client: pg.Client) => {
      const texts = [];
      for (const kind of kinds) texts.push({ file: WRITERS[kind].file, text: await WRITERS[kind].write(client) });
      return texts;
    });
  } finally {
    await onServer(cluster.superuserUrl, (admin) => admin.query(`drop database if exists ${name} with (force)`));
    await cluster.leave();
  }
}

/** The files that no longer say what the migrations make. */
export async function schemaDrift(): Promise<string[]> {
  const drifted: string[] = [];
  for (const { file, text } of await describe(['schema', 'types'])) {
    const kept = await readFile(join(import.meta.dirname, '..', file), 'utf8').catch(() => '');
    if (kept !== text) drifted.push(`${file} is not what the migrations make: run npm run db:${file.endsWith('.sql') ? 'schema' : 'types'}`);
  }
  return drifted;
}

if (import.meta.main) {
  const asked = process.argv.slice(2).filter((kind): kind is Kind => kind in WRITERS);
  for (const { file, text } of await describe(asked.length > 0 ? asked : ['schema', 'types'])) {
    await writeFile(join(import.meta.dirname, '..', file), text);
    console.log(`${file}: ${text.split('\n').length} lines`);
  }
}
