import type { AppError } from '../../kernel/errors.ts';

/**
 * PostgreSQL says that something is unique or still referred to when the transaction is lost; the words are of whoever asked.
 * By the name of the constraint, or by PostgreSQL's code for all of a kind.
 */
export async function refusing<T>(work: Promise<T>, words: Readonly<Record<string, () => AppError>>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { constraint, code } = error as { constraint?: unknown; code?: unknown };
    const refusal = words[String(constraint)] ?? words[String(code)];
    throw refusal ? refusal() : error;
  }
}

/** PostgreSQL's way of saying "try again": deadlock, serialisation, lock not available, statement cancelled, too many connections. */
const TRY_AGAIN = new Set(['40001', '40P01', '55P03', '57014', '53300', '57P01', '08006']);

/** What the pool says when all connections were busy for too long, and when a new one was not answered in time; it gives no code. */
const NO_CONNECTION = new Set(['timeout exceeded when trying to connect', 'Connection terminated due to connection timeout']);

/** Whether the same may go well the next time. */
export function mayPass(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return TRY_AGAIN.has(String(code)) || NO_CONNECTION.has(String(message));
}
