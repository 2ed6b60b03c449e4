import { sql } from 'kysely';
import { createTransport } from 'nodemailer';
import { expect, onTestFinished } from 'vitest';
import { startListener } from '../platform/mail/listener.ts';
import { testApp } from './test-app.ts';

/** The whole desk with a real SMTP conversation on both sides. */
export async function mailDesk({ relay = true } = {}) {
  const app = await testApp({ relay, settings: { mailbox: 'support@shop.test' } });
  const listener = await startListener({ host: '127.0.0.1', port: 0, door: app.email.door, log: { warn: (details) => { throw details['err']; } } });
  const program = createTransport({ host: '127.0.0.1', port: listener.port, ignoreTLS: true });
  onTestFinished(async () => {
    program.close();
    await listener.close();
  });
  return {
    ...app, listener, program,
    /** Sends like any mail program, and waits until the desk has filed it. */
    async send(mail: Parameters<typeof program.sendMail>[0]) {
      const info = await program.sendMail(mail);
      await app.email.settled();
      return info;
    },
    /** From now on no entry can be written of which this says `poison`. */
    async poison(column: 'subject' | 'text') {
      await sql`create function refuse() returns trigger language plpgsql as $$ begin if new.${sql.ref(column)} = 'poison' then raise 'poison'; end if; return new; end $$`.execute(app.db.owner);
      await sql`create trigger refuse before insert on entries for each row execute function refuse()`.execute(app.db.owner);
    },
    tickets: async () => (await app.owner.request('GET', '/tickets?status=all&sort=created')).body.items as { id: string; number: number; subject: string; language: string; customer: { name: string; email: string } }[],
    entries: async (ticketId: string) => (await app.owner.request('GET', `/tickets/${ticketId}/entries`)).body.items.filter((entry: { type: string }) => entry.type === 'message'),
    ledger: async () => (await app.owner.request('GET', '/email/ledger')).body.items as { state: string; ticketId: string | null; reason: string | null; from: string; to: string[]; messageId: string; subject: string; quarantine: { reason: string; state: string } | null }[],
    async answer(ticketId: string, text: string) {
      const { status, body } = await app.owner.request('POST', `/tickets/${ticketId}/replies`, { text });
      expect(status).toBe(201);
      app.passMachine(11);
      await app.sender.sendDue();
      return body as { id: string };
    },
  };
}
