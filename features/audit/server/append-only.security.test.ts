import pg from 'pg';
import { expect, test } from 'vitest';
import { oneAppForAll, testApp } from '../../../testing/test-app.ts';

oneAppForAll();

test('the application can add lines and read them, and neither change nor remove one', async () => {
  const app = await testApp();
  const client = new pg.Client(app.settings.appUrl);
  await client.connect();
  try {
    const as = async (statement: string): Promise<pg.QueryResult> => {
      await client.query(`begin; set local role rapport_app; set local rapport.workspace = '${app.owner.workspaceId}'`);
      try { return await client.query(statement); } finally { await client.query('rollback'); }
    };
    expect((await as('select seq from audit_lines')).rowCount).toBeGreaterThan(0);
    expect((await as(`insert into audit_lines (workspace_id, actor_kind, action, kind) values ('${app.owner.workspaceId}', 'system', 'used', 'token')`)).rowCount).toBe(1);
    for (const statement of ['update audit_lines set address = \'\'', 'delete from audit_lines', 'truncate audit_lines', 'alter table teams disable trigger audit_update', 'drop trigger audit_update on teams', 'set local session_replication_role = replica']) {
      await expect(as(statement), statement).rejects.toThrow(/permission denied|must be owner/);
    }
  } finally {
    await client.end();
  }
});

test('a secret is told to have changed, and is nowhere in the lines', async () => {
  const app = await testApp();
  const { owner } = app;
  const token = (await owner.request('POST', '/tokens', { name: 'Shop', scopes: ['read'] })).body;
  const webhook = (await owner.request('POST', '/webhooks', { name: 'Shop', url: 'https://shop.example.org/hooks/T0P-secret?key=T0P-secret', events: [] })).body;
  await owner.request('POST', '/relays', { name: 'Relay', host: 'smtp.example.org', username: 'rapport', password: 'T0P-secret' });
  const incoming = (await owner.request('POST', '/incoming-webhooks', { name: 'Shop', mapping: { text: 'x' } })).body;
  const customer = (await owner.request('POST', '/customers', { name: 'T0P-secret Maria', email: 'maria@example.org' })).body;
  await owner.request('PATCH', `/customers/${customer.id}`, { name: 'T0P-secret Marta' });
  const { body: page } = await owner.request('GET', '/audit?limit=100');

  const told = JSON.stringify(page);
  for (const secret of ['T0P-secret', token.token, webhook.secret, incoming.token, incoming.url].filter((one) => typeof one === 'string')) expect(told.includes(secret), secret).toBe(false);
  expect(page.items.find((line: { kind: string }) => line.kind === 'webhook').changes).toContainEqual({ field: 'url', kept: true, from: null, to: 'https://shop.example.org' });
  expect(page.items.find((line: { kind: string }) => line.kind === 'customer').changes).toEqual([{ field: 'name', kept: false, from: null, to: null }]);
});
