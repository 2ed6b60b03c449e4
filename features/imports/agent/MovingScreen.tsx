import { useInfiniteQuery } from '@tanstack/react-query';
import { PackageOpen, Plus } from 'lucide-react';
import { useState } from 'react';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { EmptyState } from '../../../ui/components/EmptyState.tsx';
import type { Option } from '../../../ui/components/Option.tsx';
import { PagedRows } from '../../../ui/components/PagedRows.tsx';
import { ListRow, RowList } from '../../../ui/layout/Section.tsx';
import type { ImportView } from '../core/contract.ts';
import { FileScreen } from './FileScreen.tsx';
import { importsQuery } from './queries.ts';
import { useImportsText } from './text.ts';
import { TONES } from './tones.ts';
import { UploadDialog } from './UploadDialog.tsx';

/** Files from elsewhere: what was brought in, and the way to bring in another. */
export function MovingScreen({ mailboxes }: { mailboxes: readonly Option[] }) {
  const t = useImportsText();
  const [openId, setOpenId] = useState<string | null>(null);
  const [isAdding, setAdding] = useState(false);
  const query = useInfiniteQuery(importsQuery);
  const errorText = useErrorText();
  const add = <Button tone="primary" icon={Plus} onPress={() => setAdding(true)}>{t('imports.new')}</Button>;
  if (openId !== null) return <FileScreen id={openId} onBack={() => setOpenId(null)} />;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-4">
        <p className="max-w-reading text-13 text-ink-faint">{t('imports.why')}</p>
        {add}
      </div>
      <PagedRows query={query} errorText={errorText} empty={<EmptyState icon={PackageOpen}>{t('imports.empty')}</EmptyState>}>
        {(files) => <RowList label={t('imports.list')}>{files.map((file) => <FileRow key={file.id} file={file} onOpen={() => setOpenId(file.id)} />)}</RowList>}
      </PagedRows>
      <UploadDialog isOpen={isAdding} mailboxes={mailboxes} onClose={() => setAdding(false)} onUploaded={({ id }) => { setAdding(false); setOpenId(id); }} />
    </>
  );
}

function FileRow({ file, onOpen }: { file: ImportView; onOpen: () => void }) {
  const t = useImportsText();
  const format = useFormat();
  return (
    <ListRow
      title={<bdi>{file.fileName}</bdi>}
      badges={<Badge tone={TONES[file.state]}>{t(`imports.state.${file.state}`)}</Badge>}
      detail={<>{t(`imports.kind.${file.kind}`)} · {t('imports.by', { name: file.createdBy.name, when: format.dateTime(file.createdAt) })}</>}
      actions={<Button size="small" onPress={onOpen}>{t('imports.open')}</Button>}
    />
  );
}
