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
