import type { Tone } from '../../../ui/components/Badge.tsx';
import type { ImportState } from '../core/contract.ts';

export const TONES: Readonly<Record<ImportState, Tone>> = {
  ready: 'neutral', checking: 'warning', checked: 'neutral', running: 'warning', done: 'good', stopped: 'warning', undoing: 'warning', undone: 'neutral', failed: 'danger',
};
