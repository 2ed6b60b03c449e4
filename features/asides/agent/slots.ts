import type { ReactNode } from 'react';
import type { AttachmentView, DeliveryView } from '../../tickets/core/contract.ts';
import type { z } from 'zod';

/** What the room of tickets has and this one seats. */
export type AsideSlots = {
  /** Sends a file up, for this person to send on. */
  readonly upload: (file: File) => Promise<AttachmentView>;
  /** Where a mail is on its way, and the way to take it back. */
  readonly delivery: (props: { delivery: z.infer<typeof DeliveryView>; onUndo: () => void }) => ReactNode;
};
