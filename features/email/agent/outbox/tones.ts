import type { z } from 'zod';
import type { Tone } from '../../../../ui/components/Badge.tsx';
import type { OutboxState } from '../../core/contract.ts';

export const STATE_TONES: Record<z.infer<typeof OutboxState>, Tone> = {
  queued: 'neutral', waiting: 'warning', sending: 'accent', accepted: 'good', failed: 'danger', withdrawn: 'neutral',
};
