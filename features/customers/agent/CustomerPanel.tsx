import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronLeft, Mail, Pencil, Phone, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { LANGUAGE_NAMES } from '../../../platform/browser/i18n.ts';
import { LANGUAGES } from '../../../kernel/languages.ts';
import { isolated } from '../../../platform/browser/isolated.ts';
import { Avatar } from '../../../ui/components/Avatar.tsx';
import { Banner } from '../../../ui/components/Banner.tsx';
import { ErrorState } from '../../../ui/components/ErrorState.tsx';
import { IconButton } from '../../../ui/components/IconButton.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { Loading, Skeleton } from '../../../ui/components/Skeleton.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { CustomerView } from '../core/contract.ts';
import { warnsBeforeCalling } from '../core/flags.ts';
import { AlikePart } from './AlikePane.tsx';
import { CustomerNotes } from './CustomerNotes.tsx';
import { FlagsPart } from './FlagsPart.tsx';
import { IdentityForm } from './IdentityForm.tsx';
import { MergePart } from './MergePart.tsx';
import { answering, customerOne } from './queries.ts';
import { useCustomersText } from './text.ts';

type CustomerPanelProps = {
  customerId: string;
  mayChange: boolean;
  /** Takes away what is sensitive, and calls somebody abusive. */
  mayJudge: boolean;
  hrefOf: (customerId: string) => string;
  /** What other rooms know of the matter, in parts of their own. */
  first?: ReactNode;
  /** What else the workspace keeps of them, which belongs to another room. */
  details?: ReactNode;
  /** The customer's other tickets, which belong to another room; null where they stand elsewhere. */
  earlier: ReactNode;
  /** The way back where the panel stands in place of the ticket; null beside it. */
  onBack: (() => void) | null;
};

/** The person behind the ticket: how to reach them, what we know, what was before. */
export function CustomerPanel({ customerId, mayChange, mayJudge, hrefOf, first, details, earlier, onBack }: CustomerPanelProps) {
  const t = useCustomersText();
  const errorText = useErrorText();
  const { data: customer, error, refetch, isFetching } = useQuery(customerOne(customerId));
  return (
    <aside aria-label={t('customers.panel')} className="flex h-full min-h-0 w-full flex-col bg-surface">
      {onBack && (
        <div className="flex h-13 shrink-0 items-center gap-1 border-b border-hairline px-3">
          <IconButton label={t('customers.back')} icon={ChevronLeft} mirrored onPress={onBack} />
          <h1 className="font-semibold">{t('customers.panel')}</h1>
        </div>
      )}
      <div className="min-h-0 flex-1 overflow-auto">
        {error && !customer && <ErrorState onRetry={() => void refetch()} isRetrying={isFetching}>{errorText(error)}</ErrorState>}
        {!error && !customer && <PanelSkeleton />}
        {customer && <CustomerParts customer={customer} mayChange={mayChange} mayJudge={mayJudge} hrefOf={hrefOf} first={first} details={details} earlier={earlier} hasKeys={false} />}
      </div>
    </aside>
  );
}

type CustomerPartsProps = Pick<CustomerPanelProps, 'mayChange' | 'mayJudge' | 'hrefOf' | 'first' | 'details' | 'earlier'> & { customer: CustomerView; /** Beside a ticket they are the ticket's. */ hasKeys: boolean };

/** What is known of one person, part by part. */
export function CustomerParts({ customer, mayChange, mayJudge, hrefOf, first, details, earlier, hasKeys }: CustomerPartsProps) {
  const t = useCustomersText();
  return (
    <>
      <Head key={customer.id} customer={customer} mayChange={mayChange} />
      <Foremost key={`${customer.id} foremost`} customer={customer} mayChange={mayChange} mayJudge={mayJudge} />
      <AlikePart key={`${customer.id} alike`} customerId={customer.id} mayChange={mayChange} hrefOf={hrefOf} hasKeys={hasKeys} />
      {first}
      <Part title={t('customers.reach')}><Identities key={customer.id} customer={customer} mayChange={mayChange} /></Part>
      {details}
      {earlier !== null && <Part title={t('customers.earlier')}>{earlier}</Part>}
      <Part title={t('customers.notes')}><CustomerNotes key={customer.id} customerId={customer.id} mayChange={mayChange} /></Part>
      <OwnAgent key={`${customer.id} agent`} customer={customer} mayChange={mayChange} />
      <MergePart key={`${customer.id} merges`} customer={customer} isFixed={!mayChange || customer.mergedInto !== null} hasKeys={hasKeys} />
    </>
  );
}

/** Where the record goes on, and what one has to know before anything else. */
function Foremost({ customer, mayChange, mayJudge }: { customer: CustomerView; mayChange: boolean; mayJudge: boolean }) {
  const t = useCustomersText();
  const { mergedInto } = customer;
  return (
    <>
      {mergedInto && <div className="px-5 pb-4"><Banner>{t('customers.merged_into', { name: isolated(mergedInto.name || t('customers.nameless')) })}</Banner></div>}
      {(mayChange || customer.flags.length > 0) && <Part title={t('customers.flags')}><FlagsPart customerId={customer.id} mayChange={mayChange && mergedInto === null} mayJudge={mayJudge} /></Part>}
    </>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="border-t border-hairline px-5 py-4">
    <h3 className="mb-2 text-12 font-medium text-ink-faint">{title}</h3>
    {children}
  </section>
);

function useCustomerChange(customerId: string) {
  const cache = useQueryClient();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: (patch: { name?: string; language?: CustomerView['language']; agentId?: string | null }) => api.patch(`/customers/${customerId}`, patch, CustomerView),
    onSuccess: (customer) => {
      cache.setQueryData(customerOne(customer.id).queryKey, customer);
      void cache.invalidateQueries({ queryKey: ['tickets'] });
    },
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
  });
}

function Head({ customer, mayChange }: { customer: CustomerView; mayChange: boolean }) {
  const t = useCustomersText();
  const format = useFormat();
  const change = useCustomerChange(customer.id);
  const [isEditing, setEditing] = useState(false);
  const shown = customer.name || customer.email || t('customers.nameless');
  return (
    <div className="flex flex-col gap-3 px-5 py-4">
      <div className="flex items-start gap-3">
        <Avatar id={customer.id} name={shown} size="large" />
        <div className="min-w-0 flex-1">
          {isEditing ? (
            <h2>
              <NameField name={customer.name} onDone={(name) => {
                if (name !== null && name !== customer.name) change.mutate({ name });
                setEditing(false);
              }} />
            </h2>
          ) : (
            <div className="flex items-center gap-1">
              <h2 dir="auto" className="min-w-0 text-16 leading-heading font-semibold [overflow-wrap:anywhere]">{shown}</h2>
              {mayChange && <IconButton label={t('customers.name.edit')} icon={Pencil} onPress={() => setEditing(true)} />}
            </div>
          )}
          <p className="text-12 text-ink-faint">{t('customers.since', { date: format.date(customer.createdAt) })}</p>
        </div>
      </div>
      {mayChange ? (
        <Select
          label={t('customers.language')}
          options={LANGUAGES.map((id) => ({ id, label: LANGUAGE_NAMES[id] }))}
          value={customer.language}
          placeholder={t('customers.language.unknown')}
          onChange={(language) => change.mutate({ language })}
        />
      ) : (
        customer.language && <p className="text-13 text-ink-soft">{LANGUAGE_NAMES[customer.language]}</p>
      )}
    </div>
  );
}

const NOBODY = 'nobody';

/** Whose customer this is; where one person answers everybody, there is nothing to say. */
function OwnAgent({ customer, mayChange }: { customer: CustomerView; mayChange: boolean }) {
  const t = useCustomersText();
  const change = useCustomerChange(customer.id);
  const { data: people = [] } = useQuery({ ...answering, enabled: mayChange });
  const { agent } = customer;
  if (!agent && people.length < 2) return null;
  const known = agent && !people.some(({ id }) => id === agent.id) ? [agent, ...people] : people;
  return (
    <section className="border-t border-hairline px-5 py-4">
      {mayChange ? (
        <Select
          label={t('customers.agent')} hint={t('customers.agent.hint')}
          options={[{ id: NOBODY, label: t('customers.agent.nobody') }, ...known.map(({ id, name }) => ({ id, label: name }))]}
          value={agent?.id ?? NOBODY}
          onChange={(id) => change.mutate({ agentId: id === NOBODY ? null : id })}
        />
      ) : agent && <p className="text-13 text-ink-soft">{t('customers.agent')}: <bdi>{agent.name}</bdi></p>}
    </section>
  );
}

function NameField({ name, onDone }: { name: string; onDone: (name: string | null) => void }) {
  const t = useCustomersText();
  const [text, setText] = useState(name);
  return (
    <input
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person has just asked to write here
      autoFocus
      dir="auto"
      aria-label={t('customers.name')}
      value={text}
      maxLength={300}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => onDone(text.trim())}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onDone(text.trim());
        if (event.key === 'Escape') onDone(null);
      }}
      className="h-8 w-full min-w-0 rounded-control border border-border bg-surface px-2 text-14 focus:border-focus focus:outline-2 focus:-outline-offset-1 focus:outline-focus"
    />
  );
}

function Identities({ customer, mayChange }: { customer: CustomerView; mayChange: boolean }) {
  const t = useCustomersText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  // Whoever must not be called is not called by a slip of the finger.
  const mayCall = warnsBeforeCalling(customer.flags).length === 0;
  const remove = useMutation({
    mutationFn: (identityId: string) => api.delete(`/customers/${customer.id}/identities/${identityId}`),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['customers'] }),
  });
  return (
    <div className="flex flex-col gap-1.5">
      {customer.identities.length === 0 && <p className="text-13 text-ink-faint">{t('customers.reach.none')}</p>}
      <ul className="flex flex-col">
        {customer.identities.map(({ id, kind, value }) => (
          <li key={id} className="group flex min-h-7 items-center gap-2 text-13">
            {kind === 'email' ? <Mail aria-hidden size={14} className="shrink-0 text-ink-faint" /> : <Phone aria-hidden size={14} className="shrink-0 text-ink-faint" />}
            <span className="min-w-0 flex-1 truncate text-start pointer-coarse:py-3" title={value}>
              {kind === 'phone' && mayCall ? <Link href={`tel:${value}`} aria-label={t('customers.reach.call', { value: `\u2066${value}\u2069` })}><bdi dir="ltr">{value}</bdi></Link> : <bdi dir="ltr">{value}</bdi>}
            </span>
            {mayChange && customer.identities.length > 1 && (
              <IconButton label={t('customers.reach.remove', { value: `\u2066${value}\u2069` })} icon={X} isDisabled={remove.isPending} onPress={() => remove.mutate(id)} />
            )}
          </li>
        ))}
      </ul>
      {mayChange && <IdentityForm customerId={customer.id} />}
    </div>
  );
}

const PanelSkeleton = () => (
  <Loading>
    <div className="flex flex-col gap-4 px-5 py-4">
      <div className="flex gap-3">
        <Skeleton className="size-10 rounded-full" />
        <div className="flex flex-1 flex-col gap-2 pt-1"><Skeleton className="w-32" /><Skeleton className="w-24" /></div>
      </div>
      <Skeleton className="h-9 w-full" />
      <Skeleton className="w-44" />
      <Skeleton className="w-36" />
    </div>
  </Loading>
);
