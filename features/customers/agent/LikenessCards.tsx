import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { useShortcut } from '../../../platform/browser/shortcuts.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import type { CustomerView, LikenessView } from '../core/contract.ts';
import { FlagMarks } from './FlagMarks.tsx';
import { MergeChoice } from './MergeChoice.tsx';
import { useCustomersText } from './text.ts';

type LikenessCardsProps = { items: readonly LikenessView[]; /** Beside whom they stand: shown are the others. */ besideId: string | null; /** The first of them is answered by keys: where there is nothing else that has them. */ hasKeys: boolean; mayChange: boolean; hrefOf: (id: string) => string; label: string };

/** Records that may be of one person: why, who they are, and what somebody says of it. */
export const LikenessCards = ({ items, label, hasKeys, ...props }: LikenessCardsProps) => (
  <ul aria-label={label} className="flex flex-col gap-3">
    {items.map((one, at) => <Card key={one.customers.map(({ id }) => id).join()} one={one} hasKeys={hasKeys && at === 0} {...props} />)}
  </ul>
);

const KEY: QueryKey = ['customers', 'likenesses'];

function Card({ one, besideId, hasKeys, mayChange, hrefOf }: Omit<LikenessCardsProps, 'items' | 'label'> & { one: LikenessView }) {
  const t = useCustomersText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [isMerging, setMerging] = useState(false);
  const [a, b] = one.customers as [CustomerView, CustomerView];
  const path = `/customers/${a.id}/likenesses/${b.id}/separation`;
  const back = useMutation({ mutationFn: () => api.delete(path), onError: (error) => toast({ tone: 'failed', text: errorText(error) }), onSettled: () => cache.invalidateQueries({ queryKey: KEY }) });
  const apart = useMutation({
    mutationFn: () => api.put(path),
    onSuccess: () => toast({ text: t('customers.alike.apart_done'), action: { label: t('customers.merge.undo'), onAction: () => back.mutate() } }),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: KEY }),
  });
  const keys = { group: t('customers.title'), disabled: !hasKeys || !mayChange };
  useShortcut({ ...keys, code: 'KeyU', shift: true, label: t('customers.alike.same') }, () => setMerging(true));
  useShortcut({ ...keys, code: 'KeyN', shift: true, label: t('customers.alike.not_same') }, () => apart.mutate());
  const shown = one.customers.filter(({ id }) => id !== besideId);
  return (
    <li className="flex flex-col gap-2 rounded-control border border-hairline px-3 py-2.5">
      <p className="flex flex-wrap gap-1">{one.reasons.map((reason) => <Badge key={reason} tone="warning">{t(`customers.alike.${reason}`)}</Badge>)}</p>
      {shown.map((person) => <Side key={person.id} person={person} href={hrefOf(person.id)} />)}
      {mayChange && (
        <div className="flex flex-wrap gap-2">
          <Button size="small" onPress={() => setMerging(true)}>{t('customers.alike.same')}</Button>
          <Button size="small" tone="quiet" isPending={apart.isPending} onPress={() => apart.mutate()}>{t('customers.alike.not_same')}</Button>
        </div>
      )}
      {isMerging && <MergeChoice both={{ this: a, other: b }} onClose={() => setMerging(false)} />}
    </li>
  );
}

const Side = ({ person, href }: { person: CustomerView; href: string }) => {
  const t = useCustomersText();
  const format = useFormat();
  return (
    <div className="min-w-0 text-13">
      <p className="flex items-center gap-1.5"><Link href={href}><bdi>{person.name || person.email || t('customers.nameless')}</bdi></Link><FlagMarks flags={person.flags} /></p>
      <p className="text-12 text-ink-faint [overflow-wrap:anywhere]"><bdi dir="ltr">{person.identities.map(({ value }) => value).join(' · ')}</bdi></p>
      <p className="text-12 text-ink-faint">{t('customers.since', { date: format.date(person.createdAt) })}</p>
    </div>
  );
};
