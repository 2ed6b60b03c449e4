import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Mail } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { Badge, type Tone } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ListRow, RowList, Section } from '../../../../ui/layout/Section.tsx';
import { NoticeView } from '../../core/notices-contract.ts';
import { noticesQuery } from '../queries.ts';
import type { Conditions } from '../slots.ts';
import { useStatusText } from '../text.ts';
import { inOwnWords } from '../wording.ts';
import { NoticeForm } from './NoticeForm.tsx';

const TONES: Readonly<Record<NoticeView['state'], Tone>> = { waiting: 'warning', sending: 'accent', sent: 'good', taken_back: 'neutral', stopped: 'neutral' };

/** Mail to those customers whom a change touches. */
export function NoticesSection({ conditions }: { conditions: Conditions }) {
  const t = useStatusText();
  const [isWriting, setIsWriting] = useState(false);
  return (
    <Section title={t('statuspage.notices')} description={t('statuspage.notices_why')} actions={<Button icon={Mail} onPress={() => setIsWriting(true)}>{t('statuspage.notice_new')}</Button>}>
      <PagedRows query={useInfiniteQuery(noticesQuery)} errorText={useErrorText()} empty={<EmptyState icon={Mail}>{t('statuspage.notices_empty')}</EmptyState>}>
        {(items) => <RowList label={t('statuspage.notices')}>{items.map((one) => <NoticeRow key={one.id} notice={one} inWords={conditions.inWords} />)}</RowList>}
      </PagedRows>
      <Dialog isOpen={isWriting} onClose={() => setIsWriting(false)} title={t('statuspage.notice_new')} size="wide" isDismissable={false}>
        {isWriting && <NoticeForm conditions={conditions} onClose={() => setIsWriting(false)} />}
      </Dialog>
    </Section>
  );
}

function NoticeRow({ notice, inWords }: { notice: NoticeView; inWords: Conditions['inWords'] }) {
  const t = useStatusText();
  const format = useFormat();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const now = useNow(10_000);
  const { id, titles, condition, chosen, written, skipped, createdAt, leavesAt } = notice;
  const state = notice.state === 'waiting' && Date.parse(leavesAt) <= now.getTime() ? 'sending' : notice.state;
  const withdraw = useMutation({
    mutationFn: () => api.post(`/status-notices/${id}/withdrawal`, undefined, NoticeView),
    onSuccess: (after) => toast({ text: t(`statuspage.notice_state.${after.state}`) }),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }), onSettled: () => cache.invalidateQueries({ queryKey: ['status'] }),
  });
  const left = Object.entries(skipped).filter(([why]) => why !== 'stopped').reduce((all, [, count]) => all + count, 0);
  return (
    <ListRow
      title={inOwnWords(titles)} badges={<Badge tone={TONES[state]}>{t(`statuspage.notice_state.${state}`)}</Badge>}
      detail={
        <>
          <span className="block">{format.dateTime(createdAt)} · {t('statuspage.notice_counts', { written, chosen })}{left > 0 && <> · {t('statuspage.notice_left', { count: left })}</>}</span>
          <span className="line-clamp-2">{inWords(condition)}</span>
        </>
      }
      actions={(state === 'waiting' || state === 'sending') && <Button size="small" isPending={withdraw.isPending} onPress={() => withdraw.mutate()}>{t(state === 'waiting' ? 'statuspage.notice_undo' : 'statuspage.notice_stop')}</Button>}
    />
  );
}
