import type pg from 'pg';
import PostalMime from 'postal-mime';

/*
 * The floor of the intake: parse, then one statement that upserts the customer and inserts ticket, entry (with its
 * tsvector) and event, and commits. No tenants, no raw message, no ledger, no rights: what a mail costs at the least.
 */

export async function makeFloor(pool: pg.Pool): Promise<void> {
  await pool.query(`
    drop schema if exists floor cascade;
    create schema floor;
    create table floor.customers (id bigint primary key generated always as identity, email text unique, name text);
    create table floor.tickets (id bigint primary key generated always as identity, customer_id bigint references floor.customers, subject text, created_at timestamptz default now());
    create index on floor.tickets (created_at desc, id desc);
    create table floor.entries (id bigint primary key generated always as identity, ticket_id bigint references floor.tickets, text text, tsv tsvector, message_id text unique);
    create index on floor.entries using gin (tsv);
    create index on floor.entries (ticket_id);
    create table floor.events (id bigint primary key generated always as identity, ticket_id bigint, type text, at timestamptz default now())`);
}

const STATEMENT = `
  with customer as (
    insert into floor.customers (email, name) values ($1, $2) on conflict (email) do update set name = excluded.name returning id
  ), ticket as (
    insert into floor.tickets (customer_id, subject) select id, $3 from customer returning id
  ), entry as (
    insert into floor.entries (ticket_id, text, tsv, message_id) select id, $4, to_tsvector('simple', $4), $5 from ticket returning id
  )
  insert into floor.events (ticket_id, type) select id, 'ticket.created' from ticket`;

export async function floorIntake(pool: pg.Pool, raw: Buffer): Promise<void> {
  const mail = await PostalMime.parse(raw);
  await pool.query({ name: 'intake', text: STATEMENT, values: [mail.from?.address ?? '', mail.from?.name ?? '', mail.subject ?? '', mail.text ?? '', mail.messageId ?? null] });
}
