import { useQuery } from '@tanstack/react-query';
import { PasswordField } from '../../../../ui/components/PasswordField.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import type { RelayPut, RelayView } from '../../core/sending-contract.ts';
import { SignInPart } from '../settings/oauth/SignInPart.tsx';
import { mailboxesQuery } from '../settings/queries.ts';
import { useEmailText } from '../text.ts';

type Proof = { auth: RelayPut['auth']; mailboxId: string | null; user: string; password: string };
type RelayProofProps = { relay: RelayView | null; proof: Proof; onMailbox: (id: string) => void; onPassword: (password: string) => void };

/** How Rapport gets in at a mail server: with a password, or with what somebody has signed in for at the provider. */
export function RelayProof({ relay, proof: { auth, mailboxId, user, password }, onMailbox, onPassword }: RelayProofProps) {
  const t = useEmailText();
  const mailboxes = useQuery(mailboxesQuery);
  if (auth !== 'password') {
    return (
      <>
        <Select
          label={t('email.relays.mailbox')}
          hint={t('email.relays.mailbox_hint')}
          options={(mailboxes.data?.items ?? []).map(({ id, address }) => ({ id, label: address }))}
          value={mailboxId ?? ''}
          onChange={onMailbox}
        />
        {mailboxId !== null && user !== '' && <SignInPart mailboxId={mailboxId} provider={auth} user={user} returnTo="sending" />}
      </>
    );
  }
  if (user === '') return null;
  return (
    <PasswordField
      name="password"
      label={t('email.source.password')}
      {...(relay && { hint: t('email.source.password_kept') })}
      autoComplete="new-password"
      value={password}
      onChange={onPassword}
      isRequired={relay?.auth !== 'password' || relay.user !== user}
    />
  );
}
