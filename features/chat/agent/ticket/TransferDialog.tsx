import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { TextArea } from '../../../../ui/components/TextArea.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { attendingQuery, chatMoved, colleagues, teamsQuery } from '../queries.ts';
import { useChatText } from '../text.ts';

/** Hands a chat on to somebody, or to whoever of a team is free, with a word that the customer never sees. */
export function TransferDialog({ ticketId, onClose }: { ticketId: string; onClose: () => void }) {
  const t = useChatText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { data: people = [] } = useQuery(colleagues);
  const { data: teams = [] } = useQuery(teamsQuery);
  const { data: attending } = useQuery(attendingQuery);
  const [to, setTo] = useState<string | null>(null);
  const isThere = (option: string): boolean => attending?.some(({ personId }) => option === `personId ${personId}`) ?? false;
  /** Whoever is not there gets it all the same, and the visitor is told that it takes longer. */
  const standing = (id: string): string | undefined => {
    const there = attending?.find(({ personId }) => personId === id);
    return attending && (there ? t('chat.transfer.holds', { count: there.chats }) : t('chat.transfer.away'));
  };
  const hand = useMutation({
    mutationFn: (values: FormData) => {
      const [kind, id] = to!.split(' ');
      return api.post(`/tickets/${ticketId}/chat/transfer`, { [kind!]: id, note: values.get('note') ?? '' });
    },
    onSuccess: () => {
      toast({ text: t('chat.transferred') });
      onClose();
      return Promise.all([chatMoved(cache, ticketId), cache.invalidateQueries({ queryKey: ['tickets'] })]);
    },
  });
  return (
    <Dialog isOpen onClose={onClose} title={t('chat.transfer.title')}>
      <SaveForm verb={t('chat.transfer.verb')} onSubmit={(values) => hand.mutate(values)} isPending={hand.isPending} isDisabled={to === null} onCancel={onClose} errors={fieldErrors(hand.error)} problem={hand.error && errorText(hand.error)}>
        <Select
          label={t('chat.transfer.to')} value={to} onChange={setTo}
          options={[...people.map(({ id, name }) => ({ id: `personId ${id}`, label: name, hint: standing(id) })).toSorted((a, b) => Number(isThere(b.id)) - Number(isThere(a.id))), ...teams.map(({ id, name }) => ({ id: `teamId ${id}`, label: t('chat.transfer.team', { name }) }))]}
        />
        <TextArea name="note" label={t('chat.transfer.note')} hint={t('chat.transfer.note_what')} maxLength={5_000} />
      </SaveForm>
    </Dialog>
  );
}
