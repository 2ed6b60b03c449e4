import { AWAKE, type TicketState } from '../../features/tickets/core/ticket.ts';
import { CHANNELS, DAY, HOUR, LANGUAGES, MINUTE, PRIORITIES, SECOND } from './company.ts';
import type { Actor } from './desk.ts';

export type Dice = {
  readonly random: () => number; readonly chance: (share: number) => boolean; readonly pick: <T>(list: readonly T[]) => T;
  /** So much on average, seldom much more. */
  readonly some: (mean: number) => number;
};
type Data = Readonly<Record<string, string | boolean>>;
/** `author` null: one of us writes it down. */
export type Matter = { readonly state: TicketState; readonly author: Actor | null; readonly data: Data };

/** What a customer comes with: by mail, form or chat; a call that is written down later; a letter that came days ago. */
export function newMatter(number: number, { random, pick, chance, some }: Dice, { now, tickets }: { now: number; tickets: number }): Matter {
  const customerId = `customer ${Math.floor(random() * tickets * 0.4)}`;
  const channel = pick(CHANNELS);
  const { data, waitingSince } = wordsBy(channel, now, { chance, some });
  const isLogged = channel === 'phone' || channel === 'letter';
  const at = new Date(now);
  const state: TicketState = {
    id: `ticket ${number}`, number, subject: '', status: isLogged ? 'open' : 'new', priority: pick(PRIORITIES), kind: 'question', channel, customerId, homeId: null, customerFlags: [], assigneeId: null, companyId: null, followerIds: [], isKeyAccount: null, isPrivate: false, teamId: chance(0.1) ? 'second' : null,
    mailboxId: null, brandId: null, officeId: null, slaPolicyId: null, queueChoice: null, language: chance(0.97) ? pick(LANGUAGES) : null, languageFixed: false, tags: [], fields: {}, snippet: '', waitingSince, lastMessageAt: at, statusSince: at, version: 1, createdAt: at, updatedAt: at,
    resolvedAt: null, closedAt: null, deletedAt: null, deletedBy: null, spamAt: null, mergedInto: null, ...AWAKE, wokenAt: null,
  };
  return { state, author: isLogged ? null : { kind: 'customer', id: customerId }, data };
}

function wordsBy(channel: TicketState['channel'], now: number, { chance, some }: Pick<Dice, 'chance' | 'some'>): { data: Data; waitingSince: Date | null } {
  const iso = (ms: number) => new Date(ms).toISOString();
  if (channel === 'letter') {
    const received = now - some(2 * DAY);
    return { data: { type: 'letter', direction: 'in', channel, receivedAt: iso(received) }, waitingSince: new Date(received) };
  }
  if (channel === 'phone') {
    const asked = now - 5 * MINUTE - some(HOUR);
    return { data: { type: 'call', direction: 'in', channel, askedAt: iso(asked), answeredAt: iso(asked + some(90 * SECOND)) }, waitingSince: null };
  }
  const automatic = chance(0.01);
  return { data: { type: 'message', direction: 'in', channel, automatic }, waitingSince: automatic ? null : new Date(now) };
}
