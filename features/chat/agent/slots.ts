import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { AttachmentView } from '../../tickets/core/contract.ts';

type Attached = z.infer<typeof AttachmentView>;
type Upload = { readonly id: string; readonly name: string; readonly size: number; readonly share: number; readonly error: string | null };

/** What other rooms lend to the line of a chat; the app's screen hands them in. */
export type ChatTools = {
  /** Files on their way up; each that arrives is handed on. */
  readonly useUploads: (onArrived: (file: Attached) => void) => { readonly uploads: readonly Upload[]; readonly isBusy: boolean; readonly add: (files: Iterable<File>) => void; readonly drop: (id: string) => void };
  readonly tray: (props: { attachments: readonly Attached[]; uploads: readonly Upload[]; onRemove: (id: string) => void; onDrop: (id: string) => void }) => ReactNode;
  /** The button for those who neither drag nor paste. */
  readonly attach: (props: { onFiles: (files: File[]) => void }) => ReactNode;
  /** The choice of saved replies; what is chosen comes as plain words. */
  readonly savedReplies: (props: { ticketId: string; isOpen: boolean; onOpenChange: (isOpen: boolean) => void; onInsert: (text: string) => void; onAttach: (files: readonly Attached[]) => void }) => ReactNode;
};
