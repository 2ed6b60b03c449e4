import { expect, test } from 'vitest';
import { sql } from 'kysely';
import pg from 'pg';
import { oneAppForAll, testApp } from '../testing/test-app.ts';
import { copyOfTemplate } from '../testing/postgres.ts';

oneAppForAll();

/** Belong to the installation, not to a tenant: the application's role reaches them through functions only. */
const INSTALLATION = ['event_followers', 'event_sequencer', 'passkey_challenges', 'rate_windows', 'schema_migrations', 'setup_links', 'socket_tickets'];

/** Security-definer functions. Each is a hole in the wall on purpose: sign-in, look-ups, tickets of sockets, search. */
const ACROSS_WORKSPACES = [
  'article_search', 'article_search_alike',
  'auth_dead_credentials', 'auth_link', 'auth_passkey', 'auth_people', 'auth_reset_targets', 'auth_sessions', 'auth_token', 'chat_due', 'chat_mail_due', 'chat_session_of', 'chat_widget_place', 'enqueue_job', 'face_at', 'host_is_free', 'incoming_webhook_lookup',
  'mailbox_lookup', 'next_ticket_number', 'passkey_challenge_put', 'passkey_challenge_use', 'quarantine_search', 'rapport_forget', 'rapport_give_back', 'rapport_take', 'redact_event', 'redact_event_field', 'routing_due', 'routing_stale', 'routing_unexpected', 'routing_waiting',
  'search_hits', 'search_similar', 'search_words_like', 'setup_link_create', 'setup_link_good', 'setup_link_use', 'sla_due', 'sla_stale', 'socket_ticket_use',
  'workspace_at', 'workspace_count', 'workspace_create', 'workspace_create_first',
];

async function onCopy<T>(act: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client((await copyOfTemplate()).ownerUrl);
  await owner.connect();
  try { return await act(owner); } finally { await owner.end(); }
}

const rows = async <T extends pg.QueryResultRow>(client: pg.Client, sql: string, values: unknown[] = []): Promise<T[]> => (await client.query<T>(sql, values)).rows;

test('every table of a tenant carries the workspace first in its key and forces row-level security', async () => {
  await onCopy(async (owner) => {
    const tables = await rows<{ name: string; secured: boolean; forced: boolean; key: string | null; policies: string[] }>(owner, `
      select c.relname as name, c.relrowsecurity as secured, c.relforcerowsecurity as forced,
        (select a.attname from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] where i.indrelid = c.oid and i.indisprimary) as key,
        array(select p.polname || ':' || array_to_string(array(select rolname from pg_roles where oid = any(p.polroles)), ',') from pg_policy p where p.polrelid = c.oid order by 1) as policies
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p') order by 1`);
    const tenant = tables.filter((table) => !INSTALLATION.includes(table.name));

    expect(tables.map((table) => table.name)).toEqual(expect.arrayContaining(INSTALLATION));
    expect(tenant.length).toBeGreaterThan(20);
    for (const table of tenant) {
      const key = table.name === 'workspaces' ? 'id' : 'workspace_id';
      expect(table, table.name).toMatchObject({ secured: true, forced: true, key });
      expect(table.policies, table.name).toContain('workspace_rows:rapport_app');
    }
  });
});

test('the application sees nothing of any tenant without a workspace, and nothing of another one with its own', async () => {
  const app = await testApp();
  const other = await app.otherWorkspace();
  await app.owner.request('POST', '/tickets', { subject: 'Kettle', channel: 'phone', customer: { phone: '+359881234567', name: 'Maria' }, text: 'cracked', tags: ['vip'] });
  const tables = await app.db.owner.selectFrom('pg_class' as never).select('relname' as never)
    .where('relrowsecurity' as never, '=', true as never).where(sql<boolean>`relnamespace = 'public'::regnamespace`).execute() as unknown as { relname: string }[];

  const client = new pg.Client(app.settings.appUrl);
  await client.connect();
  try {
    const count = async (table: string) => Number((await client.query(`select count(*) as n from ${table}`)).rows[0].n);
    await client.query('begin; set local role rapport_app');
    for (const { relname } of tables) expect(await count(relname), `${relname} without a workspace`).toBe(0);
    await client.query(`set local rapport.workspace = '${other.workspaceId}'`);
    for (const table of ['tickets', 'entries', 'customers', 'identities', 'ticket_tags', 'search_documents']) expect(await count(table), `${table} of another`).toBe(0);
    expect((await client.query('select id from workspaces')).rows).toEqual([{ id: other.workspaceId }]);
    await client.query(`set local rapport.workspace = '${app.owner.workspaceId}'`);
    expect(await count('tickets')).toBe(1);
    await client.query('savepoint s');
    await expect(client.query(`insert into teams (workspace_id, id, name, created_at) values ('${other.workspaceId}', gen_random_uuid(), 'x', now())`)).rejects.toThrow(/row-level security/);
    await client.query('rollback to s');
    await expect(client.query(`update events set type = 'x.y'`)).rejects.toThrow(/permission denied/);
    await client.query('rollback');
    for (const table of INSTALLATION) {
      await client.query('begin; set local role rapport_app');
      await expect(client.query(`select * from ${table}`), table).rejects.toThrow(/permission denied/);
      await client.query('rollback');
    }
  } finally {
    await client.end();
  }
});

test('functions that look across workspaces are the known handful, closed to everybody but the application', async () => {
  await onCopy(async (owner) => {
    const functions = await rows<{ name: string; open: boolean; path: string[] | null }>(owner, `
      select p.proname as name, has_function_privilege('public', p.oid, 'execute') as open, p.proconfig as path
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public' and p.prosecdef order by 1`);

    expect(functions.map((f) => f.name)).toEqual(ACROSS_WORKSPACES);
    for (const f of functions) {
      expect(f.open, f.name).toBe(false);
      expect(f.path?.some((setting) => setting.startsWith('search_path=public, pg_temp')), f.name).toBe(true);
    }
  });
});

test('keys are wide, foreign keys agree in type and have an index', async () => {
  await onCopy(async (owner) => {
    const narrow = await rows(owner, `
      select c.relname || '.' || a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.atttypid in ('int2'::regtype, 'int4'::regtype)`);
    expect(narrow).toEqual([]);
    const foreign = await rows<{ name: string; agree: boolean; indexed: boolean }>(owner, `
      select k.conname as name,
        not exists (select 1 from unnest(k.conkey, k.confkey) as pair (a, b)
          join pg_attribute x on x.attrelid = k.conrelid and x.attnum = pair.a join pg_attribute y on y.attrelid = k.confrelid and y.attnum = pair.b
          where x.atttypid <> y.atttypid) as agree,
        exists (select 1 from pg_index i where i.indrelid = k.conrelid
          and (select array_agg(c order by c) from unnest(k.conkey) c) <@ (i.indkey::int2[])[0:array_length(k.conkey, 1)]) as indexed
      from pg_constraint k where k.contype = 'f' and k.connamespace = 'public'::regnamespace
        and array_length(k.conkey, 1) > 1`);
    expect(foreign.length).toBeGreaterThan(20);
    expect(foreign.filter((key) => !key.agree)).toEqual([]);
    // Who wrote, assigned or merged is never deleted, so nothing ever looks a row up by it.
    const neverDeleted = /(assignee_id|team_id|mailbox_id|merged_into|customer_id|author_id|person_id|decided_by)/;
    expect(foreign.filter((key) => !key.indexed && !neverDeleted.test(key.name))).toEqual([]);
  });
});

test('numbers may pass the limits of 32 bits', async () => {
  const app = await testApp();
  await app.db.owner.executeQuery({ sql: `select setval('ticket_number_${app.owner.workspaceId.replaceAll('-', '')}', 2147483647), setval(pg_get_serial_sequence('events', 'seq'), 4294967296)`, parameters: [], query: { kind: 'RawNode' } as never, queryId: {} as never });

  const created = await app.owner.request('POST', '/tickets', { subject: 'Kettle', channel: 'phone', customer: { phone: '+359881234567' }, text: 'cracked' });

  expect(created).toMatchObject({ status: 201, body: { number: 2147483648 } });
  expect((await app.owner.request('GET', `/tickets/${created.body.id}/entries`)).status).toBe(200);
  expect((await app.owner.request('GET', '/tickets?q=2147483648')).body.items).toHaveLength(1);
});

/** No settings: work, which has a record of its own; copies, queues, and what the machine notes for itself. */
const UNWATCHED = [
  'absence_tickets', 'approval_steps', 'approvals', 'article_documents', 'article_pictures', 'article_readings', 'article_tickets', 'article_versions', 'article_views', 'article_votes', 'aside_messages', 'aside_people', 'asides', 'ask_words', 'asks', 'attachment_words', 'attachments', 'audit_lines', 'blobs', 'bulk_items', 'bulk_runs', 'chat_conversations', 'chat_messages', 'chat_sessions',
  'chat_uploads', 'chat_visitors', 'checklist_items', 'checklists', 'commitments', 'customer_likenesses', 'customer_traces', 'drafts', 'entries', 'entry_html', 'events', 'file_previews', 'help_gaps_closed', 'help_search_tickets', 'help_searches', 'idempotency_keys',
  'import_keys', 'import_rows', 'inbound_messages', 'incoming_webhook_calls', 'mail_folders', 'mail_soft_failures', 'mail_uids', 'mail_unsubscriptions', 'notice_preferences', 'notice_readers', 'notice_times', 'notices', 'oauth_sign_ins', 'offers',
  'one_time_links', 'outbox', 'participants', 'presences', 'push_messages', 'queue_rechecks', 'queue_tickets', 'queue_waits', 'reminders', 'request_confirmations', 'request_sessions', 'request_sign_ins', 'routing_log', 'rule_ages', 'rule_follow_ups',
  'rule_later', 'rule_runs', 'rule_sets', 'rule_versions', 'search_documents', 'search_words', 'sender_traffic', 'shared_drafts', 'sla_results', 'sla_rules', 'sla_sheets', 'spam_lessons', 'spam_words', 'stand_ins', 'status_affected', 'status_letters',
  'status_notice_letters', 'status_subscriptions', 'status_tickets', 'ticket_followers', 'ticket_links', 'ticket_mentions', 'ticket_reads', 'ticket_relations', 'ticket_splits', 'ticket_tags', 'webhook_deliveries',
];

test('every table that holds settings is watched, and what is kept of it is no secret', async () => {
  await onCopy(async (owner) => {
    const tables = await rows<{ name: string; args: string[] }>(owner, `
      select c.relname as name, array(select encode(t.tgargs, 'escape') from pg_trigger t where t.tgrelid = c.oid and t.tgname like 'audit_%') as args
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`);
    const open = tables.filter(({ name, args }) => args.length === 0 && !INSTALLATION.includes(name)).map(({ name }) => name);

    expect(open, "call rapport_watch('table', 'kind', '{columns whose values are kept}') in the migration, or add the table here when it holds no setting").toEqual(UNWATCHED);
    const kept = tables.flatMap(({ name, args }) => args.map((arg) => `${name}: ${arg.split('\\000')[3]}`));
    expect(kept.filter((columns) => /secret|password|hash|token(?!_in_address|_url)|seed|private_key|[{,](?:email|value|value_key)[,}]/.test(columns.slice(columns.indexOf(':'))))).toEqual([]);
  });
});
