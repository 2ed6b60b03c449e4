import { z } from 'zod';

/** Why something came to somebody, or waits, as it is stored: ids, amounts and nothing to read. Words are made when it is shown. */
const people = z.object({ person: z.string() });
const skills = z.object({ skills: z.array(z.string()) });
const teams = z.object({ teams: z.array(z.string()) });
const seconds = z.object({ inSeconds: z.number() });
const count = z.object({ count: z.number() });
const free = z.object({ free: z.number() });
const present = z.object({ present: z.number() });
const turn = z.object({ waitedSeconds: z.number(), headStartSeconds: z.number() });
const none = z.object({});

const SHAPES = {
  // It came to somebody.
  named_agent: none, own_agent: none, only_one: none, round_robin: free, longest_idle: free.extend({ idleSeconds: z.number() }), least_loaded: free.extend({ percent: z.number() }),
  skills, relaxed: skills, overflow: teams, turn, turn_due: turn.extend({ inSeconds: z.number() }), turn_late: turn.extend({ inSeconds: z.number() }),
  pulled: none, by_hand: people, by_rule: none, deputy: people,
  // What became of it.
  offered: none, accepted: none, declined: none, passed: none, withdrawn: none,
  returned_vanished: people, deputy_back: people, returned_absent: people, returned_away: people, returned_offline: people, returned_left: people, nobody_free: present,
  // It waits.
  asked: people, kept_for: people, nobody_there: z.object({ people: z.number() }), channel_off: present.extend({ channel: z.string() }), nobody_able: present.extend({ skills: z.array(z.string()) }),
  pull: present, all_busy: present, refused: count, next: none, ahead: count, overflow_in: teams.extend({ inSeconds: z.number() }), relaxes_in: seconds,
  // Nothing routes it.
  no_queue: none, not_waiting: none,
} as const;

export type ReasonCode = keyof typeof SHAPES;
export const REASON_CODES = Object.keys(SHAPES) as ReasonCode[];
export type ReasonOf<C extends ReasonCode> = { readonly code: C; readonly values: Readonly<z.infer<(typeof SHAPES)[C]>> };
export type Reason = { [C in ReasonCode]: ReasonOf<C> }[ReasonCode];

/** What was stored; a reason of another version of the program is left out. */
export const readReasons = (stored: unknown): Reason[] => (Array.isArray(stored) ? stored : []).flatMap((one: unknown) => {
  const { code, values } = (one ?? {}) as { code?: unknown; values?: unknown };
  if (typeof code !== 'string' || !Object.hasOwn(SHAPES, code)) return [];
  const read = SHAPES[code as ReasonCode].safeParse(values);
  return read.success ? [{ code, values: read.data } as Reason] : [];
});
