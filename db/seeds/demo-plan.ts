import type { Language } from '../../kernel/languages.ts';
import { randomBy } from '../../kernel/random.ts';
import { ANSWERS, CALLS, customersOf, STAFF, type DemoCustomer, type Gender } from './demo-people.ts';
import type { Story } from './demo-story.ts';
import { ARABIC } from './demo-texts-ar.ts';
import { BULGARIAN } from './demo-texts-bg.ts';
import { ENGLISH } from './demo-texts-en.ts';
import { POLISH } from './demo-texts-pl.ts';
import { RUSSIAN } from './demo-texts-ru.ts';

export const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Tickets of a demo of full size, and how many of them are calls and talks at the counter. */
const TICKETS = 300;
const CONTACTS = 0.06;
const FRESH = 0.14;

type Team = Story['team'];
type Status = 'open' | 'waiting_customer' | 'waiting_third_party' | 'scheduled' | 'resolved';
type Change = Partial<{ status: Status; priority: NonNullable<Story['priority']>; kind: Story['kind']; tags: string[] }>;

/** One thing that happens at the desk. Steps of one ticket carry its ordinal. */
export type Step = { readonly at: Date; readonly ticket: number } & (
  | { readonly type: 'message'; readonly customer: DemoCustomer; readonly team: Team; readonly subject: string; readonly text: string }
  | { readonly type: 'reply'; readonly by: string; readonly text: string; readonly status?: Status }
  | { readonly type: 'note'; readonly by: string; readonly text: string }
  | { readonly type: 'change'; readonly by: string; readonly change: Change; readonly assignTo?: string }
  | {
    readonly type: 'contact'; readonly by: string; readonly customer: DemoCustomer; readonly team: Team; readonly channel: 'phone' | 'desk';
    readonly subject: string; readonly text: string; readonly tags: readonly string[]; readonly status: 'open' | 'resolved';
  }
);

const STORIES: Record<Language, readonly Story[]> = { en: ENGLISH, bg: BULGARIAN, pl: POLISH, ru: RUSSIAN, ar: ARABIC };
const SHARE: readonly (readonly [Language, number])[] = [['bg', 0.32], ['en', 0.24], ['pl', 0.2], ['ru', 0.14], ['ar', 0.1]];

/** The same every time, relative to `now`; in the order in which it happened. */
export function planDemo(now: Date, { days, tickets = TICKETS }: { days: number; tickets?: number }): Step[] {
  const random = randomBy(20_260_302);
  const contacts = Math.round(tickets * CONTACTS);
  const steps: Step[] = [];
  for (let ticket = 0; ticket < tickets; ticket++) {
    // The last days are busier, so that there is something to do.
    const age = ticket < tickets * FRESH ? random() * 3 : 3 + random() ** 1.2 * (days - 4);
    const at = officeTime(now, age, random);
    steps.push(...(ticket < tickets - contacts ? mailTicket : contactTicket)(ticket, at, now, random));
  }
  return steps.sort((a, b) => a.at.getTime() - b.at.getTime() || a.ticket - b.ticket);
}

type Random = () => number;

function mailTicket(ticket: number, from: Date, now: Date, random: Random): Step[] {
  const language = choose(random);
  const story = pick(STORIES[language], random);
  const customer = pick(customersOf(language), random);
  const agent = pick(ANSWERS[language].slice(0, random() < 0.75 ? 1 : 3), random);
  const facts = factsOf(language, from, customer, agent, random);
  const subject = fill(pick(story.subjects, random), facts, customer.gender);
  const steps: Step[] = [{
    at: from, ticket, type: 'message', customer, team: story.team, subject, text: fill(story.turns[0]!, facts, customer.gender),
  }];
  steps.push(...triage(story, ticket, agent, from, random));

  // Of what came in the last days, half is still waiting for its turn.
  const patience = now.getTime() - from.getTime() < 4 * DAY_MS && random() < 0.5 ? 12 : 1;
  let at = from;
  let answered = false;
  for (const [turn, text] of story.turns.entries()) {
    if (turn === 0) continue;
    answered = turn % 2 === 1;
    at = later(at, answered ? (0.6 + random() ** 2 * 9) * patience : 1 + random() * 26);
    if (!answered && random() < 0.12) break;
    if (!answered) steps.push({ at, ticket, type: 'message', customer, team: story.team, subject, text: fill(text, facts, customer.gender) });
    else {
      const over = turn === story.turns.length - 1;
      steps.push({ at, ticket, type: 'reply', by: agent, text: fill(text, facts, genderOf(agent)), ...(over && { status: 'resolved' as const }) });
    }
  }
  return [...steps, ...closing({ ticket, agent, at, answered })].filter((step) => step.at < now);
}

/** Somebody looks at it, says what it is, perhaps takes it, perhaps leaves a word for colleagues. */
function triage(story: Story, ticket: number, agent: string, from: Date, random: Random): Step[] {
  if (random() < 0.2) return [];
  const at = later(from, 0.1 + random() * 0.4);
  const change: Change = { kind: story.kind, tags: [...story.tags], ...(story.priority && { priority: story.priority }) };
  return [
    { at, ticket, type: 'change', by: agent, change, ...(random() < 0.5 && { assignTo: agent }) },
    ...(story.note && random() < 0.5 ? [{ at: later(at, 0.05), ticket, type: 'note', by: agent, text: story.note } as const] : []),
  ];
}

/** What becomes of it in the end: resolved within hours, or after somebody else was waited for. */
function closing({ ticket, agent, at, answered }: { ticket: number; agent: string; at: Date; answered: boolean }): Step[] {
  const hours = answered ? 5 * 24 : 2;
  const end: Step = { at: later(at, hours), ticket, type: 'change', by: agent, change: { status: 'resolved' } };
  if (ticket % 17 !== 0) return [end];
  const status = ticket % 34 === 0 ? 'waiting_third_party' : 'scheduled';
  return [{ at: later(at, 1), ticket, type: 'change', by: agent, change: { status } }, { ...end, at: later(at, hours + 9 * 24) }];
}

function contactTicket(ticket: number, at: Date, now: Date, random: Random): Step[] {
  const language = choose(random);
  const call = pick(CALLS[language], random);
  const customer = pick(customersOf(language), random);
  const by = ANSWERS[language][0]!;
  const { subject, text, channel, tags } = call;
  const steps: Step[] = [{
    at, ticket, type: 'contact', by, customer, team: 'orders', channel, tags, text, status: random() < 0.7 ? 'resolved' : 'open',
    subject: fill(subject, factsOf(language, at, customer, by, random), customer.gender),
  }];
  return steps.filter((step) => step.at < now);
}

type Facts = Record<string, string>;

function factsOf(language: Language, at: Date, customer: DemoCustomer, agent: string, random: Random): Facts {
  const due = new Date(at.getTime() - (1 + Math.floor(random() * 4)) * DAY_MS);
  const amount = Math.round(1_500 + random() * 14_000) / 100;
  return {
    order: `LH-${String(Math.floor(20_000 + random() * 60_000))}`,
    date: new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC', numberingSystem: 'latn' }).format(due),
    amount: new Intl.NumberFormat(language, { style: 'currency', currency: 'EUR', numberingSystem: 'latn' }).format(amount),
    first: customer.first,
    agent: STAFF.find((person) => person.key === agent)!.name.split(' ')[0]!,
  };
}

const genderOf = (agent: string): Gender => STAFF.find((person) => person.key === agent)!.gender;

const fill = (text: string, facts: Facts, gender: Gender): string =>
  text.replace(/\{([^{}|]+)(?:\|([^{}]+))?\}/gu, (_, first: string, second?: string) => (second === undefined ? facts[first]! : gender === 'm' ? first : second));

/** Between seven in the morning and nine in the evening, rarely on a Sunday, and before `now`. */
function officeTime(now: Date, daysAgo: number, random: Random): Date {
  const day = new Date(now.getTime() - daysAgo * DAY_MS);
  const sunday = day.getUTCDay() === 0 && random() < 0.8 ? DAY_MS : 0;
  const morning = Math.floor((day.getTime() - sunday) / DAY_MS) * DAY_MS;
  const at = morning + (5 + random() * 14) * HOUR_MS;
  return new Date(at < now.getTime() ? at : now.getTime() - random() * 10 * HOUR_MS);
}

const later = (at: Date, hours: number): Date => new Date(at.getTime() + Math.round(hours * HOUR_MS));
const pick = <T>(from: readonly T[], random: Random): T => from[Math.floor(random() * from.length)]!;

function choose(random: Random): Language {
  let left = random();
  for (const [language, share] of SHARE) if ((left -= share) < 0) return language;
  return 'en';
}
