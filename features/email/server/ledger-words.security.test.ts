import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { mailDesk } from '../../../testing/mail-desk.ts';

test('what the database says of its tables and values is not told in the ledger', async () => {
  const d = await mailDesk({ relay: false });
  await sql`create function refuse() returns trigger language plpgsql as $$ begin raise exception 'table entries holds %', new.text using errcode = '22021'; end $$`.execute(d.db.owner);
  await sql`create trigger refuse before insert on entries for each row execute function refuse()`.execute(d.db.owner);
  await d.program.sendMail({ from: 'ana@example.org', to: 'support@shop.test', subject: 'Kettle', text: 'the words of a customer' });
  await d.email.settled();
  const { reason } = await d.db.owner.selectFrom('inbound_messages').select('reason').executeTakeFirstOrThrow();
  expect(reason).toBe('database error 22021');
});
