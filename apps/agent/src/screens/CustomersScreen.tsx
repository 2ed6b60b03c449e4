import { useParams, useRouter } from '@tanstack/react-router';
import { CustomerPromises } from '../../../../features/commitments/agent/panel/CustomerPromises.tsx';
import { CustomersScreen as Customers } from '../../../../features/customers/agent/CustomersScreen.tsx';
import { useCustomersText } from '../../../../features/customers/agent/text.ts';
import { PersonCompanies } from '../../../../features/companies/agent/PersonCompanies.tsx';
import { DeskProvider } from '../../../../features/tickets/agent/desk.tsx';
import { EarlierTickets } from '../../../../features/tickets/agent/EarlierTickets.tsx';
import { Section } from '../../../../ui/layout/Section.tsx';
import { useAppText } from '../text.ts';
import { CustomerOwnFields } from './fields-seat.tsx';
import { useDeskOf, useMe } from './use-desk-parts.tsx';

export function CustomersScreen() {
  const t = useAppText();
  const words = useCustomersText();
  const router = useRouter();
  const me = useMe();
  const desk = useDeskOf(me, (id) => `/inbox/active/${id}`);
  const { customerId = null } = useParams({ strict: false }) as { customerId?: string };
  const mayChange = me.permissions.includes('customers.change');
  return (
    <DeskProvider desk={desk}>
      <title>{`${t('app.customers')} · Rapport`}</title>
      <Customers
        customerId={customerId}
        mayChange={mayChange}
        mayJudge={me.permissions.includes('customers.judge')}
        mayExport={me.permissions.includes('customers.export')}
        hrefOf={(id) => `/customers/${id}`}
        onOpen={(id) => router.history.push(id === null ? '/customers' : `/customers/${id}`)}
        first={(id) => <PersonCompanies customerId={id} mayChange={mayChange} hrefOf={(companyId) => `/companies/${companyId}`} ticket={null} />}
        details={(id) => <CustomerOwnFields key={id} customerId={id} mayChange={mayChange} />}
        matters={(id) => (
          <>
            <Section title={words('customers.tickets')}><EarlierTickets customerId={id} currentId={null} /></Section>
            <Section title={words('customers.promises')}><CustomerPromises customerId={id} ticketHref={desk.ticketHref} /></Section>
          </>
        )}
      />
    </DeskProvider>
  );
}
