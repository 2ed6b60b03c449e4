import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { SearchField } from '../../../../ui/components/SearchField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ListRow, RowList, Section } from '../../../../ui/layout/Section.tsx';
import type { SenderRuleView } from '../../core/spam/contract.ts';
import { useEmailText } from '../text.ts';
import { addSender, removeSender, type SenderList, SENDERS, sendersQuery } from './queries.ts';
import { SenderDialog } from './SenderDialog.tsx';

/** Fewer are found by looking. */
const SEARCHED_FROM = 8;

/** Senders whose mail is held back, or never is. */
export function SenderSection({ list }: { list: SenderList }) {
  const t = useEmailText();
  const [isAdding, setAdding] = useState(false);
  return (
    <Section
      title={t(`email.senders.${list}`)}
      description={t(`email.senders.${list}.why`)}
      actions={<Button icon={Plus} onPress={() => setAdding(true)}>{t(`email.senders.${list}.add`)}</Button>}
    >
      <Senders list={list} />
      <SenderDialog list={list} isOpen={isAdding} onClose={() => setAdding(false)} />
    </Section>
  );
}

function Senders({ list }: { list: SenderList }) {
  const t = useEmailText();
  const [typed, setTyped] = useState('');
  const part = useDeferredValue(typed.trim());
  const query = useInfiniteQuery(sendersQuery(list, part));
  return (
    <div className="flex flex-col gap-3">
      {(part !== '' || (query.data?.pages[0]?.items.length ?? 0) >= SEARCHED_FROM)
        && <SearchField label={t('email.senders.search')} value={typed} onChange={setTyped} className="max-w-80" />}
      <PagedRows query={query} errorText={useErrorText()} empty={<p className="text-13 text-ink-faint">{t(part === '' ? `email.senders.${list}.empty` : 'email.senders.none_found')}</p>}>
        {(rules) => <RowList label={t(`email.senders.${list}`)}>{rules.map((rule) => <SenderRow key={rule.id} list={list} rule={rule} />)}</RowList>}
      </PagedRows>
    </div>
  );
}

function SenderRow({ list, rule }: { list: SenderList; rule: SenderRuleView }) {
  const t = useEmailText();
  const errorText = useErrorText();
  const format = useFormat();
  const cache = useQueryClient();
  const common = {
    onError: (error: Error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: SENDERS }),
  };
  const again = useMutation({ ...common, mutationFn: () => addSender(list, rule.sender, rule.reason) });
  const remove = useMutation({
    ...common,
    mutationFn: () => removeSender(list, rule.id),
    onSuccess: () => toast({ text: t(`email.senders.${list}.removed`, { sender: rule.sender }), action: { label: t('email.senders.undo'), onAction: () => again.mutate() } }),
  });
  const when = format.date(rule.createdAt);
  return (
    <ListRow
      title={<bdi dir="ltr">{rule.sender}</bdi>}
      badges={rule.kind === 'domain' && <Badge>{t('email.senders.domain')}</Badge>}
      detail={
        <>
          {rule.reason !== '' && <><span dir="auto">{rule.reason}</span> · </>}
          {rule.createdBy ? t('email.senders.by', { name: rule.createdBy.name, when }) : when}
        </>
      }
      actions={
        <Button size="small" onPress={() => remove.mutate()} isPending={remove.isPending} aria-label={t('email.senders.remove_one', { sender: rule.sender })}>
          {t('email.senders.remove')}
        </Button>
      }
    />
  );
}
