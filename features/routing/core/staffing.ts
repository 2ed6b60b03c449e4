import { z } from 'zod';
import { Timestamp } from '../../../kernel/contract.ts';
import { impatient, loadOf, patient, peopleFor, rostered, within, type Traffic } from './erlang.ts';

/** More at once than that is no queue of one desk. */
export const MOST_LOAD = 2_000;
/** Weeks that are looked back for the busiest hour. */
export const WEEKS_BACK = 4;

const seconds = (least: number, usual: number) => z.coerce.number().int().min(least).max(36_000).default(usual);

/**
 * GET /queues/:id/staffing?perHour=&handleSeconds=&share=&withinSeconds=&shrinkage=&patienceSeconds= → for leads: how many people the calls and chats of a
 * queue need. `perHour` left out: what came in the busiest hour of the week, of the last four weeks; `share` and `shrinkage` in percent.
 */
export const StaffingQuery = z.strictObject({
  perHour: z.coerce.number().positive().max(100_000).optional(),
  /** How long one of them takes a person, what is done after it included. */
  handleSeconds: seconds(1, 240),
  share: z.coerce.number().int().min(1).max(99).default(80),
  withinSeconds: seconds(1, 20),
  /** Of paid time, what goes for leave, illness, breaks and training. */
  shrinkage: z.coerce.number().int().min(0).max(90).default(30),
  /** After how long those who wait give up, in the mean; left out: nobody does. */
  patienceSeconds: z.coerce.number().int().min(1).max(36_000).optional(),
});
export type StaffingQuery = z.infer<typeof StaffingQuery>;

const Reached = z.object({ people: z.int(), /** 0 to 1. */ share: z.number() });
export const StaffingView = z.object({
  /** The busiest hour of the week in the last four: when the latest such hour began, and how many came in it, in the mean. Null: nothing live came. */
  measured: z.object({ from: Timestamp, perHour: z.number() }).nullable(),
  /** Null: nothing was measured and nothing given. */
  advice: z.object({
    perHour: z.number(), handleSeconds: z.int(),
    /** Work that comes in while one of it is done (Erlangs). */
    load: z.number(),
    /** At once in that hour, and so many on the roster. */
    people: z.int(), rostered: z.int(),
    ...Reached.pick({ share: true }).shape, oneFewer: Reached.nullable(),
    /** Of those who come, 0 to 1: who waits at all; how long the mean of all is; how much of people's time is taken. */
    waiting: z.number(), waitSeconds: z.number(), occupancy: z.number(),
    /** When those who wait give up: how many do, and what that makes of the rest. */
    impatient: z.object({ abandoned: z.number(), waitSeconds: z.number(), occupancy: z.number() }).nullable(),
  }).nullable(),
});
export type StaffingView = z.infer<typeof StaffingView>;

export type Advice = NonNullable<StaffingView['advice']>;

/** How many people it takes, and what is to be expected of them; null: more than one desk can be. */
export function adviceFor(traffic: Traffic, { share, withinSeconds, shrinkage, patienceSeconds }: Omit<StaffingQuery, 'perHour' | 'handleSeconds'>): Advice | null {
  if (loadOf(traffic) > MOST_LOAD) return null;
  const people = peopleFor(traffic, { share: share / 100, seconds: withinSeconds });
  const { load, waiting, waitSeconds, occupancy } = patient(traffic, people)!;
  return {
    ...traffic, load, people, rostered: Math.ceil(rostered(people, shrinkage / 100)), share: within(traffic, people, withinSeconds), waiting, waitSeconds, occupancy,
    oneFewer: people === 1 ? null : { people: people - 1, share: within(traffic, people - 1, withinSeconds) },
    impatient: patienceSeconds === undefined ? null : impatient(traffic, people, patienceSeconds),
  };
}
