import { useQuery } from '@tanstack/react-query';
import type { ComponentProps } from 'react';
import { SavedReplyPicker } from '../../../../features/macros/agent/insert/SavedReplyPicker.tsx';
import { ticketOne } from '../../../../features/tickets/agent/queries.ts';

/** Saved replies in the language of a ticket. */
export function TicketReplies(props: Omit<ComponentProps<typeof SavedReplyPicker>, 'language'>) {
  const { data: ticket } = useQuery(ticketOne(props.ticketId));
  return <SavedReplyPicker {...props} language={ticket?.language ?? null} />;
}
