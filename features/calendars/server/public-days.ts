import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../../kernel/errors.ts';
import type { Countries } from '../core/contract.ts';
import type { Observed, PublicDay } from '../core/days.ts';

export type Question = { readonly ask: 'countries' } | { readonly ask: 'days'; readonly observed: Observed; readonly from: number; readonly until: number };

/** Some countries follow the moon, and that is counted slowly. */
const KILL_AFTER_MS = 60_000;
const MOST_WAITING = 20;

/** Which edition of the data is installed. */
export const EDITION = (createRequire(import.meta.url)('date-holidays/package.json') as { version: string }).version;

/** They are the same for all. */
let known: Promise<Countries['items']> | null = null;

export type PublicDays = ReturnType<typeof createPublicDays>;

/**
 * The public holidays of countries, from the data of date-holidays. It is large and counts slowly, so it is read in a process of
 * its own that ends with the answer, one question at a time; a thread would leave its memory behind. It gets nothing of our surroundings.
 */
export function createPublicDays() {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  function ask<T>(question: Question): Promise<T> {
    if (waiting >= MOST_WAITING) throw new AppError('unavailable', 'calendar.busy', 'Holidays of many countries are looked up at this moment; try again shortly.', { retryAfter: 5 });
    waiting += 1;
    const answer = last.then(() => inProcess<T>(question)).finally(() => { waiting -= 1; });
    last = answer.catch(() => undefined);
    return answer;
  }

  async function countries(): Promise<Countries['items']> {
    known ??= ask<Countries['items']>({ ask: 'countries' });
    try {
      return await known;
    } catch (error) {
      known = null;
      throw error;
    }
  }

  return {
    countries,

    /** Whether the data knows it. */
    async knows({ country, state, region }: Observed): Promise<boolean> {
      const one = (await countries()).find(({ code }) => code === country);
      if (!one || (state === undefined && region !== undefined)) return false;
      const part = one.states.find(({ code }) => code === state);
      return state === undefined || (part !== undefined && (region === undefined || part.regions.some(({ code }) => code === region)));
    },

    /** Of all these years. */
    of: (observed: Observed, { from, until }: { from: number; until: number }): Promise<readonly PublicDay[]> => ask({ ask: 'days', observed, from, until }),
  };
}

function inProcess<T>(question: Question): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('./public-days-process.ts', import.meta.url)), [JSON.stringify(question)], {
      env: {}, execArgv: ['--max-old-space-size=256'], stdio: ['ignore', 'ignore', 'ignore', 'ipc'], timeout: KILL_AFTER_MS, killSignal: 'SIGKILL',
    });
    const failed = (cause: unknown) => reject(Object.assign(new AppError('unavailable', 'calendar.no_holidays', 'The holidays could not be looked up; try again shortly.'), { cause }));
    child.on('message', (answer) => resolve(answer as T));
    child.on('error', failed);
    child.on('exit', (code, signal) => failed(`the process ended without an answer: ${String(signal ?? code)}`));
  });
}
