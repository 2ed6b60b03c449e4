import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { Banner } from '../../../ui/components/Banner.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { IconButton } from '../../../ui/components/IconButton.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { TextArea } from '../../../ui/components/TextArea.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { FlagView } from '../core/contract.ts';
import { FLAGS, isSensitive, wantsContact, type Flag } from '../core/flags.ts';
import { customerFlags } from './queries.ts';
import { useCustomersText } from './text.ts';

/** Of whom it is, and who may take away what is sensitive. */
type FlagsPartProps = { customerId: string; mayChange: boolean; mayJudge: boolean };

/** What one has to know before one writes or calls, why, and who says so. */
export function FlagsPart({ customerId, mayChange, mayJudge }: FlagsPartProps) {
  const t = useCustomersText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { data: flags = [] } = useQuery(customerFlags(customerId));
  const [isOpen, setOpen] = useState(false);
  const refresh = () => Promise.all([cache.invalidateQueries({ queryKey: ['customers'] }), cache.invalidateQueries({ queryKey: ['tickets'] })]);
  const remove = useMutation({
    mutationFn: (flag: Flag) => api.delete(`/customers/${customerId}/flags/${flag}`),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: refresh,
  });
  const free = FLAGS.filter((flag) => !flags.some((one) => one.flag === flag) && (flag !== 'abusive' || mayJudge));
  return (
    <div className="flex flex-col gap-2">
      {flags.length > 0 && (
        <ul className="flex flex-col gap-2">
          {flags.map((one) => <OneFlag key={one.flag} {...one} onRemove={mayChange && (mayJudge || !isSensitive(one.flag)) ? () => remove.mutate(one.flag) : null} />)}
        </ul>
      )}
      {flags.length === 0 && !mayChange && <p className="text-13 text-ink-faint">{t('customers.flags.none')}</p>}
      {mayChange && free.length > 0 && <Button tone="quiet" size="small" icon={Plus} className="-ms-2.5 self-start" onPress={() => setOpen(true)}>{t('customers.flags.add')}</Button>}
      {isOpen && <FlagDialog customerId={customerId} free={free} onClose={() => setOpen(false)} onSaved={refresh} />}
    </div>
  );
}

const OneFlag = ({ flag, reason, contact, reviewOn, by, at, onRemove }: FlagView & { onRemove: (() => void) | null }) => {
  const t = useCustomersText();
  const format = useFormat();
  return (
    <li className="flex items-start gap-2 text-13">
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <p className="font-medium">{t(`customers.flag.${flag}`)}</p>
        {reason !== '' && <p dir="auto" className="text-ink-soft">{reason}</p>}
        {contact !== '' && <p className="text-ink-soft">{t('customers.flags.speak_with')}: <bdi>{contact}</bdi></p>}
        <p className="text-12 text-ink-faint"><bdi>{by.name}</bdi> · {format.date(at)}{reviewOn !== null && ` · ${t('customers.flags.review', { date: format.date(`${reviewOn}T12:00:00.000Z`) })}`}</p>
      </div>
      {onRemove && <IconButton label={t('customers.flags.remove', { flag: t(`customers.flag.${flag}`) })} icon={X} onPress={onRemove} />}
    </li>
  );
};

function FlagDialog({ customerId, free, onClose, onSaved }: { customerId: string; free: readonly Flag[]; onClose: () => void; onSaved: () => Promise<unknown> }) {
  const t = useCustomersText();
  const errorText = useErrorText();
  const [flag, setFlag] = useState<Flag | null>(null);
  const [words, setWords] = useState({ reason: '', contact: '', reviewOn: '' });
  const save = useMutation({
    mutationFn: (chosen: Flag) => api.put(`/customers/${customerId}/flags/${chosen}`, { reason: words.reason, contact: words.contact, reviewOn: words.reviewOn === '' ? null : words.reviewOn }, FlagView),
    onSuccess: onClose,
    onSettled: onSaved,
  });
  const isComplete = flag !== null && (!isSensitive(flag) || words.reason.trim() !== '') && (!wantsContact(flag) || words.contact.trim() !== '');
  return (
    <Dialog
      isOpen onClose={onClose} title={t('customers.flags.add')}
      footer={(
        <>
          <Button tone="primary" isDisabled={!isComplete} isPending={save.isPending} onPress={() => flag && save.mutate(flag)}>{t('customers.flags.save')}</Button>
          <Button onPress={onClose}>{t('customers.cancel')}</Button>
        </>
      )}
    >
      <div className="flex flex-col gap-4">
        <Select label={t('customers.flags.what')} options={free.map((id) => ({ id, label: t(`customers.flag.${id}`) }))} value={flag} onChange={setFlag} />
        <TextArea label={t('customers.flags.reason')} rows={2} value={words.reason} onChange={(reason) => setWords({ ...words, reason })} maxLength={1_000} />
        {flag !== null && wantsContact(flag) && <TextField label={t('customers.flags.speak_with')} value={words.contact} onChange={(contact) => setWords({ ...words, contact })} maxLength={500} />}
        <TextField label={t('customers.flags.review_on')} hint={t('customers.flags.review_hint')} type="date" value={words.reviewOn} onChange={(reviewOn) => setWords({ ...words, reviewOn })} />
        {save.error && <Banner tone="danger">{errorText(save.error)}</Banner>}
      </div>
    </Dialog>
  );
}
