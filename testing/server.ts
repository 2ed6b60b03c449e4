import pg from 'pg';

/** The server of this test run, as `testing/global-setup.ts` prepared it. */
export type TestServer = {
  superuserUrl: string;
  /** A migrated database that nobody may connect to; copies of it are made. */
  template: string;
  /** Begins the name of every copy of this run. */
  prefix: string;
};

export type TestDatabase = { appUrl: string; ownerUrl: string };

/** Test servers hold nothing worth guarding; product code never sees this. */
export const TEST_PASSWORD = 'rapport-test';

export function databaseUrls(superuserUrl: string, database: string): TestDatabase {
  return {
    appUrl: urlOf(superuserUrl, 'rapport_login', database),
    ownerUrl: urlOf(superuserUrl, 'rapport_owner', database),
  };
}

export async function onServer<T>(superuserUrl: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: superuserUrl, connectionTimeoutMillis: 10_000, application_name: 'rapport-test' });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

function urlOf(superuserUrl: string, user: string, database: string): string {
  const url = new URL(superuserUrl);
  url.username = user;
  url.password = TEST_PASSWORD;
  url.pathname = `/${database}`;
  return url.href;
}
