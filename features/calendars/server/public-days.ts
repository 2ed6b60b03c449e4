import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
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
 * The public holidays of countries, from the data of date-holidays. It is large and counts slowly, so it is read in a thread
 * that ends with the answer: one question at a time.
 */
export function createPublicDays() {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  function ask<T>(question: Question): Promise<T> {
    if (waiting >= MOST_WAITING) throw new AppError('unavailable', 'calendar.busy', 'Holidays of many countries are looked up at this moment; try again shortly.', { retryAfter: 5 });
    waiting += 1;
    const answer = last.then(() => inThread<T>(question)).finally(() => { waiting -= 1; });
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

function inThread<T>(question: Question): Promise<T> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./public-days-worker.ts', import.meta.url), { workerData: question, resourceLimits: { maxOldGenerationSizeMb: 256 } });
    const timer = setTimeout(() => { void worker.terminate(); }, KILL_AFTER_MS);
    const failed = (cause?: unknown) => reject(Object.assign(new AppError('unavailable', 'calendar.no_holidays', 'The holidays could not be looked up; try again shortly.'), { cause }));
    worker.on('message', (answer: T) => resolve(answer));
    worker.on('error', failed);
    worker.on('exit', () => {
      clearTimeout(timer);
      failed('the thread ended without an answer');
    });
  });
}
