import { z } from 'zod';
import { LanguageCode } from '../../../kernel/contract.ts';

/** GET /tickets/:id/case.pdf?notes=0&language=: without internal notes, or in another language than one's own. 503 `case.not_now` while many wait, `case.too_hard` when it takes too long. */
export const CaseQuery = z.strictObject({ notes: z.enum(['0', '1']).default('1'), language: LanguageCode.optional() });
export type CaseQuery = z.infer<typeof CaseQuery>;
