import type { ReactNode } from 'react';
import type { TicketView } from '../core/contract.ts';

/** Chooses a customer; the choice belongs to another room, and the app's screen seats it here. */
export type CustomerSlot = (props: { onChoose: (customer: TicketView['customer']) => void }) => ReactNode;

export type SavedReplySlotProps = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void; onInsert: (html: string) => void };
/** Seats the choice of saved replies, which belong to another room. */
export type SavedReplySlot = (props: SavedReplySlotProps) => ReactNode;
