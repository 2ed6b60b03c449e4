import type { Tone } from '../../../../ui/components/Badge.tsx';
import type { QuarantineReason } from '../../core/quarantine.ts';

export const REASON_TONES: Record<QuarantineReason, Tone> = {
  unreadable: 'warning', spam: 'danger', blocked_sender: 'danger', verification_code: 'accent', too_many: 'warning', loop: 'warning',
};
