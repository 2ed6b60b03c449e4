import { z } from 'zod';
import { Timestamp } from '../../../kernel/contract.ts';

/** GET /email/intake → whether mail can come in: `fullSince` is when the disk became full, and mail began to be put off. */
export const IntakeView = z.object({ fullSince: Timestamp.nullable() });
