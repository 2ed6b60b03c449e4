import type { Language } from '../../../kernel/languages.ts';
import { momentInWords, type Clocks } from './moments.ts';

/** When somebody may be called: `from` is what is chosen by. */
export type CallTime = { readonly from: Date; readonly to: Date };
type Hours = { isOpen(at: Date): boolean; nextOpening(from: Date): Date | null; between(from: Date, to: Date): { seconds: number } };

const HOUR_MS = 3_600_000;
const WINDOW_MS = 2 * HOUR_MS;
/** Nobody is promised a call that has to be made at once. */
const LEAD_MS = 30 * 60_000;
const AHEAD_MS = 14 * 24 * HOUR_MS;
const MOST = 20;

/**
 * Windows of two hours, or one, in which somebody is there all the time; they lie the same whenever it is asked. `isChosen`: among those that may
 * be chosen is also the one that is too near to be shown, since it may have been shown a while ago.
 */
export function callTimes(hours: Hours, now: Date, { isChosen = false } = {}): CallTime[] {
  const found: CallTime[] = [];
  let shown = 0;
  for (const one of windowsFrom(hours, now)) {
    const isShown = one.from.getTime() >= now.getTime() + LEAD_MS;
    if (isShown) shown += 1;
    if (isShown || isChosen) found.push(one);
    if (shown === MOST) break;
  }
  return found;
}

function* windowsFrom(hours: Hours, now: Date): Generator<CallTime> {
  const until = now.getTime() + AHEAD_MS;
  let at = alignedTo(now.getTime());
  while (at < until) {
    const good = windowIn(hours, at);
    if (good && good.from >= now) yield good;
    at += WINDOW_MS;
    if (good === null && !hours.isOpen(new Date(at))) {
      const opens = hours.nextOpening(new Date(at));
      if (!opens) return;
      at = alignedTo(opens.getTime());
    }
  }
}

const alignedTo = (at: number): number => Math.floor(at / WINDOW_MS) * WINDOW_MS;

function windowIn(hours: Hours, at: number): CallTime | null {
  const whole = [at, at + HOUR_MS].filter((hour) => hours.between(new Date(hour), new Date(hour + HOUR_MS)).seconds === 3_600);
  const [first] = whole;
  return first === undefined ? null : { from: new Date(first), to: new Date(first + whole.length * HOUR_MS) };
}

/** The window as it is read. */
export const timeInWords = ({ from, to }: CallTime, clocks: Clocks, language: Language): string => momentInWords(from, clocks, language, to);

// Numbers of telephones are read from the left in Arabic too.
const WISH: Record<Language, string> = {
  en: 'Please call me: {phone}\n{when}', bg: 'Моля, обадете ми се: {phone}\n{when}', pl: 'Proszę o telefon: {phone}\n{when}', ru: 'Пожалуйста, позвоните мне: {phone}\n{when}', ar: 'أرجو الاتصال بي: \u2066{phone}\u2069\n{when}',
};
const TASK: Record<Language, string> = {
  en: 'Call {phone} (asked for in the chat): {when}', bg: 'Обаждане на {phone} (поискано в чата): {when}', pl: 'Telefon do {phone} (prośba z czatu): {when}',
  ru: 'Позвонить по номеру {phone} (просьба из чата): {when}', ar: 'الاتصال على \u2066{phone}\u2069 (طُلب في المحادثة): {when}',
};
type Call = { readonly phone: string; readonly when: string };
const said = (words: string, { phone, when }: Call): string => words.replace('{phone}', () => phone).replace('{when}', () => when);

/** What the visitor says by it, and what whoever has the ticket promises. */
export const callWish = (call: Call, language: Language): string => said(WISH[language], call);
export const callTask = (call: Call, language: Language): string => said(TASK[language], call);
