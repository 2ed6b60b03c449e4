/** Structured, like pino's: facts first, then a sentence that never changes. Secrets and content stay out. */
export type Log = Record<'info' | 'warn' | 'error', (facts: object, message: string) => void>;
