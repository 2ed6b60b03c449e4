import { ALWAYS, type Condition, partsOf } from '../../../conditions/core/condition.ts';
import { type Mode, QueueCreate, type QueueView } from '../../core/contract.ts';
import { secondsOf, type Span, spanOf } from '../DurationField.tsx';

export type NeedDraft = { readonly need: 'required' | 'preferred'; readonly level: number; readonly relax: Span };
export type SkillLine = NeedDraft & { readonly key: string; readonly id: string };
export type OverflowLine = { readonly key: string; readonly teamId: string; readonly after: Span };

/** A queue as it is written, before all of it makes sense. */
export type QueueDraft = {
  readonly name: string;
  readonly conditions: Condition;
  readonly mode: Mode;
  readonly teamIds: string[];
  readonly overflow: readonly OverflowLine[];
  readonly offer: Span;
  readonly skills: readonly SkillLine[];
  readonly language: NeedDraft | null;
  readonly headStart: Span;
  readonly ownAgent: Span;
  readonly calendarId: string | null;
};

let made = 0;
/** A name that stays while a line is written. */
export const newKey = (): string => String(++made);

const OFFER_SECONDS = 30;
export const RELAX_SECONDS = 15 * 60;

export function draftOf(queue: QueueView | null): QueueDraft {
  const given = queue ?? QueueCreate.parse({ name: '-' });
  return {
    name: queue?.name ?? '',
    conditions: (given.conditions as Condition | null) ?? ALWAYS,
    mode: given.mode,
    teamIds: given.teamIds,
    overflow: given.overflow.map(({ teamId, afterSeconds }) => ({ key: newKey(), teamId, after: spanOf(afterSeconds) })),
    offer: spanOf(given.offerSeconds ?? null),
    skills: given.skills.map(({ id, level, need, relaxAfterSeconds }) => ({ key: newKey(), id, level, need, relax: spanOf(relaxAfterSeconds) })),
    language: given.language && { need: given.language.need, level: given.language.level, relax: spanOf(given.language.relaxAfterSeconds) },
    headStart: spanOf(given.headStartSeconds),
    ownAgent: spanOf(given.ownAgentSeconds),
    calendarId: given.calendarId,
  };
}

/** Who takes the next is not asked first; whoever is offered something always is. */
export const isGiven = (mode: Mode): boolean => mode !== 'pull';
export const asksAlways = (mode: Mode): boolean => mode === 'push';

export const withMode = (draft: QueueDraft, mode: Mode): Partial<QueueDraft> =>
  ({ mode, ...(asksAlways(mode) && draft.offer.unit === 'never' && { offer: spanOf(OFFER_SECONDS) }) });

/** What is not written is no amount; left out, it would be taken for the usual one. */
const written = (span: Span): number | null => {
  const seconds = secondsOf(span);
  return seconds === undefined ? Number.NaN : seconds;
};

/** What the server is sent; null while something is amiss. */
export function queueOf(draft: QueueDraft): QueueCreate | null {
  const needOf = ({ need, level, relax }: NeedDraft) => ({ need, level, relaxAfterSeconds: need === 'required' ? written(relax) : null });
  return QueueCreate.safeParse({
    name: draft.name,
    conditions: partsOf(draft.conditions).length === 0 ? null : draft.conditions,
    mode: draft.mode,
    teamIds: draft.teamIds,
    overflow: draft.overflow.map(({ teamId, after }) => ({ teamId, afterSeconds: written(after) })),
    offerSeconds: isGiven(draft.mode) ? written(draft.offer) : null,
    skills: draft.skills.map((line) => ({ id: line.id, ...needOf(line) })),
    language: draft.language && needOf(draft.language),
    headStartSeconds: written(draft.headStart),
    ownAgentSeconds: written(draft.ownAgent),
    calendarId: draft.calendarId,
  }).data ?? null;
}
