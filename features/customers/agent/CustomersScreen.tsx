import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ContactRound, Download, Plus } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { useShortcut } from '../../../platform/browser/shortcuts.ts';
import { takeOutOrSay } from '../../../platform/browser/take-out.ts';
import { classes } from '../../../ui/classes.ts';
import { Avatar } from '../../../ui/components/Avatar.tsx';
import { Badge } from '../../../ui/components/Badge.tsx';
import { Banner } from '../../../ui/components/Banner.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { EmptyState } from '../../../ui/components/EmptyState.tsx';
import { IconButton } from '../../../ui/components/IconButton.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { PagedRows } from '../../../ui/components/PagedRows.tsx';
import { SearchField } from '../../../ui/components/SearchField.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { Pane } from '../../../ui/layout/Pane.tsx';
import { SplitView } from '../../../ui/layout/SplitView.tsx';
import type { CustomerBeside, CustomerView } from '../core/contract.ts';
import { AlikePane } from './AlikePane.tsx';
import { CustomerDialog } from './CustomerDialog.tsx';
import { CustomerPage } from './CustomerPage.tsx';
import { FlagMarks } from './FlagMarks.tsx';
import { besideOne, customersQuery, someAlike } from './queries.ts';
import type { CustomerPageSlots } from './slots.ts';
import { useCustomersText } from './text.ts';

type CustomersScreenProps = CustomerPageSlots & {
  customerId: string | null; mayChange: boolean; mayJudge: boolean; mayExport: boolean; hrefOf: (id: string) => string; onOpen: (id: string | null) => void;
};

/** Everybody who is known, beside the one that is looked at. */
export function CustomersScreen({ mayExport, ...props }: CustomersScreenProps) {
  const { customerId, mayChange, hrefOf, onOpen } = props;
  const [isNew, setNew] = useState(false);
  return (
    <>
      <SplitView
        narrow={customerId === null ? 'list' : 'detail'}
        list={<CustomerList customerId={customerId} mayExport={mayExport} hrefOf={hrefOf} onOpen={onOpen} onNew={mayChange ? () => setNew(true) : null} />}
        detail={<Chosen {...props} />}
      />
      <CustomerDialog isOpen={isNew} onClose={() => setNew(false)} onSaved={({ id }) => onOpen(id)} />
    </>
  );
}

/** In place of somebody's id: all who may be one person. */
const ALIKE = 'alike';

function Chosen({ customerId, ...props }: Omit<CustomersScreenProps, 'mayExport'>) {
  const t = useCustomersText();
  if (customerId === null) return <EmptyState icon={ContactRound}>{t('customers.choose')}</EmptyState>;
  if (customerId === ALIKE) return <AlikePane mayChange={props.mayChange} hrefOf={props.hrefOf} onBack={() => props.onOpen(null)} />;
  return <CustomerPage key={customerId} {...props} id={customerId} />;
}

type CustomerListProps = Pick<CustomersScreenProps, 'customerId' | 'mayExport' | 'hrefOf' | 'onOpen'> & { onNew: (() => void) | null };

function CustomerList({ customerId, mayExport, hrefOf, onOpen, onNew }: CustomerListProps) {
  const t = useCustomersText();
  const errorText = useErrorText();
  const [search, setSearch] = useState('');
  const q = useDeferredValue(search.trim());
  const list = useInfiniteQuery(customersQuery(q));
  const { data: isAnyAlike = false } = useQuery(someAlike);
  useKeys(list.data?.pages.flatMap(({ items }) => items.map(({ id }) => id)) ?? [], { customerId, onOpen, onNew, isAnyAlike });
  return (
    <Pane
      title={t('customers.title')}
      level={customerId === null ? 1 : 2}
      actions={(
        <>
          {mayExport && <IconButton icon={Download} label={t('customers.csv')} onPress={() => void download(q)} />}
          {onNew && <IconButton icon={Plus} label={t('customers.new')} keys="C" onPress={onNew} />}
        </>
      )}
      below={<div className="border-b border-hairline px-3 py-2.5"><SearchField label={t('customers.pick')} placeholder={t('customers.pick.hint')} value={search} onChange={setSearch} /></div>}
    >
      <div className="p-2">
        {isAnyAlike && q === '' && <Banner action={<Link href={hrefOf(ALIKE)}>{t('customers.alike.look')}</Link>}>{t('customers.alike.some')}</Banner>}
        <PagedRows
          query={list} errorText={errorText} faces
          empty={<Nobody isSought={q !== ''} onNew={onNew} />}
        >
          {(people) => <ul aria-label={t('customers.title')} className="flex flex-col gap-px">{people.map((person) => <CustomerRow key={person.id} person={person} href={hrefOf(person.id)} isOpen={person.id === customerId} />)}</ul>}
        </PagedRows>
      </div>
    </Pane>
  );
}

function Nobody({ isSought, onNew }: { isSought: boolean; onNew: (() => void) | null }) {
  const t = useCustomersText();
  if (isSought) return <EmptyState icon={ContactRound}>{t('customers.none_found')}</EmptyState>;
  return <EmptyState icon={ContactRound} action={onNew && <Button tone="primary" icon={Plus} onPress={onNew}>{t('customers.new')}</Button>}>{t('customers.empty')}</EmptyState>;
}

function useKeys(ids: readonly string[], { customerId, onOpen, onNew, isAnyAlike }: Pick<CustomerListProps, 'customerId' | 'onOpen' | 'onNew'> & { isAnyAlike: boolean }) {
  const t = useCustomersText();
  const step = (by: 1 | -1) => {
    const next = ids[customerId === null ? 0 : ids.indexOf(customerId) + by];
    if (next !== undefined) onOpen(next);
  };
  const group = t('customers.title');
  useShortcut({ code: 'KeyJ', label: t('customers.next'), group }, () => step(1));
  useShortcut({ code: 'KeyK', label: t('customers.previous'), group }, () => step(-1));
  useShortcut({ code: 'KeyC', label: t('customers.new'), group, disabled: onNew === null }, () => onNew?.());
  useShortcut({ code: 'KeyL', shift: true, label: t('customers.alike'), group, disabled: !isAnyAlike || customerId === ALIKE }, () => onOpen(ALIKE));
}

function CustomerRow({ person, href, isOpen }: { person: CustomerView; href: string; isOpen: boolean }) {
  const t = useCustomersText();
  const name = person.name || person.email || t('customers.nameless');
  const reach = person.identities.find(({ value }) => value !== name)?.value;
  return (
    <li>
      <Link look="bare" href={href} {...(isOpen && { 'aria-current': 'page' as const })} className={classes('flex min-h-row items-start gap-2.5 rounded-control px-2.5 py-2', isOpen ? 'bg-accent-tint text-on-accent-tint' : 'hover:bg-hover')}>
        <Avatar id={person.id} name={name} />
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span className="flex items-center gap-1.5"><bdi className="min-w-0 truncate font-medium">{name}</bdi><FlagMarks flags={person.flags} /></span>
          {reach !== undefined && <span className={classes('truncate text-start text-12', !isOpen && 'text-ink-faint')}><bdi dir="ltr">{reach}</bdi></span>}
          <Beside id={person.id} isOpen={isOpen} />
        </span>
      </Link>
    </li>
  );
}

const NOTHING_YET: Omit<CustomerBeside, 'id'> = { companies: [], openTickets: 0, openMore: false, lastContactAt: null };

/** Of which companies, what is open, and when something last went between them and us. */
function Beside({ id, isOpen }: { id: string; isOpen: boolean }) {
  const t = useCustomersText();
  const format = useFormat();
  const { companies, openTickets, openMore, lastContactAt } = useQuery(besideOne(id)).data ?? NOTHING_YET;
  const isKey = companies.some(({ isKeyAccount }) => isKeyAccount);
  return (
    <span className={classes('flex min-h-5 flex-wrap items-center gap-x-2 gap-y-0.5 text-12', !isOpen && 'text-ink-faint')}>
      {companies.length > 0 && <bdi className="max-w-full truncate">{format.list(companies.map(({ name }) => name))}</bdi>}
      {isKey && <Badge tone="accent">{t('customers.key_account')}</Badge>}
      {openTickets > 0 && <span className="whitespace-nowrap">{openMore ? t('customers.open_more', { count: openTickets }) : t('customers.open', { count: openTickets })}</span>}
      {lastContactAt !== null && <span className="whitespace-nowrap">{t('customers.last_contact', { date: format.date(lastContactAt) })}</span>}
    </span>
  );
}

const download = (q: string): Promise<void> => takeOutOrSay(`/api/v1/customers.csv${q === '' ? '' : `?q=${encodeURIComponent(q)}`}`, 'customers.csv', (text) => toast({ tone: 'failed', text }));
