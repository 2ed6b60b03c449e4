import { createHash } from 'node:crypto';
import type { Now } from '../../../../kernel/actor.ts';
import { keepIn } from '../../../../kernel/bounded.ts';
import type { Tx } from '../../../../platform/db/db.ts';
import type { Verdict } from '../../../../platform/mail/authentication.ts';
import type { Tickets } from '../../../tickets/server/tickets.ts';
import type { Judgement } from '../../core/quarantine.ts';
import { judgeWords, mayJudge, type Learnt } from '../../core/spam/classifier.ts';
import { judge } from '../../core/spam/judgement.ts';
import { ruleFor } from '../../core/spam/senders.ts';
import { signalsOf, toWords } from '../../core/spam/signals.ts';
import { slotOf, waveText } from '../../core/spam/traffic.ts';
import { wordsOf } from '../../core/spam/words.ts';
import type { Judge, Newcomer } from '../quarantine/screening.ts';
import type { Filter, Filters } from './filters.ts';
import { wordCounts } from './lessons-store.ts';

const MAX_WAVES = 20_000;

/** Whether a message that would open a ticket is spam, or one of a wave that is all alike. */
export function createJudging({ filters, tickets, machineNow }: { filters: Filters; tickets: Pick<Tickets, 'hasAnswered'>; machineNow: Now }): Judge {
  /** How often a text came within the hour, in this process: what a restart forgets is counted anew. */
  const waves = new Map<string, { since: number; count: number }>();

  function isWave(workspaceId: string, text: string, { equalTexts }: Filter): boolean {
    const wave = waveText(text);
    if (wave === null) return false;
    const key = `${workspaceId} ${createHash('sha256').update(wave).digest('base64')}`;
    const hourAgo = slotOf(machineNow()) - 3_600_000;
    const known = waves.get(key);
    const seen = known && known.since > hourAgo ? { since: known.since, count: known.count + 1 } : { since: slotOf(machineNow()), count: 1 };
    keepIn(waves, key, seen, MAX_WAVES);
    return seen.count > equalTexts;
  }

  async function learntOf(tx: Tx, { workspaceId, mail, author }: Newcomer, { lessons }: Filter): Promise<Learnt | null> {
    if (!mayJudge(lessons)) return null;
    const words = wordsOf({ ...mail, from: author, html: mail.html?.raw ?? null });
    return judgeWords(await wordCounts(tx, workspaceId, words), lessons);
  }

  async function isSpam(tx: Tx, newcomer: Newcomer, filter: Filter, verdict: Verdict): Promise<Judgement | null> {
    const { workspaceId, mail, author, own } = newcomer;
    const facts = { signals: signalsOf({ ...mail, from: author, html: mail.html?.raw ?? null, verdict, own }), sensitivity: filter.sensitivity };
    const learnt = await learntOf(tx, newcomer, filter);
    const judgement = judge({ ...facts, learnt, isKnown: false });
    if (!judgement.isSpam) return null;
    const isKnown = learnt !== null && verdict !== 'fail' && await tickets.hasAnswered(tx, workspaceId, author.address);
    return !isKnown || judge({ ...facts, learnt, isKnown }).isSpam ? { reason: 'spam', words: toWords(judgement.signals) } : null;
  }

  return async (tx, newcomer) => {
    const { workspaceId, mail, author, authentication } = newcomer;
    const filter = await filters.get(workspaceId);
    const verdict = authentication?.verdict ?? 'unknown';
    const rule = ruleFor(filter.rules, author.address);
    // The gate sees the head alone, and there are heads that hide their author from it.
    if (rule?.verdict === 'block') return { reason: 'blocked_sender', words: `blocked ${rule.name}` };
    // Anybody can write an allowed name on a letter.
    if (verdict !== 'fail' && rule?.verdict === 'allow') return null;
    if (isWave(workspaceId, mail.text, filter)) return { reason: 'too_many', words: 'equal' };
    return filter.sensitivity === 'off' ? null : isSpam(tx, newcomer, filter, verdict);
  };
}
