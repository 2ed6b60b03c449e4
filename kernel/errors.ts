/**
 * The ways a request can be refused. Status codes, log levels and retry rules are derived
 * from the kind in one place (`platform/http`), never chosen at the throw site.
 */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'mismatch'
  | 'too_large'
  | 'rate_limited'
  | 'unavailable';

/** Stable and translatable, e.g. `ticket.already_closed`. Clients switch on this, not on the message. */
export type ErrorCode = `${string}.${string}`;

/** A refusal the caller can act on. Anything else that is thrown is a bug and becomes a 500. */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly code: ErrorCode;
  /** One sentence in English that says what is wrong and how to mend it; shown to developers, not to customers. */
  readonly detail: string;
  readonly details: Record<string, unknown>;

  constructor(kind: ErrorKind, code: ErrorCode, detail = '', details: Record<string, unknown> = {}) {
    super(detail === '' ? code : `${code}: ${detail}`);
    this.name = 'AppError';
    this.kind = kind;
    this.code = code;
    this.detail = detail;
    this.details = details;
  }
}
