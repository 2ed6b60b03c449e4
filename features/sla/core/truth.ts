import { DATE_LOCALES, type Language } from '../../../kernel/languages.ts';
import type { WorkingTime } from '../../calendars/core/working-time.ts';
import type { Goal } from './clock.ts';
import type { Metric } from './metrics.ts';

const [MINUTE_MS, HOUR_S] = [60_000, 3_600];
/** Nobody can promise a person's word for sooner, whatever was promised before; nor is anybody left without one for longer. */
const LEAST_S = HOUR_S / 2;
const MOST_S = { working: 40 * HOUR_S, calendar: 5 * 24 * HOUR_S };
/** Where the time ends while nobody works: so long after the next opening. */
const AFTER_OPENING_S = HOUR_S;
const QUARTER_MS = 15 * MINUTE_MS;

/**
 * By when a customer who waits longer than promised hears from us: the same time again from now, counted as the promise counts, at an hour at which
 * somebody works, in whole quarters.
 */
export function hearBy(now: Date, { seconds, working }: Goal, time: WorkingTime): Date {
  const wait = Math.min(Math.max(seconds, LEAST_S), working ? MOST_S.working : MOST_S.calendar);
  const plain = new Date(now.getTime() + wait * 1000);
  const due = working ? time.add(now, wait)?.due ?? plain : atWork(plain, time);
  return new Date(Math.ceil(due.getTime() / QUARTER_MS) * QUARTER_MS);
}

function atWork(at: Date, time: WorkingTime): Date {
  if (time.isOpen(at)) return at;
  const opens = time.nextOpening(at);
  return (opens && time.add(opens, AFTER_OPENING_S)?.due) ?? at;
}

type Promised = 'answer' | 'news' | 'solution';
const PROMISED: Readonly<Record<Metric, Promised>> = {
  first_reply: 'answer', next_reply: 'answer', answer: 'answer', periodic_update: 'news', pausable_update: 'news', requester_wait: 'solution', agent_work: 'solution', resolution: 'solution',
};

type Words = {
  readonly greeting: string; readonly nouns: Readonly<Record<Promised, string>>;
  readonly said: (noun: string, before: string) => string; readonly late: string; readonly mayBe: string; readonly again: (after: string) => string; readonly rest: string;
  /** What the customer sees among what they were promised. */
  readonly promise: string;
};

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    greeting: 'Hello,', nouns: { answer: 'an answer', news: 'news', solution: 'a solution' }, said: (noun, before) => `we promised you ${noun} by ${before}.`,
    late: 'We are late, and we are sorry.', mayBe: 'It may take us longer, and we would rather tell you now.', again: (after) => `You will hear from us by ${after} at the latest.`,
    rest: 'Your request has not been forgotten, and you need not do anything.', promise: 'We get back to you about your request',
  },
  bg: {
    greeting: 'Здравейте,', nouns: { answer: 'отговор', news: 'новини', solution: 'решение' }, said: (noun, before) => `обещахме Ви ${noun} до ${before}.`,
    late: 'Закъсняваме и се извиняваме.', mayBe: 'Може да ни отнеме повече време и предпочитаме да Ви го кажем сега.', again: (after) => `Ще получите вест от нас най-късно до ${after}.`,
    rest: 'Запитването Ви не е забравено и не е нужно да правите нищо.', promise: 'Ще Ви отговорим по запитването',
  },
  pl: {
    greeting: 'Dzień dobry,', nouns: { answer: 'odpowiedź', news: 'wiadomość, co dalej,', solution: 'rozwiązanie sprawy' }, said: (noun, before) => `obiecaliśmy ${noun} w terminie: ${before}.`,
    late: 'Spóźniamy się i przepraszamy.', mayBe: 'Może nam to zająć więcej czasu i wolimy powiedzieć o tym już teraz.', again: (after) => `Odezwiemy się najpóźniej w terminie: ${after}.`,
    rest: 'Pamiętamy o tej sprawie i nie trzeba nic robić.', promise: 'Odezwiemy się w tej sprawie',
  },
  ru: {
    greeting: 'Здравствуйте!', nouns: { answer: 'ответ', news: 'новости', solution: 'решение вопроса' }, said: (noun, before) => `Мы обещали вам ${noun}, срок: ${before}.`,
    late: 'Мы опаздываем и приносим извинения.', mayBe: 'Нам может понадобиться больше времени, и мы хотим сказать об этом заранее.', again: (after) => `Мы напишем вам не позднее этого срока: ${after}.`,
    rest: 'О вашем обращении не забыли, вам ничего не нужно делать.', promise: 'Мы ответим вам по этому обращению',
  },
  ar: {
    greeting: 'مرحبًا،', nouns: { answer: 'بالرد', news: 'بموافاتكم بالمستجدات', solution: 'بالحل' }, said: (noun, before) => `وعدناكم ${noun} في موعد أقصاه: ${before}.`,
    late: 'لقد تأخرنا، ونعتذر عن ذلك.', mayBe: 'قد يستغرق الأمر وقتًا أطول، ونفضّل إبلاغكم الآن.', again: (after) => `سنتواصل معكم في موعد أقصاه: ${after}.`,
    rest: 'لم ننسَ طلبكم، ولا يلزمكم فعل أي شيء.', promise: 'سنعود إليكم بشأن طلبكم',
  },
};

export type Truth = {
  readonly language: Language; readonly metric: Metric; readonly timeZone: string;
  /** What was promised for, and by when they hear now. */
  readonly before: Date; readonly after: Date;
  /** Before the promise has broken nothing is said to be late. */
  readonly isBroken: boolean;
};

/** The truth: by when we said, that we are late or may be, and by when they hear now; nothing that may not be so. In a chat it is one paragraph. */
export function truthFor({ language, metric, timeZone, before, after, isBroken }: Truth): { readonly letter: string; readonly line: string; readonly promise: string } {
  const { greeting, nouns, said, late, mayBe, again, rest, promise } = WORDS[language];
  const spoken = (at: Date): string =>
    new Intl.DateTimeFormat(DATE_LOCALES[language], { timeZone, weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
  const words = `${said(nouns[PROMISED[metric]], spoken(before))} ${isBroken ? late : mayBe} ${again(spoken(after))}`;
  return { letter: `${greeting}\n\n${words}\n\n${rest}`, line: capital(words), promise };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
