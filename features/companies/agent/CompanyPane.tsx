import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Pencil, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import { ConfirmDialog } from '../../../ui/components/ConfirmDialog.tsx';
import { ErrorState } from '../../../ui/components/ErrorState.tsx';
import { IconButton } from '../../../ui/components/IconButton.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { SkeletonRows } from '../../../ui/components/Skeleton.tsx';
import { Switch } from '../../../ui/components/Switch.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { Pane } from '../../../ui/layout/Pane.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { CompanyView, SIGHTS } from '../core/contract.ts';
import { CompanyDialog } from './CompanyDialog.tsx';
import { CompanyPeople } from './CompanyPeople.tsx';
import { companyOne, refresh } from './queries.ts';
import type { CompanySlots } from './slots.ts';
import { useCompaniesText } from './text.ts';

type CompanyPaneProps = CompanySlots & { id: string; mayChange: boolean; mayShare: boolean; onOpen: (id: string | null) => void; onGone: () => void };

/** One company: what is known of it, what is open, who is of it, and what its people see of each other. */
export function CompanyPane({ id, mayChange, mayShare, tickets, details, pickCustomer, onOpen, onGone }: CompanyPaneProps) {
  const t = useCompaniesText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [asked, setAsked] = useState<'edit' | 'remove' | null>(null);
  const { data: company, error, refetch, isFetching } = useQuery(companyOne(id));
  const back = { label: t('companies.back'), onBack: () => onOpen(null) };
  if (!company) {
    return <Pane title={t('companies.company')} level={1} back={back}>{error ? <ErrorState onRetry={() => void refetch()} isRetrying={isFetching}>{errorText(error)}</ErrorState> : <SkeletonRows count={4} />}</Pane>;
  }
  return (
    <Pane
      title={company.name}
      level={1}
      subtitle={company.isKeyAccount && <Badge tone="accent">{t('companies.key_account')}</Badge>}
      back={back}
      actions={(
        <>
          {mayChange && <IconButton icon={Pencil} label={t('companies.edit')} onPress={() => setAsked('edit')} />}
          {mayShare && <IconButton icon={Trash2} label={t('companies.remove')} onPress={() => setAsked('remove')} />}
        </>
      )}
    >
      <div className="flex max-w-page flex-col px-5 py-5">
        <Facts company={company} />
        <div className="-mx-5 max-w-reading">{details(id)}</div>
        <Section title={t('companies.open_tickets')}>{tickets(id)}</Section>
        <CompanyPeople id={id} mayChange={mayChange} pickCustomer={pickCustomer} />
        <Sharing company={company} mayShare={mayShare} />
      </div>
      <CompanyDialog company={asked === 'edit' ? company : null} onClose={() => setAsked(null)} />
      <ConfirmDialog
        isOpen={asked === 'remove'} onClose={() => setAsked(null)} title={t('companies.remove.title', { name: company.name })} verb={t('companies.remove')} errorText={errorText}
        onConfirm={async () => {
          await api.delete(`/companies/${id}`);
          onGone();
          await refresh(cache);
        }}
      >
        <p>{t('companies.remove.what')}</p>
      </ConfirmDialog>
    </Pane>
  );
}

function Facts({ company: { domains, address, vatId, notes } }: { company: CompanyView }) {
  const t = useCompaniesText();
  const facts: readonly (readonly [label: string, value: ReactNode])[] = [
    ...(domains.length > 0 ? [[t('companies.domains'), <bdi key="d" dir="ltr">{domains.join(', ')}</bdi>] as const] : []),
    ...(address === '' ? [] : [[t('companies.address'), <span key="a" dir="auto" className="whitespace-pre-wrap">{address}</span>] as const]),
    ...(vatId === '' ? [] : [[t('companies.vat_id'), <bdi key="v" dir="ltr">{vatId}</bdi>] as const]),
  ];
  if (facts.length === 0 && notes === '') return null;
  return (
    <div className="flex flex-col gap-4 border-b border-hairline pb-6">
      {notes !== '' && <p dir="auto" className="written max-w-reading rounded-control border border-note-edge/50 bg-note px-3 py-2 text-13 whitespace-pre-wrap text-on-note">{notes}</p>}
      {facts.length > 0 && (
        <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-2 text-13 max-wide:grid-cols-1 max-wide:gap-y-0.5">
          {facts.map(([label, value]) => (
            <div key={label} className="contents">
              <dt className="text-ink-faint max-wide:mt-2">{label}</dt>
              <dd className="min-w-0 text-start [overflow-wrap:anywhere]">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

/** Closed unless somebody opens it: colleagues are strangers to each other's requests otherwise. */
function Sharing({ company: { id, sight, mayAnswer }, mayShare }: { company: CompanyView; mayShare: boolean }) {
  const t = useCompaniesText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const change = useMutation({
    mutationFn: (patch: Partial<Pick<CompanyView, 'sight' | 'mayAnswer'>>) => api.patch(`/companies/${id}`, patch, CompanyView),
    onSuccess: (saved) => cache.setQueryData(companyOne(saved.id).queryKey, saved),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
  });
  return (
    <Section title={t('companies.sight')} description={t('companies.sight.what')}>
      {mayShare
        ? <Select label={t('companies.sight.who')} className="max-w-80" value={sight} onChange={(who) => change.mutate({ sight: who })} options={SIGHTS.map((who) => ({ id: who, label: t(`companies.sight.${who}`) }))} />
        : <p className="text-13">{t(`companies.sight.${sight}`)}</p>}
      {sight !== 'nobody' && mayShare && <Switch isSelected={mayAnswer} isDisabled={change.isPending} onChange={(may) => change.mutate({ mayAnswer: may })} hint={t('companies.may_answer.hint')}>{t('companies.may_answer')}</Switch>}
    </Section>
  );
}
