import type { ReactNode } from 'react';
import type { Column } from '../core/columns.ts';
import type { AttachmentView, TicketFilter, TicketView } from '../core/contract.ts';

/** Chooses a customer; the choice belongs to another room, and the app's screen seats it here. */
export type CustomerSlot = (props: { onChoose: (customer: TicketView['customer']) => void }) => ReactNode;

/** Seats what was promised to the customer, which belongs to other rooms: short in a row, in words beside the facts of a ticket. */
export type PromiseSlot = (props: { ticket: TicketView; place: 'row' | 'facts' }) => ReactNode;

/** Seats the live end of a chat, of the room that keeps it; `fallback` where nobody sits in front of one. */
export type ChatSlot = (props: { ticketId: string; name: string; others: ReactNode; fallback: ReactNode }) => ReactNode;

export type SavedReplySlotProps = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void; onInsert: (html: string) => void; /** Files that are this person's to send. */ onAttach: (files: readonly AttachmentView[]) => void };
/** Seats the choice of saved replies, which belong to another room. */
export type SavedReplySlot = (props: SavedReplySlotProps) => ReactNode;

/** Seats what somebody who writes promises, of the room that keeps it. */
export type CommitmentSlot = {
  /** While somebody writes: keeps what the text promises. `text` is what was written so far. */
  readonly whileWriting: (props: { ticketId: string; text: string }) => ReactNode;
  /** The message has gone: what was promised with it holds from now on. */
  readonly sent: (ticketId: string, entryId: string) => void;
};

/** Says what another room told of a ticket. */
export type ElsewhereWords = (told: { readonly type: string; readonly data: Readonly<Record<string, unknown>>; readonly nameOf: (personId: string) => string }) => string | null;

/** Seats what rules did to a ticket, of the room that automates. */
export type RulesSlot = {
  readonly dialog: (props: { ticketId: string; onClose: () => void }) => ReactNode;
  /** The name of the rule that did something, with the way to why; `fallback` where no rule did. */
  readonly mark: (props: { ticketId: string; ruleId: string; fallback: ReactNode }) => ReactNode;
};

/** A column of a list: one of the tickets room's own, or one of the workspace's own fields with its words, which belong to another room. */
export type ListColumn = Column | { readonly id: string; readonly label: string; readonly text: (ticket: TicketView) => string };

/** Saved lists of tickets, of the room that keeps them. */
export type SavedViewsSlot = {
  readonly views: readonly {
    readonly id: string; readonly name: string; readonly sort: TicketFilter['sort']; readonly mayChange: boolean;
    /** What it shows in columns; none: rows of two lines. Those that are gone are left out. */
    readonly columns: readonly ListColumn[];
    readonly count: { readonly count: number; readonly more: boolean } | null;
  }[];
  /** Whether somebody may make one. */
  readonly maySave: boolean;
  readonly words: { readonly group: string; readonly make: string; readonly change: string; readonly remove: string };
  /** Seats what makes, changes and removes one. `onDone` is told which is to be shown. */
  readonly dialog: (props: { readonly open: SavedViewTask | null; readonly onClose: () => void; readonly onDone: (id: string | null) => void }) => ReactNode;
};
export type SavedViewTask = { readonly task: 'make' } | { readonly task: 'change' | 'remove'; readonly id: string };
