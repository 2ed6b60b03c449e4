import { useInfiniteQuery } from '@tanstack/react-query';
import { Building2, Download, Plus } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { takeOutOrSay } from '../../../platform/browser/take-out.ts';
import { classes } from '../../../ui/classes.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { EmptyState } from '../../../ui/components/EmptyState.tsx';
import { IconButton } from '../../../ui/components/IconButton.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { PagedRows } from '../../../ui/components/PagedRows.tsx';
import { SearchField } from '../../../ui/components/SearchField.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { Pane } from '../../../ui/layout/Pane.tsx';
import { SplitView } from '../../../ui/layout/SplitView.tsx';
import type { CompanyView } from '../core/contract.ts';
import { CompanyDialog } from './CompanyDialog.tsx';
import { CompanyPane } from './CompanyPane.tsx';
import { companiesQuery } from './queries.ts';
import type { CompanySlots } from './slots.ts';
import { useCompaniesText } from './text.ts';

type CompaniesScreenProps = CompanySlots & { companyId: string | null; mayChange: boolean; mayShare: boolean; mayExport: boolean; hrefOf: (id: string) => string; onOpen: (id: string | null) => void };

/** The firms that customers are of, beside the one that is looked at. */
export function CompaniesScreen({ hrefOf, mayExport, ...props }: CompaniesScreenProps) {
  const { companyId, mayChange, onOpen } = props;
  const t = useCompaniesText();
  const [isNew, setNew] = useState(false);
  return (
    <>
      <SplitView
        narrow={companyId === null ? 'list' : 'detail'}
        list={<CompanyList companyId={companyId} mayExport={mayExport} hrefOf={hrefOf} onNew={mayChange ? () => setNew(true) : null} />}
        detail={companyId === null ? <EmptyState icon={Building2}>{t('companies.choose')}</EmptyState> : <CompanyPane key={companyId} {...props} id={companyId} onGone={() => onOpen(null)} />}
      />
      <CompanyDialog company={isNew ? 'new' : null} onClose={() => setNew(false)} onSaved={({ id }) => onOpen(id)} />
    </>
  );
}

function CompanyList({ companyId, mayExport, hrefOf, onNew }: { companyId: string | null; mayExport: boolean; hrefOf: (id: string) => string; onNew: (() => void) | null }) {
  const t = useCompaniesText();
  const errorText = useErrorText();
  const [search, setSearch] = useState('');
  const q = useDeferredValue(search.trim());
  const list = useInfiniteQuery(companiesQuery(q));
  return (
    <Pane
      title={t('companies.title')}
      level={companyId === null ? 1 : 2}
      actions={(
        <>
          {mayExport && <IconButton icon={Download} label={t('companies.csv')} onPress={() => void download(q)} />}
          {onNew && <IconButton icon={Plus} label={t('companies.new')} onPress={onNew} />}
        </>
      )}
      below={<div className="border-b border-hairline px-3 py-2.5"><SearchField label={t('companies.find')} value={search} onChange={setSearch} /></div>}
    >
      <div className="p-2">
        <PagedRows
          query={list}
          errorText={errorText}
          empty={<EmptyState icon={Building2} action={onNew && q === '' && <Button tone="primary" icon={Plus} onPress={onNew}>{t('companies.new')}</Button>}>{t(q === '' ? 'companies.empty' : 'companies.none_found')}</EmptyState>}
        >
          {(companies) => <ul aria-label={t('companies.title')} className="flex flex-col gap-px">{companies.map((company) => <CompanyRow key={company.id} company={company} href={hrefOf(company.id)} isOpen={company.id === companyId} />)}</ul>}
        </PagedRows>
      </div>
    </Pane>
  );
}

function CompanyRow({ company: { name, domains, isKeyAccount }, href, isOpen }: { company: CompanyView; href: string; isOpen: boolean }) {
  const t = useCompaniesText();
  return (
    <li>
      <Link look="bare" href={href} {...(isOpen && { 'aria-current': 'page' as const })} className={classes('flex min-h-row flex-col gap-0.5 rounded-control px-2.5 py-2', isOpen ? 'bg-accent-tint text-on-accent-tint' : 'hover:bg-hover')}>
        <span className="flex items-center gap-2"><bdi className="min-w-0 truncate font-medium">{name}</bdi>{isKeyAccount && <Badge tone="accent">{t('companies.key_account')}</Badge>}</span>
        {domains.length > 0 && <span className={classes('truncate text-start text-12', !isOpen && 'text-ink-faint')}><bdi dir="ltr">{domains.join(', ')}</bdi></span>}
      </Link>
    </li>
  );
}

const download = (q: string): Promise<void> => takeOutOrSay(`/api/v1/companies.csv${q === '' ? '' : `?q=${encodeURIComponent(q)}`}`, 'companies.csv', (text) => toast({ tone: 'failed', text }));
