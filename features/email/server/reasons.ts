import pg from 'pg';
import { AppError } from '../../../kernel/errors.ts';

/** What a database says names tables and values: that is for the log, and its code is enough for people. */
const ofDatabase = (error: unknown): string | null => (error instanceof pg.DatabaseError ? `database error ${error.code ?? ''}`.trim() : null);

/** Why a message could not be filed by us. */
export const reasonOf = (error: unknown): string => (error instanceof AppError ? error.code : ofDatabase(error) ?? 'internal error');

/** Why a message could not be taken from a mail server: in that server's words, when it is the one who spoke. */
export const wordsOf = (error: unknown): string => ofDatabase(error) ?? (error instanceof Error ? error.message : String(error));
