import type { Now } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newMessageId } from '../../../platform/mail/header.ts';
import type { Outbox } from '../../../platform/mail/outbox.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import type { Letter } from '../core/letters.ts';
import type { Person } from '../core/person.ts';

export type Mailer = ReturnType<typeof createMailer>;
type Recipient = Pick<Person, 'name' | 'email' | 'language'>;

/** Letters to our own people, in the name of their workspace, sent with the change that they tell. */
export function createMailer({ outbox, workspaces, sender, machineNow }: {
  outbox: Pick<Outbox, 'queue'>; workspaces: Pick<Workspaces, 'get'>; sender: string; machineNow: Now;
}) {
  return {
    async send(tx: Tx, workspaceId: string, purpose: 'invitation' | 'reset' | 'notice', to: Recipient, write: (workspaceName: string) => Letter): Promise<void> {
      const { name } = await workspaces.get(workspaceId);
      await outbox.queue(tx, workspaceId, {
        purpose, messageId: newMessageId(sender),
        from: { name, address: sender }, to: [{ name: to.name, address: to.email }], ...write(name), notBefore: machineNow(),
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      });
    },
  };
}
