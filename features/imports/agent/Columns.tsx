import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import { Banner } from '../../../ui/components/Banner.tsx';
import { Checkbox } from '../../../ui/components/Checkbox.tsx';
import { ErrorState } from '../../../ui/components/ErrorState.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { SkeletonRows } from '../../../ui/components/Skeleton.tsx';
import { WideTable } from '../../../ui/components/WideTable.tsx';
import { ImportView, type ImportPatch, type ImportPreview } from '../core/contract.ts';
import { ENCODINGS, SEPARATORS, type Separator } from '../core/table.ts';
import { previewQuery, useAct } from './queries.ts';
import { type ImportsText, useImportsText } from './text.ts';

const NONE = '-';
const SEPARATOR_WORDS = { ',': 'imports.separator.comma', ';': 'imports.separator.semicolon', '\t': 'imports.separator.tab', '|': 'imports.separator.bar' } as const satisfies Record<Separator, string>;
const FAULTS = { missing: 1, bad_address: 1, bad_phone: 1, bad_language: 1, bad_value: 1, too_long: 1 } as const;
const faultWords = (t: ImportsText, code: string): string => t(Object.hasOwn(FAULTS, code) ? `imports.fault.${code as keyof typeof FAULTS}` : 'imports.fault.other');
const OWN_NAMES = { externalId: 1, name: 1, email: 1, phone: 1, language: 1, company: 1, domains: 1, address: 1, vatId: 1, notes: 1 } as const;
const targetWords = (t: ImportsText, { id, name }: { id: string; name: string | null }): string => name ?? (Object.hasOwn(OWN_NAMES, id) ? t(`imports.target.${id as keyof typeof OWN_NAMES}`) : id);

/** How a table is read, and what its first rows are then. */
export function Columns({ file }: { file: ImportView }) {
  const t = useImportsText();
  const errorText = useErrorText();
  const preview = useQuery(previewQuery(file.id));
  const { encoding, separator, mapping, overwrite } = file.options;
  if (preview.isError) return <ErrorState onRetry={() => void preview.refetch()}>{errorText(preview.error)}</ErrorState>;
  return (
    <Changing id={file.id}>
      {(change) => (
        <>
          <div className="flex flex-wrap items-start gap-3">
            <Select label={t('imports.encoding')} className="w-44" value={encoding} onChange={(next) => change({ encoding: next })} options={ENCODINGS.map((id) => ({ id, label: id }))} />
            <Select<Separator> label={t('imports.separator')} className="w-44" value={separator} onChange={(next) => change({ separator: next })} options={SEPARATORS.map((id) => ({ id, label: t(SEPARATOR_WORDS[id]) }))} />
          </div>
          <Checkbox isSelected={overwrite} onChange={(next) => change({ overwrite: next })} hint={t('imports.overwrite.hint')}>{t('imports.overwrite')}</Checkbox>
          {preview.data ? <Table preview={preview.data} mapping={mapping} onMap={(next) => change({ mapping: next })} /> : <SkeletonRows count={4} />}
        </>
      )}
    </Changing>
  );
}

function Changing({ id, children }: { id: string; children: (change: (patch: ImportPatch) => void) => ReactNode }) {
  const errorText = useErrorText();
  const save = useAct((patch: ImportPatch) => api.patch(`/imports/${id}`, patch, ImportView));
  return (
    <div className="flex flex-col gap-4">
      {save.isError && <Banner tone="danger">{errorText(save.error)}</Banner>}
      {children((patch) => save.mutate(patch))}
    </div>
  );
}

function Table({ preview, mapping, onMap }: { preview: ImportPreview; mapping: readonly (string | null)[]; onMap: (next: (string | null)[]) => void }) {
  const t = useImportsText();
  const options = [{ id: NONE, label: t('imports.target.none') }, ...preview.targets.map((target) => ({ id: target.id, label: targetWords(t, target) }))];
  const map = (column: number, target: string): void => onMap(preview.heads.map((_head, i) => (i === column ? (target === NONE ? null : target) : mapping[i] ?? null)));
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-semibold">{t('imports.columns')}</h3>
      <WideTable label={t('imports.preview')} className="min-w-max">
        <thead>
          <tr>
            {preview.heads.map((head, i) => (
              // oxlint-disable-next-line react/no-array-index-key -- a column is its place
              <th key={i} scope="col" className="border-b border-hairline p-2 text-start align-bottom font-medium">
                <bdi className="mb-1 block">{head}</bdi>
                <Select label={t('imports.column', { name: head || String(i + 1) })} labelHidden className="w-44" value={mapping[i] ?? NONE} onChange={(target) => map(i, target)} options={options} />
              </th>
            ))}
            <th scope="col" className="border-b border-hairline p-2 text-start align-bottom font-medium">{t('imports.verdict')}</th>
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row, number) => (
            // oxlint-disable-next-line react/no-array-index-key -- a row is its place
            <tr key={number} className="border-b border-hairline last:border-0">
              {/* oxlint-disable-next-line react/no-array-index-key -- a cell is its place */}
              {preview.heads.map((_head, i) => <td key={i} className="max-w-60 truncate p-2"><bdi>{row.cells[i] ?? ''}</bdi></td>)}
              <td className="p-2"><Badge tone={row.fault ? 'danger' : 'good'}>{row.fault ? faultWords(t, row.fault.code) : t('imports.fine')}</Badge></td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}
