import type { Now } from '../../../../kernel/actor.ts';
import type { Tx } from '../../../../platform/db/db.ts';
import type { Outbox } from '../../../../platform/mail/outbox.ts';
import { relayFor } from '../../../../platform/mail/relay-store.ts';
import { can } from '../../../people/core/permissions.ts';
import type { Workspaces } from '../../../workspaces/server/workspaces.ts';
import { failingWords } from '../../core/failing-mailbox.ts';
import { queueNotice, reachableStaff } from '../staff-letters.ts';
import { findMailbox, mailboxPage, type Mailbox } from '../store.ts';
import type { Source } from './store.ts';

/** Mailboxes that are looked at for one to write from. */
const MAX_WRITERS = 20;

export type Alarm = ReturnType<typeof createAlarm>;

/** Tells owners and administrators by mail, whether anybody has the desk open or not, that a mailbox fails and that it works again. */
export function createAlarm({ outbox, workspaces, publicUrl, machineNow }: {
  outbox: Pick<Outbox, 'queue'>; workspaces: Pick<Workspaces, 'get'>; publicUrl: string; machineNow: Now;
}) {
  /** In the caller's unit of work, which notes that it was told; `source` as it was before. */
  async function tell(tx: Tx, workspaceId: string, source: Source, news: 'failing' | 'recovered'): Promise<void> {
    const mailbox = await findMailbox(tx, workspaceId, source.mailboxId);
    const writer = mailbox && await writerFor(tx, workspaceId, mailbox, source);
    if (!writer) return;
    const { name: workspace, timeZone } = await workspaces.get(workspaceId);
    for (const person of await reachableStaff(tx, workspaceId)) {
      if (!can({ role: person.role, scopes: null }, 'mailboxes.manage')) continue;
      const since = new Intl.DateTimeFormat(person.language, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(source.lastOkAt ?? source.createdAt);
      const { subject, text } = failingWords(person.language, news, {
        name: person.name, workspace, address: mailbox.address, since, link: new URL('/settings/mailboxes', publicUrl).href,
      });
      await queueNotice(outbox, tx, workspaceId, { from: writer, to: person, subject, text, at: machineNow() });
    }
  }

  /** Who writes decides by which relay it leaves: not by one that needs the account that does not let us in. */
  async function writerFor(tx: Tx, workspaceId: string, failing: Mailbox, { username }: Source): Promise<Mailbox> {
    const others = (await mailboxPage(tx, workspaceId, MAX_WRITERS, null)).filter(({ id }) => id !== failing.id);
    for (const candidate of [...others, failing]) {
      const relay = await relayFor(tx, workspaceId, candidate.address);
      const needsIt = relay && (relay.mailboxId === failing.id || (relay.mailboxId === null && relay.user.toLowerCase() === username.toLowerCase()));
      if (!needsIt) return candidate;
    }
    return failing;
  }

  return { tell };
}
