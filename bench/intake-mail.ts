import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { newId } from '../platform/db/ids.ts';

/** A desk that was generated learns to receive: it has no mailbox yet, and its tickets were numbered without its sequence. */
export async function learnToReceive(owner: Pick<pg.Client, 'query'>, workspaceId: string, address: string): Promise<void> {
  await owner.query(`insert into mailboxes (workspace_id, id, address, address_key, created_at) values ($1, $2, $3, $3, now()) on conflict do nothing`,
    [workspaceId, newId(), address]);
  await owner.query(`select setval(format('%I', $2::text)::regclass, (select max(number) from tickets where workspace_id = $1))`,
    [workspaceId, `ticket_number_${workspaceId.replaceAll('-', '')}`]);
}

/**
 * As a desk is that has been at work: its open tickets follow the rules already (those that were generated follow in the
 * minutes after the first start, which is not what is measured here), and what fills only now has its statistics.
 */
export async function settleDown(owner: Pick<pg.Client, 'query'>, superuser: Pick<pg.Client, 'query'>): Promise<void> {
  await owner.query('update sla_rules set swept = version, sweeping = null, sweep_after = null');
  await owner.query('analyze inbound_messages, blobs, mailboxes, sla_sheets');
  // What each mail writes somewhere in the middle of is in the machine's memory after some hours of mail.
  await superuser.query('create extension if not exists pg_prewarm');
  await superuser.query(`select pg_prewarm(i::regclass, 'read') from unnest(array['entries_message', 'search_documents_vector']) i where to_regclass(i) is not null`);
}

/** 15 to 20 KB, every fifth with a small attachment; no two alike. */
export function message(i: number, to: string): Buffer {
  // Letters of its own, or it would be taken for one of many equal ones.
  const own = randomBytes(60).toString('base64').replace(/[^a-z]/gi, '');
  const words = Array.from({ length: 900 }, (_, n) => (n === 0 ? own : `word${(i * 31 + n * 17) % 5000}`)).join(' ').replace(/(.{70,78}) /g, '$1\r\n');
  const padding = randomBytes(4_500).toString('hex').replace(/(.{76})/g, '$1\r\n');
  const head = `From: Customer ${i % 400} <customer${i % 400}@example.org>\r\nTo: ${to}\r\nSubject: Order ${i} ${randomBytes(4).toString('hex')}\r\n`
    + `Message-ID: <${randomBytes(12).toString('hex')}@example.org>\r\nDate: Mon, 02 Mar 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\n`;
  if (i % 5 !== 0) return Buffer.from(`${head}Content-Type: text/plain; charset=utf-8\r\n\r\n${words}\r\n\r\n${padding}\r\n`);
  return Buffer.from(`${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${words}\r\n--b\r\n`
    + `Content-Type: image/png; name=a.png\r\nContent-Disposition: attachment; filename=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\n`
    + `${randomBytes(6_000).toString('base64').replace(/(.{76})/g, '$1\r\n')}\r\n--b--\r\n`);
}
