import { domainToASCII } from 'node:url';
import type { DNSResolver } from '../../../../platform/mail/resolver.ts';

/** For all questions of one check; whatever is not answered by then is not answered. */
const CAP_MS = 10_000;
/** A record that refers to others could keep us asking. */
const MAX_QUESTIONS = 40;
const MAX_ANSWERS = 20;
const MAX_TEXT = 2_000;
const NOTHING_THERE = new Set(['ENOTFOUND', 'ENODATA', 'NXDOMAIN']);

/** Asks DNS, within bounds: an empty list is an answer, null is none. */
export function createAsking(resolver: DNSResolver) {
  const tooLate = new Promise<null>((resolve) => { setTimeout(() => { resolve(null); }, CAP_MS).unref(); });
  let asked = 0;

  async function ask<T>(name: string, type: string, read: (answer: unknown) => T[]): Promise<T[] | null> {
    asked += 1;
    const plain = domainToASCII(name);
    if (asked > MAX_QUESTIONS || plain === '') return null;
    const answer = resolver(plain, type).then((found) => read(found).slice(0, MAX_ANSWERS), (error: { code?: string }) => (NOTHING_THERE.has(error.code ?? '') ? [] : null));
    return Promise.race([answer, tooLate]);
  }

  return {
    txt: (name: string): Promise<string[] | null> => ask(name, 'TXT', (answer) =>
      (answer as (string | string[])[]).map((strings) => (Array.isArray(strings) ? strings.join('') : strings).slice(0, MAX_TEXT))),
    /** Names of servers, the preferred first. */
    mx: (name: string): Promise<string[] | null> => ask(name, 'MX', (answer) =>
      (answer as { exchange: string; priority: number }[]).toSorted((one, other) => one.priority - other.priority).map(({ exchange }) => exchange)),
  };
}
