import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { Switch } from '../../../../ui/components/Switch.tsx';
import { TextArea } from '../../../../ui/components/TextArea.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { MailboxView } from '../../core/contract.ts';
import { useEmailText } from '../text.ts';
import { AcknowledgementTexts, type Texts, withoutEmpty } from './AcknowledgementTexts.tsx';
import { mailboxesQuery, teamsQuery } from './queries.ts';

type MailboxDialogProps = { mailbox: MailboxView | 'new' | null; onClose: () => void };

export function MailboxDialog({ mailbox, onClose }: MailboxDialogProps) {
  const t = useEmailText();
  const title = mailbox === 'new' || !mailbox ? t('email.mailboxes.new') : mailbox.address;
  return (
    <Dialog isOpen={mailbox !== null} onClose={onClose} title={title} size="wide" isDismissable={false}>
      {mailbox && <MailboxForm mailbox={mailbox === 'new' ? null : mailbox} onClose={onClose} />}
    </Dialog>
  );
}

const NO_TEAM = 'none';
const EMPTY = { name: '', signature: '', teamId: null, acknowledge: false, acknowledgement: {}, tokenInAddress: false, replyTo: '', archive: '' };

function MailboxForm({ mailbox, onClose }: { mailbox: MailboxView | null; onClose: () => void }) {
  const t = useEmailText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const teams = useQuery(teamsQuery);
  const start = mailbox ?? EMPTY;
  const [teamId, setTeamId] = useState(start.teamId ?? NO_TEAM);
  const [acknowledge, setAcknowledge] = useState(start.acknowledge);
  const [tokenInAddress, setTokenInAddress] = useState(start.tokenInAddress);
  const [texts, setTexts] = useState<Texts>(start.acknowledgement);
  const save = useMutation({
    mutationFn: (values: FormData) => {
      const common = {
        name: values.get('name'),
        signature: values.get('signature'),
        teamId: teamId === NO_TEAM ? null : teamId,
        acknowledge,
        tokenInAddress,
        replyTo: values.get('replyTo'),
        archive: values.get('archive'),
        acknowledgement: withoutEmpty(texts),
      };
      return mailbox
        ? api.patch(`/mailboxes/${mailbox.id}`, common, MailboxView)
        : api.post('/mailboxes', { address: values.get('address'), ...common }, MailboxView);
    },
    onSuccess: () => {
      toast({ text: t('email.saved') });
      onClose();
      return cache.invalidateQueries(mailboxesQuery);
    },
  });

  return (
    <SaveForm
      verb={t('email.save')}
      onSubmit={(values) => save.mutate(values)}
      isPending={save.isPending}
      onCancel={onClose}
      errors={fieldErrors(save.error)}
      problem={save.error && errorText(save.error)}
    >
      {!mailbox && (
        <TextField name="address" type="email" label={t('email.mailboxes.address')} hint={t('email.mailboxes.address_hint')} isRequired autoFocus />
      )}
      <TextField name="name" label={t('email.mailboxes.name')} hint={t('email.mailboxes.name_hint')} defaultValue={start.name} maxLength={200} optional />
      <Select
        label={t('email.mailboxes.team')}
        hint={t('email.mailboxes.team_hint')}
        options={[{ id: NO_TEAM, label: t('email.mailboxes.no_team') }, ...(teams.data?.items ?? []).map(({ id, name }) => ({ id, label: name }))]}
        value={teamId}
        onChange={setTeamId}
      />
      <TextArea
        name="signature"
        label={t('email.mailboxes.signature')}
        hint={t('email.mailboxes.signature_hint')}
        defaultValue={start.signature}
        maxLength={10_000}
        optional
      />
      <Switch isSelected={acknowledge} onChange={setAcknowledge} hint={t('email.mailboxes.acknowledge_hint')}>
        {t('email.mailboxes.acknowledge')}
      </Switch>
      {acknowledge && <AcknowledgementTexts value={texts} onChange={setTexts} />}
      <TextField name="replyTo" type="email" label={t('email.mailboxes.reply_to')} hint={t('email.mailboxes.reply_to_hint')} defaultValue={start.replyTo} optional />
      <TextField name="archive" type="email" label={t('email.mailboxes.archive')} hint={t('email.mailboxes.archive_hint')} defaultValue={start.archive} optional />
      <Switch isSelected={tokenInAddress} onChange={setTokenInAddress} hint={t('email.mailboxes.token_in_address_hint')}>
        {t('email.mailboxes.token_in_address')}
      </Switch>
    </SaveForm>
  );
}
