import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../kernel/errors.ts';
import { loadConfig, type Config } from '../../platform/config/config.ts';
import { secretFor } from '../../platform/config/secret.ts';
import { createVault } from '../../platform/config/vault.ts';
import { createDatabase } from '../../platform/db/db.ts';
import { joinEmbedded } from '../../platform/db/embedded/embedded.ts';
import { reseal } from '../../platform/db/reseal.ts';
import { SEALED } from './sealed.ts';

const MOST_SHOWN = 50;
const say = (line: string) => { process.stdout.write(`${line}\n`); };
const quiet = { info: () => undefined, warn: say, error: say };

type Place = { readonly appUrl: string; readonly ownerUrl: string; stop(): Promise<void> };

/** The database as the server would open it; one that a running server has opened is shared with it. */
async function openDatabase({ databaseUrl, databaseOwnerUrl, dataDir }: Config): Promise<Place> {
  if (databaseUrl !== null) return { appUrl: databaseUrl, ownerUrl: databaseOwnerUrl ?? databaseUrl, stop: () => Promise.resolve() };
  if (!existsSync(join(dataDir, 'postgres/cluster'))) {
    throw new AppError('not_found', 'reseal.nothing_here', `There is no database in ${dataDir}; give RAPPORT_DATA (or DATABASE_URL) as the server has it.`);
  }
  return joinEmbedded({ dataDir, log: quiet });
}

/** Never a new one: what a new one seals, the server could not read. */
function secretsOf(config: Config): [string, ...string[]] {
  if (config.secret === null && !existsSync(join(config.dataDir, 'secret'))) {
    throw new AppError('invalid', 'reseal.no_secret', `There is no secret in ${config.dataDir}; give RAPPORT_SECRET and RAPPORT_SECRET_PREVIOUS as the server has them.`);
  }
  return [secretFor(config), ...config.earlierSecrets];
}

/** Seals what earlier secrets have sealed under the present one. Returns the exit code: 1 when something cannot be opened. */
async function run(): Promise<number> {
  const config = loadConfig(process.env);
  const secrets = secretsOf(config);
  const place = await openDatabase(config);
  const db = createDatabase({ ...place, maxConnections: 2 });
  try {
    const { resealed, current, unreadable } = await reseal(db.owner, createVault(secrets, SEALED), SEALED);
    say(`Sealed anew: ${resealed}. Under the present secret already: ${current}. Could not be opened: ${unreadable.length}.`);
    for (const { table, column, workspaceId, key } of unreadable.slice(0, MOST_SHOWN)) say(`  ${table}.${column}   workspace ${workspaceId}   ${key}`);
    if (unreadable.length > MOST_SHOWN) say(`  … and ${unreadable.length - MOST_SHOWN} more`);
    if (unreadable.length > 0) say('Give the secret that sealed them in RAPPORT_SECRET_PREVIOUS and run this again, or enter them anew in the settings.');
    return unreadable.length > 0 ? 1 : 0;
  } finally {
    await db.destroy();
    await place.stop();
  }
}

run().then((code) => { process.exitCode = code; }, (error: unknown) => {
  const sentence = error instanceof AppError && error.detail !== '' ? error.detail : error instanceof Error ? error.message : String(error);
  process.stderr.write(`Nothing more was sealed anew: ${sentence}\n`);
  process.exitCode = 1;
});
