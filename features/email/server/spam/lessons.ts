import type { Now } from '../../../../kernel/actor.ts';
import { type Database, type Tx } from '../../../../platform/db/db.ts';
import type { Files } from '../../../../platform/files/files.ts';
import type { Parser } from '../../../../platform/mail/parser.ts';
import type { Log } from '../../../../platform/mail/sender.ts';
import { wordsOf } from '../../core/spam/words.ts';
import { originOf } from '../ledger-store.ts';
import { createRounds } from '../rounds.ts';
import { forgetTraffic, lockFilter, saveFilter } from './filter-store.ts';
import type { Filters } from './filters.ts';
import {
  addWords, dropWishes, dueLessons, findLesson, insertWishes, lessonFailed, oldLessons, saveLesson, takeWords, type Kind,
} from './lessons-store.ts';

/** So many of each kind are remembered; the oldest give way, and their words with them. */
const KEPT = 2_000;
const BATCH = 50;
const SWEEP_MS = 5_000;
const DAY_MS = 86_400_000;

export type Lessons = ReturnType<typeof createLessons>;

/**
 * What people decide about messages teaches the filter. A decision is written down in the transaction that makes it; later,
 * in this process or another, its words are counted. Deciding the same twice, or taking it back, ends in the same counts.
 */
export function createLessons({ db, files, parser, filters, now, machineNow, log }: {
  db: Database; files: Pick<Files, 'read'>; parser: Pick<Parser, 'parse'>; filters: Filters; now: Now; machineNow: Now; log: Log;
}) {
  let tidiedAt = 0;

  async function wordsIn(workspaceId: string, ledgerId: string): Promise<string[]> {
    const raw = await db.work(workspaceId, async (tx) => files.read(tx, workspaceId, (await originOf(tx, workspaceId, ledgerId)).sha256));
    const result = raw ? await parser.parse(raw) : null;
    if (!result || 'error' in result) return [];
    return wordsOf({ ...result.mail, html: result.mail.html?.raw ?? null });
  }

  async function learn(workspaceId: string, ledgerId: string): Promise<void> {
    const words = await wordsIn(workspaceId, ledgerId);
    await db.work(workspaceId, async (tx) => {
      const filter = await lockFilter(tx, workspaceId);
      const lesson = await findLesson(tx, workspaceId, ledgerId);
      if (!lesson || lesson.wanted === lesson.learnt) return;
      const lessons = { ...filter.lessons };
      if (lesson.learnt) await unlearn(tx, workspaceId, lesson.learnt, lesson.words, lessons);
      if (lesson.wanted) {
        await addWords(tx, workspaceId, lesson.wanted, words);
        lessons[lesson.wanted] += 1;
      }
      await saveLesson(tx, workspaceId, ledgerId, { learnt: lesson.wanted, words, at: now() });
      await forgetOld(tx, workspaceId, lessons);
      await saveFilter(tx, workspaceId, { ...filter, lessons });
    });
    filters.forget(workspaceId);
  }

  async function unlearn(tx: Tx, workspaceId: string, kind: Kind, words: readonly string[], lessons: Record<Kind, number>): Promise<void> {
    await takeWords(tx, workspaceId, kind, words);
    lessons[kind] = Math.max(lessons[kind] - 1, 0);
  }

  async function forgetOld(tx: Tx, workspaceId: string, lessons: Record<Kind, number>): Promise<void> {
    for (const kind of ['spam', 'ham'] as const) {
      if (lessons[kind] <= KEPT) continue;
      for (const { ledgerId, words } of await oldLessons(tx, workspaceId, kind, Math.min(lessons[kind] - KEPT, BATCH))) {
        await unlearn(tx, workspaceId, kind, words, lessons);
        await saveLesson(tx, workspaceId, ledgerId, { learnt: null, words: [], at: now() });
      }
    }
  }

  /** Once a day: counts of senders that no limit asks for any more. */
  async function tidy(): Promise<void> {
    if (machineNow().getTime() - tidiedAt < DAY_MS) return;
    tidiedAt = machineNow().getTime();
    await forgetTraffic(db.owner, new Date(tidiedAt - DAY_MS));
  }

  async function sweep(stopping?: AbortSignal): Promise<number> {
    await tidy();
    const due = await dueLessons(db.owner, BATCH);
    for (const { workspaceId, ledgerId } of due) {
      if (stopping?.aborted) break;
      try {
        await learn(workspaceId, ledgerId);
      } catch (error) {
        log.warn({ err: error, ledgerId }, 'the filter could not learn from a message');
        await db.work(workspaceId, (tx) => lessonFailed(tx, workspaceId, ledgerId));
      }
    }
    return due.length;
  }

  const { start, stop } = createRounds({ everyMs: SWEEP_MS, act: sweep, log, failed: 'the filter could not look for lessons' });

  return {
    /** In the transaction of the decision. */
    async teach(tx: Tx, workspaceId: string, ledgerIds: readonly string[], wanted: Kind | null): Promise<void> {
      if (wanted === null) await dropWishes(tx, workspaceId, ledgerIds, now());
      else await insertWishes(tx, workspaceId, { ledgerIds, wanted, at: now(), unlessDecided: false });
    },
    /** Somebody answered it as one answers a customer; that says less than a decision. */
    async answered(tx: Tx, workspaceId: string, ledgerIds: readonly string[]): Promise<void> {
      await insertWishes(tx, workspaceId, { ledgerIds, wanted: 'ham', at: now(), unlessDecided: true });
    },
    /** Learns all that is due; the running worker does so by itself. */
    async sweep(): Promise<void> {
      let count;
      do count = await sweep(); while (count === BATCH);
    },
    start, stop,
  };
}
