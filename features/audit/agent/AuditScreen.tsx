import { useInfiniteQuery } from '@tanstack/react-query';
import { Download, History } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { takeOutOrSay } from '../../../platform/browser/take-out.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { ComboBox } from '../../../ui/components/ComboBox.tsx';
import { EmptyState } from '../../../ui/components/EmptyState.tsx';
import type { Option } from '../../../ui/components/Option.tsx';
import { PagedRows } from '../../../ui/components/PagedRows.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { RowList } from '../../../ui/layout/Section.tsx';
import type { AuditFilter } from '../core/contract.ts';
import { KINDS, type Kind } from '../core/kinds.ts';
import { AuditRow } from './AuditRow.tsx';
import { auditQuery } from './queries.ts';
import { useAuditText } from './text.ts';

type Chosen = { kind: Kind | 'all'; actor: string; from: string; to: string; thing: string | null };
const EVERYTHING: Chosen = { kind: 'all', actor: 'all', from: '', to: '', thing: null };
const DAY_MS = 86_400_000;

/** Days as the reader counts them; the last one is meant whole. */
const filterOf = ({ kind, actor, from, to, thing }: Chosen): AuditFilter => ({
  ...(kind !== 'all' && { kind }), ...(actor !== 'all' && { actor }), ...(thing !== null && { thing }),
  ...(from !== '' && { from: new Date(`${from}T00:00`).toISOString() }), ...(to !== '' && { to: new Date(Date.parse(`${to}T00:00`) + DAY_MS).toISOString() }),
});

/** Who changed what, from what to what, when and from where. */
export function AuditScreen({ people }: { people: readonly Option[] }) {
  const t = useAuditText();
  const [chosen, setChosen] = useState(EVERYTHING);
  const filter = useMemo(() => filterOf(chosen), [chosen]);
  const query = useInfiniteQuery(auditQuery(filter));
  const names = useMemo(() => Object.assign({}, ...(query.data?.pages.map((page) => page.names) ?? [])) as Record<string, string>, [query.data]);
  const change = (part: Partial<Chosen>): void => setChosen((now) => ({ ...now, ...part }));
  return (
    <>
      <p className="mb-4 max-w-reading text-13 text-ink-faint">{t('audit.why')}</p>
      <Filters people={people} chosen={chosen} onChange={change} />
      <div className="mb-4 flex flex-wrap gap-2">
        <Button icon={Download} onPress={() => void download(filter)}>{t('audit.csv')}</Button>
        {chosen.thing !== null && <Button onPress={() => change({ thing: null })}>{t('audit.only_this.all')}</Button>}
      </div>
      <PagedRows query={query} errorText={useErrorText()} empty={<EmptyState icon={History}>{t('audit.empty')}</EmptyState>}>
        {(lines) => (
          <RowList label={t('audit.lines')}>
            {lines.map((line) => <AuditRow key={line.id} line={line} names={names} {...(chosen.thing === null && { onOnly: (thing: string) => setChosen({ ...EVERYTHING, thing }) })} />)}
          </RowList>
        )}
      </PagedRows>
    </>
  );
}

function Filters({ people, chosen, onChange }: { people: readonly Option[]; chosen: Chosen; onChange: (part: Partial<Chosen>) => void }) {
  const t = useAuditText();
  const { compare } = useFormat();
  const kinds = useMemo(() => KINDS.map((id): Option<Kind | 'all'> => ({ id, label: t(`audit.kind.${id}`) })).toSorted((a, b) => compare(a.label, b.label)), [t, compare]);
  return (
    <div className="mb-4 flex flex-wrap items-start gap-3">
      <ComboBox<Kind | 'all'> label={t('audit.filter.kind')} className="min-w-48 flex-1" value={chosen.kind} options={[{ id: 'all', label: t('audit.filter.kind.all') }, ...kinds]} onChange={(kind) => onChange({ kind: kind ?? 'all' })} />
      <ComboBox label={t('audit.filter.actor')} className="min-w-48 flex-1" value={chosen.actor} options={[{ id: 'all', label: t('audit.filter.actor.all') }, ...people]} onChange={(actor) => onChange({ actor: actor ?? 'all' })} />
      <TextField type="date" label={t('audit.filter.from')} value={chosen.from} onChange={(from) => onChange({ from })} isLatin className="w-40" />
      <TextField type="date" label={t('audit.filter.to')} value={chosen.to} onChange={(to) => onChange({ to })} isLatin className="w-40" />
    </div>
  );
}

const download = (filter: AuditFilter): Promise<void> =>
  takeOutOrSay(`/api/v1/audit.csv?${new URLSearchParams(filter as Record<string, string>).toString()}`, 'audit.csv', (text) => toast({ tone: 'failed', text }));
