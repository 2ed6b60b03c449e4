import { config } from 'zod';

/** Our content policy forbids `eval`; imported before any contract, so that zod never tries. */
config({ jitless: true });
