import { createContext, type ReactNode, useContext } from 'react';
import type { FieldValue } from '../../fields/core/types.ts';
import type { MeView } from '../../people/core/contract.ts';
import type { Permission } from '../../people/core/permissions.ts';
import type { ChatSlot, CommitmentSlot, ElsewhereWords, PromiseSlot, RulesSlot, SavedViewsSlot } from './slots.ts';
import type { TicketView } from '../core/contract.ts';

export type Beginning = 'aside' | 'ask' | 'reminder';

/** Who works here, and the ways that lead out of this room; the app's screens provide them. */
export type Desk = {
  readonly me: MeView;
  /** Address of a ticket within the view that is shown now. */
  readonly ticketHref: (ticketId: string) => string;
  /** With a side conversation of it open, where one is named. */
  readonly goToTicket: (ticketId: string, asideId?: string) => void;
  /** On from one ticket to another, for whoever still has the first before them: who has moved on meanwhile stays where they are. */
  readonly followTicket: (fromId: string, toId: string) => void;
  /** Tries again to deliver a mail of the outbox; null for who may not. Sending belongs to another room. */
  readonly retryDelivery: ((mailId: string) => Promise<unknown>) | null;
  /** Lets mail of an address open no more tickets, and resolves to what takes that back; null for who may not. Belongs to another room as well. */
  readonly blockSender: ((address: string) => Promise<() => Promise<unknown>>) | null;
  /** Seats the dialog for a mail that went to the wrong person, of the room that sends. */
  readonly misdirected: ((props: { ticketId: string; entryId: string; onClose: () => void }) => ReactNode) | null;
  /** What queues and presence know, of the room that shares out work; null where nobody may ask it. */
  readonly routing: {
    /** Whether a colleague is here and how much they carry, in a few words. */
    readonly load: (props: { personId: string }) => ReactNode;
    /** Why a ticket waits, or came to whom it did. */
    readonly why: (props: { ticketId: string }) => ReactNode;
    /** Takes the next ticket of this person's queues, with the reason in words; null where there are no queues at all. */
    readonly takeNext: () => Promise<{ readonly ticketId: string; readonly number: number; readonly why: string } | null>;
  } | null;
  readonly rules: RulesSlot | null;
  /** Null where the list is not chosen. */
  readonly saved: SavedViewsSlot | null;
  /** Makes ready what other rooms show of a ticket that is likely to be opened next. */
  readonly ahead?: (ticket: TicketView) => void;
  /** What other rooms hang on a ticket, under its facts. */
  readonly underFacts: ((props: { ticket: TicketView }) => ReactNode) | null;
  /** Asks for a new side conversation, question or reminder about a ticket, which belong to other rooms; null: nobody may here. */
  readonly begin: ((what: Beginning, ticketId: string) => void) | null;
  /** What is promised to somebody, whatever the ticket; it belongs to another room. */
  readonly promisedTo?: (customerId: string) => ReactNode;
  /** Null where nobody promises anything. */
  readonly promise: PromiseSlot | null;
  /** What another room told of a ticket, in its words; null when they are not known. */
  readonly elsewhere: ElsewhereWords | null;
  /** Makes a draft of an article from a ticket, without what points at its people, and opens it; null for who may write none. */
  readonly proposeArticle: ((ticketId: string) => Promise<void>) | null;
  /** Seats what other rooms do with all selected tickets at once. */
  readonly withSelected: ((props: { ids: readonly string[]; onDone: () => void }) => ReactNode) | null;
  /** What one of the workspace's own fields is now, in words; null: emptied. They belong to another room. */
  readonly ownField?: (key: string, value: FieldValue | null) => string;
  /** Null for who may see nothing of chats. */
  readonly chat: ChatSlot | null;
  /** Null for who may promise nothing. */
  readonly commitments: CommitmentSlot | null;
};

const DeskContext = createContext<Desk | null>(null);

export const DeskProvider = ({ desk, children }: { desk: Desk; children: ReactNode }) => <DeskContext value={desk}>{children}</DeskContext>;

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('useDesk outside of DeskProvider');
  return desk;
}

export function useMay(permission: Permission): boolean {
  return useDesk().me.permissions.includes(permission);
}
