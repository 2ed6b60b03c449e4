import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { Banner } from '../../../ui/components/Banner.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import type { BulkRunView } from '../core/contract.ts';
import { bulkFailures, bulkRun, stopBulk, undoBulk } from './queries.ts';
import { useBulkText } from './text.ts';

/** How far it is, what was refused and why, and the way back. It goes on when this is closed. */
export function BulkProgress({ runId, onClose }: { runId: string; onClose: () => void }) {
  const t = useBulkText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { data: run, error } = useQuery(bulkRun(runId));
  const way = useRef<HTMLButtonElement>(null);
  const put = {
    onSuccess: (after: BulkRunView) => {
      // What was pressed goes; the focus would go with it, and Escape would close nothing.
      way.current?.focus();
      cache.setQueryData(bulkRun(runId).queryKey, after);
    },
  };
  const stop = useMutation({ mutationFn: () => stopBulk(runId), ...put });
  const undo = useMutation({ mutationFn: () => undoBulk(runId), ...put });
  const failed = error ?? stop.error ?? undo.error;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="wide"
      title={run ? t(`bulk.state.${run.state}`) : t('bulk.state.running')}
      footer={
        <>
          <Button ref={way} tone="primary" onPress={onClose} autoFocus>{t('bulk.close')}</Button>
          {run?.state === 'running' && <Button isPending={stop.isPending} onPress={() => stop.mutate()}>{t('bulk.stop')}</Button>}
          {run?.mayUndo && <Button icon={Undo2} isPending={undo.isPending} onPress={() => undo.mutate()}>{t('bulk.undo')}</Button>}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {run && <Figures run={run} />}
        {run && <Failures run={run} />}
        {failed && <Banner tone="danger">{errorText(failed)}</Banner>}
      </div>
    </Dialog>
  );
}

function Figures({ run }: { run: BulkRunView }) {
  const t = useBulkText();
  const format = useFormat();
  const cache = useQueryClient();
  const over = run.total - run.waiting;
  const isOver = run.waiting === 0;
  useEffect(() => {
    if (isOver) void cache.invalidateQueries({ queryKey: ['tickets'] });
    void cache.invalidateQueries({ queryKey: ['bulk', 'last'] });
  }, [cache, isOver]);
  const told = (['done', 'unchanged', 'failed', 'stopped', 'undone', 'kept'] as const).filter((what) => run[what] > 0);
  return (
    <>
      <progress aria-label={t('bulk.progress')} value={over} max={run.total} className="h-2 w-full accent-accent" />
      {/* What came of it is said; on the way there every second would be. */}
      <div className="text-13 text-ink-soft">
        <p role="status">{isOver && told.map((what) => t(`bulk.count.${what}`, { count: run[what] })).join(' · ')}</p>
        {!isOver && <p className="tabular-nums">{t('bulk.of', { done: format.number(over), total: format.number(run.total) })}</p>}
      </div>
    </>
  );
}

function Failures({ run: { id, failed, kept } }: { run: BulkRunView }) {
  const t = useBulkText();
  const { data } = useQuery(bulkFailures(id, failed + kept));
  if (!data || data.items.length === 0) return null;
  return (
    <section aria-label={t('bulk.failures')}>
      <h3 className="text-13 font-medium">{t('bulk.failures')}</h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard */}
      <ul tabIndex={0} className="mt-1 max-h-60 overflow-auto rounded-control border border-hairline">
        {data.items.map(({ ticket, detail, code }) => (
          <li key={ticket.id} className="flex flex-col gap-0.5 border-b border-hairline px-3 py-2 text-13 last:border-0">
            <span className="flex gap-2"><span dir="ltr" className="tabular-nums text-ink-faint">#{ticket.number}</span><span dir="auto" className="truncate font-medium">{ticket.subject}</span></span>
            <span className="text-12 text-ink-soft">{code === 'bulk.touched_since' ? t('bulk.touched_since') : <span lang="en" dir="ltr">{detail || code}</span>}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
