import { createParser } from '../platform/mail/parser.ts';

/** For all desks of a test process: to start threads for each costs more than what most of them are given to read. */
export const sharedParser = createParser();
