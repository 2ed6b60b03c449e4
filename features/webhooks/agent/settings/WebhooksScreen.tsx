import { useState } from 'react';
import type { Conditions } from '../slots.ts';
import { IncomingSection } from './IncomingSection.tsx';
import { OutgoingSection } from './OutgoingSection.tsx';
import { type Secret, SecretDialog } from './SecretDialog.tsx';

type WebhooksScreenProps = { conditions: Conditions; ticketHref: (ticketId: string) => string };

/** Programs of others: what they are told, and what they hand in. */
export function WebhooksScreen({ conditions, ticketHref }: WebhooksScreenProps) {
  const [secret, setSecret] = useState<Secret | null>(null);
  return (
    <>
      <OutgoingSection conditions={conditions} ticketHref={ticketHref} onSecret={(value) => setSecret({ kind: 'secret', value })} />
      <IncomingSection ticketHref={ticketHref} onSecret={setSecret} />
      <SecretDialog secret={secret} onClose={() => setSecret(null)} />
    </>
  );
}
