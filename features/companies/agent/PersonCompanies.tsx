import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Building2, Plus } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { ComboBox } from '../../../ui/components/ComboBox.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { Switch } from '../../../ui/components/Switch.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import type { CustomerCompanies } from '../core/contract.ts';
import { companiesLike, customerCompanies, putPerson, refresh } from './queries.ts';
import { useCompaniesText } from './text.ts';

type Company = { readonly id: string; readonly name: string; readonly isKeyAccount: boolean };
/** The ticket beside which the person is shown; it belongs to another room. */
type OfTicket = { readonly company: Company | null; readonly isPrivate: boolean; readonly mayChange: boolean; readonly change: (patch: { companyId?: string | null; isPrivate?: boolean }) => void };
type PersonCompaniesProps = { customerId: string; mayChange: boolean; hrefOf: (companyId: string) => string; ticket: OfTicket | null };

const NONE = 'none';

/** Of which companies somebody is, and for which of them they speak here. Nothing where there is nothing to say or do. */
export function PersonCompanies({ customerId, mayChange, hrefOf, ticket }: PersonCompaniesProps) {
  const t = useCompaniesText();
  const { data } = useQuery(customerCompanies(customerId));
  if (!data) return null;
  const companies = data.items;
  const isForOne = companies.length > 0 || Boolean(ticket?.company);
  if (!isForOne && !mayChange) return null;
  return (
    <section className="flex flex-col gap-3 border-t border-hairline px-5 py-4">
      <h3 className="-mb-1 text-12 font-medium text-ink-faint">{t('companies.of_person')}</h3>
      {companies.length > 0 && <ul className="flex flex-col gap-1">{companies.map((company) => <Membership key={company.id} company={company} href={hrefOf(company.id)} />)}</ul>}
      {mayChange && <AddCompany customerId={customerId} known={companies} />}
      {ticket && isForOne && <TicketCompany ticket={ticket} companies={companies} />}
    </section>
  );
}

const Membership = ({ company: { name, isKeyAccount, isContact }, href }: { company: CustomerCompanies['items'][number]; href: string }) => {
  const t = useCompaniesText();
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-1 text-13">
      <Building2 aria-hidden size={14} className="shrink-0 text-ink-faint" />
      <Link href={href}><bdi>{name}</bdi></Link>
      {isKeyAccount && <Badge tone="accent">{t('companies.key_account')}</Badge>}
      {isContact && <Badge>{t('companies.contact')}</Badge>}
    </li>
  );
};

function TicketCompany({ ticket: { company, isPrivate, mayChange, change }, companies }: { ticket: OfTicket; companies: CustomerCompanies['items'] }) {
  const t = useCompaniesText();
  const choices = company && !companies.some(({ id }) => id === company.id) ? [company, ...companies] : companies;
  if (!mayChange) return company && <p className="text-13 text-ink-soft">{t('companies.ticket')}: <bdi>{company.name}</bdi></p>;
  return (
    <>
      <Select
        label={t('companies.ticket')} value={company?.id ?? NONE} onChange={(id) => change({ companyId: id === NONE ? null : id })}
        options={[{ id: NONE, label: t('companies.ticket.none') }, ...choices.map(({ id, name }) => ({ id, label: name }))]}
      />
      {company && <Switch isSelected={isPrivate} onChange={(kept) => change({ isPrivate: kept })} hint={t('companies.private.hint')}>{t('companies.private')}</Switch>}
    </>
  );
}

function AddCompany({ customerId, known }: { customerId: string; known: readonly Company[] }) {
  const t = useCompaniesText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const { data } = useQuery({ ...companiesLike(useDeferredValue(text.trim())), enabled: isOpen });
  const add = useMutation({
    mutationFn: (companyId: string) => putPerson(companyId, customerId, {}),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => {
      setOpen(false);
      setText('');
      return refresh(cache);
    },
  });
  if (!isOpen) return <Button tone="quiet" size="small" icon={Plus} className="-ms-2.5 self-start" onPress={() => setOpen(true)}>{t('companies.add')}</Button>;
  return (
    <ComboBox
      label={t('companies.add')} autoFocus value={null} input={{ text, onText: setText }} onChange={(id) => id && add.mutate(id)}
      options={(data?.items ?? []).filter(({ id }) => !known.some((one) => one.id === id)).map(({ id, name, domains }) => ({ id, label: name, hint: domains.join(', ') }))}
    />
  );
}
