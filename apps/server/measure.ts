import { sql } from 'kysely';
import type { Email } from '../../features/email/server/email.ts';
import type { Database } from '../../platform/db/db.ts';
import type { Sequencer } from '../../platform/events/sequencer.ts';
import type { Space } from '../../platform/files/space.ts';
import type { Metrics } from '../../platform/http/metrics.ts';
import type { startListener } from '../../platform/mail/listener.ts';
import type { createRealtime } from '../../platform/realtime/realtime.ts';

const ageOf = (oldest: Date | null): number => (oldest ? Math.max(0, (Date.now() - oldest.getTime()) / 1000) : 0);

/** The figures an operator watches: what waits, since when, and how many are connected. */
export function measure(metrics: Metrics, { db, sequencer, realtime, email, space }: {
  db: Database; sequencer: Sequencer; realtime: ReturnType<typeof createRealtime>; email: Email; space: Space;
}): void {
  metrics.reading('rapport_disk_free_bytes', { help: 'Room on the disk of the data folder', read: () => space.free() });
  metrics.reading('rapport_disk_full', { help: '1 while mail is put off because the disk is full', read: () => Number(space.isFull()) });
  metrics.reading('rapport_sockets', { help: 'Open sockets of browsers', read: () => realtime.stats().sockets });
  metrics.reading('rapport_database_connections', { help: 'Connections of the application pool', read: () => db.stats().total });
  metrics.reading('rapport_database_waiting', { help: 'Requests that wait for a connection', read: () => db.stats().waiting });
  metrics.reading('rapport_events_unsequenced', { help: 'Committed events without a position', read: async () => (await sequencer.lag()).events });
  metrics.reading('rapport_mail_unfiled', { help: 'Accepted messages that are not filed yet', read: async () => (await email.waiting()).count });
  metrics.reading('rapport_mail_unfiled_age_seconds', { help: 'Age of the oldest of them', read: async () => ageOf((await email.waiting()).oldest) });
  metrics.reading('rapport_mail_sources_failing', { help: 'Mail accounts from which nothing could be fetched for five minutes', read: () => email.sources.failing() });
  metrics.readings('rapport_outbox_mails', {
    help: 'Mails that have not been accepted by the relay', label: 'state',
    read: async () => {
      const { rows } = await sql<{ state: string; count: number }>`
        select state, count(*) as count from outbox where state in ('queued', 'sending', 'failed') group by state`.execute(db.owner);
      return new Map(rows.map((row) => [row.state, row.count]));
    },
  });
}

/** The mail port of this process. */
export function measureListener(metrics: Metrics, listener: Pick<Awaited<ReturnType<typeof startListener>>, 'connections' | 'turnedAway'>): void {
  metrics.reading('rapport_smtp_connections', { help: 'Open connections of mail servers', read: () => listener.connections() });
  metrics.readings('rapport_smtp_turned_away', {
    help: 'How often a client was put off for a limit, since the start', label: 'limit', read: async () => listener.turnedAway(),
  });
}
