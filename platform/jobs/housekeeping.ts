import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import type { Now } from '../../kernel/actor.ts';
import type { Log } from '../../kernel/log.ts';
import type { Connection, Database } from '../db/db.ts';
import type { Files } from '../files/files.ts';
import { defineJob, type Job } from './jobs.ts';

const BATCH = 1_000;
const DAY_MS = 86_400_000;

/**
 * What nobody needs any more, table by table; each statement removes at most `limit` rows. Expiry is machine time.
 * Events are never removed: they are the audit.
 */
const RUBBISH: Record<string, (limit: number, loose: Date) => RawBuilder<unknown>> = {
  sessions: (limit) => sql`delete from sessions where ctid = any(array(
    select ctid from sessions where expires_at < now() - interval '30 days' limit ${limit}))`,
  one_time_links: (limit) => sql`delete from one_time_links where ctid = any(array(
    select ctid from one_time_links where expires_at < now() - interval '30 days' limit ${limit}))`,
  setup_links: (limit) => sql`delete from setup_links where ctid = any(array(
    select ctid from setup_links where expires_at < now() - interval '1 day' limit ${limit}))`,
  request_sign_ins: (limit) => sql`delete from request_sign_ins where ctid = any(array(
    select ctid from request_sign_ins where expires_at < now() - interval '1 day' limit ${limit}))`,
  request_sessions: (limit) => sql`delete from request_sessions where ctid = any(array(
    select ctid from request_sessions where expires_at < now() - interval '1 day' limit ${limit}))`,
  request_confirmations: (limit) => sql`delete from request_confirmations where ctid = any(array(
    select ctid from request_confirmations where expires_at < now() - interval '1 day' limit ${limit}))`,
  // Nobody said yes.
  status_subscriptions: (limit) => sql`delete from status_subscriptions where ctid = any(array(
    select ctid from status_subscriptions where confirmed_at is null and created_at < now() - interval '7 days' limit ${limit}))`,
  chat_sessions: (limit) => sql`delete from chat_sessions where ctid = any(array(
    select ctid from chat_sessions where expires_at < now() - interval '1 day' limit ${limit}))`,
  // Sent ahead of a message that never came.
  chat_uploads: (limit) => sql`delete from chat_uploads where ctid = any(array(
    select ctid from chat_uploads where created_at < now() - interval '2 days' limit ${limit} for update skip locked))`,
  // Looked at a page with a chat, and never said a word.
  chat_visitors: (limit, loose) => sql`delete from chat_visitors where ctid = any(array(
    select ctid from chat_visitors where customer_id is null and subject is null and created_at < ${loose}::timestamptz - interval '23 days' limit ${limit} for update skip locked))`,
  rate_windows: (limit) => sql`delete from rate_windows where ctid = any(array(
    select ctid from rate_windows where ends_at < now() limit ${limit} for update skip locked))`,
  idempotency_keys: (limit) => sql`delete from idempotency_keys where ctid = any(array(
    select ctid from idempotency_keys where created_at < now() - interval '48 hours' limit ${limit}))`,
  socket_tickets: (limit) => sql`delete from socket_tickets where ctid = any(array(
    select ctid from socket_tickets where expires_at < now() limit ${limit}))`,
  // Uploaded for a draft that was never sent.
  attachments: (limit, loose) => sql`delete from attachments where ctid = any(array(
    select ctid from attachments where entry_id is null and not kept and created_at < ${loose} limit ${limit} for update skip locked)) and entry_id is null and not kept`,
  // Whatever refers to a file must appear here, or have a foreign key that refuses.
  blobs: (limit) => sql`delete from blobs where ctid = any(array(
    select b.ctid from blobs b where b.created_at < now() - interval '7 days'
      and not exists (select 1 from attachments a where a.workspace_id = b.workspace_id and a.sha256 = b.sha256)
      and not exists (select 1 from inbound_messages m where m.workspace_id = b.workspace_id and m.sha256 = b.sha256)
      and not exists (select 1 from chat_uploads u where u.workspace_id = b.workspace_id and u.sha256 = b.sha256)
      and not exists (select 1 from imports i where i.workspace_id = b.workspace_id and i.sha256 = b.sha256)
      and not exists (select 1 from article_pictures p where p.workspace_id = b.workspace_id and p.sha256 = b.sha256)
      and not exists (select 1 from outbox o where o.workspace_id = b.workspace_id and o.state in ('queued', 'sending')
        and o.attachments @> jsonb_build_array(jsonb_build_object('sha256', b.sha256)))
    limit ${limit} for update skip locked))`,
  webhook_deliveries: (limit) => sql`delete from webhook_deliveries where ctid = any(array(
    select ctid from webhook_deliveries where created_at < now() - interval '30 days' limit ${limit} for update skip locked))`,
  incoming_webhook_calls: (limit) => sql`delete from incoming_webhook_calls where ctid = any(array(
    select ctid from incoming_webhook_calls where created_at < now() - interval '30 days' limit ${limit} for update skip locked))`,
  // What was done is kept for two years.
  audit_lines: (limit) => sql`delete from audit_lines where ctid = any(array(
    select ctid from audit_lines where at < now() - interval '730 days' limit ${limit} for update skip locked))`,
  notices: (limit) => sql`delete from notices where ctid = any(array(
    select ctid from notices where created_at < now() - interval '90 days' limit ${limit} for update skip locked))`,
  help_searches: (limit) => sql`delete from help_searches where ctid = any(array(
    select ctid from help_searches where day < current_date - 400 limit ${limit} for update skip locked))`,
  article_views: (limit) => sql`delete from article_views where ctid = any(array(
    select ctid from article_views where day < current_date - 100 limit ${limit} for update skip locked))`,
  // Two days, since they are dated by the business clock.
  article_readings: (limit) => sql`delete from article_readings where ctid = any(array(
    select ctid from article_readings where at < now() - interval '2 days' limit ${limit} for update skip locked))`,
  failed_jobs: (limit) => sql`delete from graphile_worker._private_jobs where ctid = any(array(
    select ctid from graphile_worker._private_jobs
    where attempts >= max_attempts and locked_at is null and updated_at < now() - interval '14 days' limit ${limit}))`,
};

/**
 * Removes it all, and says how many rows of each; a table that refuses is logged and keeps nobody from the others. `at` is the
 * business clock, by which uploads were dated.
 */
export async function removeRubbish(owner: Connection, at: Date, log: Log): Promise<Record<string, number>> {
  const removed: Record<string, number> = {};
  const loose = new Date(at.getTime() - 7 * DAY_MS);
  for (const [table, statement] of Object.entries(RUBBISH)) {
    let count = 0;
    let last: number;
    try {
      do {
        last = Number((await statement(BATCH, loose).execute(owner)).numAffectedRows ?? 0);
        count += last;
      } while (last === BATCH);
    } catch (error) {
      log.error({ err: error, table }, 'could not remove what nobody needs any more');
    }
    if (count > 0) removed[table] = count;
  }
  return removed;
}

export const housekeepingJobs = ({ db, files, now, log }: { db: Database; files: Files; now: Now; log: Log }): Job<Record<string, never>>[] => [
  defineJob({
    name: 'housekeeping.rubbish',
    schedule: '17 * * * *',
    payload: z.strictObject({}),
    maxAttempts: 3,
    async run() {
      const removed = await removeRubbish(db.owner, now(), log);
      if (Object.keys(removed).length > 0) log.info({ removed }, 'removed what nobody needs any more');
    },
  }),
  defineJob({
    name: 'housekeeping.files',
    schedule: '41 3 * * *',
    payload: z.strictObject({}),
    maxAttempts: 3,
    async run() {
      const { removed, missing } = await files.sweep(db.owner, now());
      if (removed > 0) log.info({ removed }, 'removed files that no row names');
      if (missing.length > 0) log.error({ count: missing.length, first: missing.slice(0, 20) }, 'files are missing on disk; restore them from a backup');
    },
  }),
];
