import type { ReactNode, Ref } from 'react';
import type { AttachmentView } from '../../tickets/core/contract.ts';

type Upload = { readonly id: string; readonly name: string; readonly size: number; readonly share: number; readonly error: string | null };
export type Insertion = { readonly focus: () => void; readonly insert: (html: string) => void };

/** How one writes to customers, which belongs to another room: the editor, and how files come up and are shown. */
export type WritingTools = {
  readonly editor: (props: { label: string; html: string; onChange: (html: string) => void; onFiles: (files: File[]) => void; handle: Ref<Insertion> }) => ReactNode;
  readonly useUploads: (onArrived: (file: AttachmentView) => void) => { readonly uploads: readonly Upload[]; readonly isBusy: boolean; readonly add: (files: Iterable<File>) => void; readonly drop: (id: string) => void };
  readonly tray: (props: { attachments: readonly AttachmentView[]; uploads: readonly Upload[]; onRemove: (id: string) => void; onDrop: (id: string) => void }) => ReactNode;
  readonly attach: (props: { onFiles: (files: File[]) => void }) => ReactNode;
};
