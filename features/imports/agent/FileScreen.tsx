import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, Download } from 'lucide-react';
import { useState } from 'react';
import { ProgressBar } from 'react-aria-components';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import { Banner } from '../../../ui/components/Banner.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../ui/components/ConfirmDialog.tsx';
import { ErrorState } from '../../../ui/components/ErrorState.tsx';
import { SkeletonRows } from '../../../ui/components/Skeleton.tsx';
import { ImportView } from '../core/contract.ts';
import { Columns } from './Columns.tsx';
import { TONES } from './tones.ts';
import { importQuery, useAct } from './queries.ts';
import { useImportsText } from './text.ts';

/** One file: how it is read, how far it is, what became of it. */
export function FileScreen({ id, onBack }: { id: string; onBack: () => void }) {
  const t = useImportsText();
  const errorText = useErrorText();
  const query = useQuery(importQuery(id));
  const file = query.data;
  if (query.isError) return <ErrorState onRetry={() => void query.refetch()}>{errorText(query.error)}</ErrorState>;
  if (!file) return <SkeletonRows count={4} />;
  const isOpen = file.state === 'ready' || file.state === 'checked';
  return (
    <div className="flex flex-col gap-5">
      <Button icon={ArrowLeft} onPress={onBack} className="self-start">{t('imports.back')}</Button>
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="text-16 leading-heading font-semibold"><bdi>{file.fileName}</bdi></h2>
        <Badge tone={TONES[file.state]}>{t(`imports.state.${file.state}`)}</Badge>
      </div>
      {file.error !== null && <Banner tone="danger">{file.error}</Banner>}
      <Outcome file={file} />
      <Actions file={file} />
      {isOpen && file.kind !== 'mail' && <Columns file={file} />}
    </div>
  );
}

function Outcome({ file }: { file: ImportView }) {
  const t = useImportsText();
  const { state, rows, created, updated, same, failed, undone, kept, progress } = file;
  const isGoing = state === 'checking' || state === 'running' || state === 'undoing';
  return (
    <>
      {isGoing && (
        <ProgressBar aria-label={t('imports.progress')} value={Math.round(progress * 100)}>
          {({ percentage }) => <div className="h-2 overflow-hidden rounded-full bg-sunken"><div className="h-full bg-accent" style={{ width: `${percentage ?? 0}%` }} /></div>}
        </ProgressBar>
      )}
      {isGoing && <p className="text-13 text-ink-soft">{t('imports.rows', { count: rows })}</p>}
      {rows > 0 && <p className="text-14">{t('imports.counts', { created, updated, same, failed })}</p>}
      {undone + kept > 0 && <p className="text-14">{t('imports.counts.undone', { undone, kept })}</p>}
      {failed > 0 && <a className="inline-flex w-fit items-center gap-1.5 text-14 text-accent underline" href={`/api/v1/imports/${file.id}/faults.csv`} download><Download aria-hidden size={16} />{t('imports.faults')}</a>}
    </>
  );
}

function Actions({ file }: { file: ImportView }) {
  const t = useImportsText();
  const errorText = useErrorText();
  const at = `/imports/${file.id}`;
  const check = useAct(() => api.post(`${at}/run`, { check: true }, ImportView));
  const run = useAct(() => api.post(`${at}/run`, {}, ImportView));
  const stop = useAct(() => api.delete(`${at}/run`, undefined, ImportView));
  const failed = [check, run, stop].find(({ isError }) => isError);
  const { state } = file;
  const mayRun = state === 'ready' || state === 'checked';
  return (
    <>
      {failed && <Banner tone="danger">{errorText(failed.error)}</Banner>}
      <div className="flex flex-wrap gap-2">
        {(mayRun || state === 'stopped') && <Button tone="primary" isPending={run.isPending} onPress={() => run.mutate()}>{t(mayRun ? 'imports.run' : 'imports.go_on')}</Button>}
        {mayRun && file.kind !== 'mail' && <Button isPending={check.isPending} onPress={() => check.mutate()}>{t('imports.check')}</Button>}
        {(state === 'running' || state === 'checking') && <Button isPending={stop.isPending} onPress={() => stop.mutate()}>{t('imports.stop')}</Button>}
        <TakeBack file={file} />
      </div>
    </>
  );
}

function TakeBack({ file: { id, state, created, updated } }: { file: ImportView }) {
  const t = useImportsText();
  const errorText = useErrorText();
  const [isAsking, setAsking] = useState(false);
  const undo = useAct(() => api.post(`/imports/${id}/undo`, {}, ImportView));
  if (!['done', 'stopped', 'failed'].includes(state) || created + updated === 0) return null;
  return (
    <>
      <Button onPress={() => setAsking(true)}>{t('imports.undo')}</Button>
      <ConfirmDialog isOpen={isAsking} onClose={() => setAsking(false)} title={t('imports.undo.title')} verb={t('imports.undo')} onConfirm={() => undo.mutateAsync()} errorText={errorText}>{t('imports.undo.why')}</ConfirmDialog>
    </>
  );
}
