import { useQuery } from '@tanstack/react-query';
import type { TicketView } from '../../core/contract.ts';
import { ticketRecipients } from '../queries.ts';
import type { Draft } from './drafts.ts';
import type { Mode } from './sending.ts';

export type Recipients = {
  readonly from: string | null;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  /** Everybody who would get a reply to all, for "reply to all" and for telling who is new. */
  readonly everybody: { readonly to: readonly string[]; readonly cc: readonly string[] };
  readonly nameOf: (address: string) => string;
};

/** To whom it goes: what the writer chose, or else the requester; nobody yet for a forward. */
export function useRecipients(ticket: TicketView, mode: Mode, draft: Draft): Recipients {
  const { data } = useQuery(ticketRecipients(ticket.id));
  const names = new Map([...(data?.to ?? []), ...(data?.cc ?? [])].map(({ address, name }) => [address.toLowerCase(), name]));
  const usual = data?.to.map(({ address }) => address) ?? (ticket.customer.email ? [ticket.customer.email] : []);
  return {
    from: data?.from ? `\u2068${data.from.name ? `${data.from.name} <${data.from.address}>` : data.from.address}\u2069` : null,
    to: draft.to ?? (mode === 'reply' ? usual : []),
    cc: draft.cc ?? [],
    everybody: { to: usual, cc: data?.cc.map(({ address }) => address) ?? [] },
    nameOf: (address) => {
      const name = names.get(address.toLowerCase());
      return name ? `${name} <${address}>` : address;
    },
  };
}
