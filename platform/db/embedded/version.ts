import pg from 'pg';
import { AppError } from '../../../kernel/errors.ts';

const OLDEST = 15;

/** For a PostgreSQL that we did not bring: it must answer, and be 15 or later. */
export async function assertServerVersion(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: 'rapport' });
  client.on('error', () => undefined);
  let version: string;
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    version = rows[0]?.server_version ?? '';
  } catch (error) {
    throw new AppError('unavailable', 'database.unreachable',
      `PostgreSQL at ${placeOf(url)} cannot be used: ${error instanceof Error ? error.message : String(error)}. Check DATABASE_URL.`);
  } finally {
    await client.end().catch(() => undefined);
  }
  if (Number.parseInt(version, 10) >= OLDEST) return;
  throw new AppError('unavailable', 'database.too_old', `PostgreSQL at ${placeOf(url)} is version ${version}; Rapport needs ${OLDEST} or later.`);
}

/** Never the password. */
function placeOf(url: string): string {
  if (!URL.canParse(url)) return 'DATABASE_URL';
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port === '' ? '5432' : port}${pathname}`;
}
