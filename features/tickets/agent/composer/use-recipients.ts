import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { isolated } from '../../../../platform/browser/isolated.ts';
import type { RecipientsView, TicketView } from '../../core/contract.ts';
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
  /** Those it would go to whose mail came back for good. */
  readonly undeliverable: z.infer<typeof RecipientsView>['undeliverable'];
};

/** To whom it goes: what the writer chose, or else the requester; nobody yet for a forward. */
export function useRecipients(ticket: TicketView, mode: Mode, draft: Draft): Recipients {
  const { data } = useQuery(ticketRecipients(ticket.id));
  const known = data ?? usual(ticket);
  const everybody = { to: addressesOf(known.to), cc: addressesOf(known.cc) };
  const names = new Map([...known.to, ...known.cc].map(({ address, name }) => [address.toLowerCase(), name]));
  const to = draft.to ?? (mode === 'reply' ? everybody.to : []);
  const cc = draft.cc ?? [];
  const chosen = new Set([...to, ...cc].map((address) => address.toLowerCase()));
  return {
    from: known.from && isolated(shownAs(known.from.name, known.from.address)),
    to, cc,
    undeliverable: mode === 'note' ? [] : known.undeliverable.filter(({ address }) => chosen.has(address.toLowerCase())),
    everybody,
    nameOf: (address) => shownAs(names.get(address.toLowerCase()), address),
  };
}

/** Until the server has answered: the requester. */
const usual = ({ customer: { name, email } }: TicketView): z.infer<typeof RecipientsView> => ({ from: null, to: email ? [{ name, address: email }] : [], cc: [], undeliverable: [] });

const addressesOf = (list: readonly { address: string }[]): string[] => list.map(({ address }) => address);
const shownAs = (name: string | undefined, address: string): string => (name ? `${name} <${address}>` : address);
