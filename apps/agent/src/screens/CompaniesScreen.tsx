import { useParams, useRouter } from '@tanstack/react-router';
import { CompaniesScreen as Companies } from '../../../../features/companies/agent/CompaniesScreen.tsx';
import { CustomerPicker } from '../../../../features/customers/agent/CustomerPicker.tsx';
import { DeskProvider } from '../../../../features/tickets/agent/desk.tsx';
import { CompanyTickets } from '../../../../features/tickets/agent/EarlierTickets.tsx';
import { useAppText } from '../text.ts';
import { CompanyOwnFields } from './fields-seat.tsx';
import { useDeskOf, useMe } from './use-desk-parts.tsx';

export function CompaniesScreen() {
  const t = useAppText();
  const router = useRouter();
  const me = useMe();
  const desk = useDeskOf(me, (id) => `/inbox/active/${id}`);
  const { companyId = null } = useParams({ strict: false }) as { companyId?: string };
  const mayChange = me.permissions.includes('customers.change');
  return (
    <DeskProvider desk={desk}>
      <title>{`${t('app.companies')} · Rapport`}</title>
      <Companies
        companyId={companyId}
        mayChange={mayChange}
        mayShare={me.permissions.includes('companies.share')}
        mayExport={me.permissions.includes('customers.export')}
        hrefOf={(id) => `/companies/${id}`}
        onOpen={(id) => router.history.push(id === null ? '/companies' : `/companies/${id}`)}
        tickets={(id) => <CompanyTickets companyId={id} />}
        details={(id) => <CompanyOwnFields key={id} companyId={id} mayChange={mayChange} />}
        pickCustomer={(onChoose) => <CustomerPicker onChoose={({ id }) => onChoose(id)} mayCreate={mayChange} />}
      />
    </DeskProvider>
  );
}
