import { useQuery } from '@tanstack/react-query';
import { type ComponentProps, useState } from 'react';
import { mailboxesQuery } from '../../../../features/email/agent/settings/queries.ts';
import { type Answers, IntakeWalk } from '../../../../features/intake/agent/IntakeWalk.tsx';
import { NewTicket } from '../../../../features/tickets/agent/create/NewTicket.tsx';
import { DeskProvider } from '../../../../features/tickets/agent/desk.tsx';
import { Pane } from '../../../../ui/layout/Pane.tsx';
import { useTicketsText } from '../../../../features/tickets/agent/text.ts';
import { valueInput } from './fields-seat.tsx';
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
        <NewTicket mailboxes={data?.items ?? []} pickCustomer={customerSlot(me)} customer={null} first={(props) => <First key={props.kind} {...props} />} />
      </Pane>
    </DeskProvider>
  );
}

/** What was answered so far; another kind begins anew. */
function First({ kind, onChange }: Parameters<NonNullable<ComponentProps<typeof NewTicket>['first']>>[0]) {
  const [answers, setAnswers] = useState<Answers>({});
  return (
    <IntakeWalk kind={kind} answers={answers} input={valueInput}
      onChange={(next, landed) => {
        setAnswers(next);
        onChange(landed);
      }} />
  );
}
