import { useQuery } from '@tanstack/react-query';
import { mailboxesQuery } from '../../../../features/email/agent/settings/queries.ts';
import { NewTicket } from '../../../../features/tickets/agent/create/NewTicket.tsx';
import { DeskProvider } from '../../../../features/tickets/agent/desk.tsx';
import { Pane } from '../../../../ui/layout/Pane.tsx';
import { useTicketsText } from '../../../../features/tickets/agent/text.ts';
import { customerSlot, useDeskOf, useMe } from './use-desk-parts.tsx';

export function NewTicketScreen() {
  const t = useTicketsText();
  const me = useMe();
  const desk = useDeskOf(me, (id) => `/inbox/mine/${id}`);
  const { data } = useQuery(mailboxesQuery);
  return (
    <DeskProvider desk={desk}>
      <Pane level={1} title={t('tickets.new')} back={{ label: t('tickets.back'), onBack: () => history.back() }}>
        <title>{`${t('tickets.new')} · Rapport`}</title>
        <NewTicket mailboxes={data?.items ?? []} pickCustomer={customerSlot(me)} customer={null} />
      </Pane>
    </DeskProvider>
  );
}
