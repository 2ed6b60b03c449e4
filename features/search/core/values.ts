import { CHANNELS, KINDS, PRIORITIES, STATUSES } from '../../tickets/core/contract.ts';
import type { Operator } from './query.ts';

/** Shelves that no search looks at unless it is told to. */
const ASIDE = ['spam', 'trash'] as const;
/** `active`: neither resolved nor closed; `done`: one of the two. */
const STATES = [...STATUSES, 'active', 'done', ...ASIDE] as const;

/** What may stand behind an operator that takes one of a few words; several with commas between them. */
export const CHOICES = { status: STATES, kind: KINDS, channel: CHANNELS, priority: PRIORITIES, has: ['attachment'] } as const satisfies Partial<Record<Operator, readonly string[]>>;
export type Choosing = keyof typeof CHOICES;
export const isChoosing = (operator: Operator): operator is Choosing => Object.hasOwn(CHOICES, operator);

/** The words of people for them, in their languages, besides the words of the interface that programs and addresses use. */
const SPOKEN: { readonly [O in Choosing]: Readonly<Partial<Record<(typeof CHOICES)[O][number], string>>> } = {
  status: {
    new: 'нов нова нови новый новая новые nowe nowy nowa جديد جديدة',
    open: 'отворен отворена отворени открыт открытые открытый otwarte otwarty otwarta مفتوح مفتوحة',
    waiting_customer: 'waiting pending чака_клиента чакащ ждёт_клиента ожидание oczekuje czeka_na_klienta بانتظار_العميل',
    waiting_third_party: 'third_party външен чака_трети сторонние trzecia_strona بانتظار_طرف_ثالث',
    scheduled: 'насрочен запланирован zaplanowane مجدول مجدولة',
    resolved: 'solved решен решена решени решён решено решенные rozwiązane rozwiązany محلول محلولة',
    closed: 'затворен затворена затворени закрыт закрыто закрытые zamknięte zamknięty مغلق مغلقة',
    active: 'unresolved активен активни активные aktywne aktywny نشط نشطة', done: 'finished готов готови готово gotowe zakończone منجز منجزة',
    spam: 'спам مزعج', trash: 'deleted bin кошче изтрит изтрити корзина удалён удаленные kosz usunięte محذوف محذوفة',
  },
  kind: {
    question: 'въпрос вопрос pytanie سؤال', information_request: 'information справка информация informacja معلومات',
    service_request: 'service услуга обслужване услуги usługa خدمة', claim: 'рекламация рекламации претензия reklamacja مطالبة',
    complaint: 'жалба оплакване жалоба skarga شكوى', suggestion: 'idea предложение propozycja sugestia اقتراح', praise: 'thanks похвала благодарность pochwała شكر ثناء',
  },
  channel: {
    email: 'mail e-mail имейл поща почта письмо poczta بريد', phone: 'call телефон обаждане звонок telefon هاتف', desk: 'visit counter гише визит стойка визита okienko wizyta مكتب زيارة',
    chat: 'чат czat دردشة محادثة', letter: 'post писмо письма list خطاب رسالة', web: 'form сайт форма formularz strona ويب نموذج',
  },
  priority: { low: 'нисък низкий niski منخفضة', normal: 'нормален обычный zwykły عادية', high: 'висок высокий wysoki عالية', urgent: 'спешен срочный pilny عاجلة' },
  has: { attachment: 'attachments file files файл файлове прикачен вложение файлы załącznik plik مرفق مرفقات ملف' },
};

const folded = (word: string): string => word.trim().toLowerCase().normalize('NFKC').replaceAll('ё', 'е').replace(/[\s-]+/gu, '_');

/** The words that are meant, by their own names; null when one of them is not known. */
export function chosen(operator: Choosing, value: string): readonly string[] | null {
  const known: readonly string[] = CHOICES[operator];
  const spoken: Readonly<Record<string, string | undefined>> = SPOKEN[operator];
  const found = value.split(/[,،]/u).filter((word) => word.trim() !== '').map((word) => {
    const wanted = folded(word);
    return known.find((choice) => choice === wanted || spoken[choice]?.split(' ').some((one) => folded(one) === wanted));
  });
  return found.length === 0 || found.includes(undefined) ? null : [...new Set(found as string[])];
}

const ME = 'me mine аз мен я меня мои ja mnie أنا لي';
const NONE = 'none nobody no никой няма никто нет без nikt brak بدون لا_أحد';
const says = (words: string, value: string): boolean => words.split(' ').some((one) => folded(one) === folded(value));

/** Whoever asks (or their teams), nobody, or a name. */
export const whoIn = (value: string): 'me' | 'none' | { readonly name: string } => (says(ME, value) ? 'me' : says(NONE, value) ? 'none' : { name: value });

const TODAY = 'today днес сегодня dzisiaj dziś dzis اليوم';
const YESTERDAY = 'yesterday вчера wczoraj أمس';
const AGO = /^(\d{1,4})(d|w|m|y)$/iu;
const DAYS: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 };
const DATE = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/u;

/**
 * The day that a date begins with: `2026-03-02`, a month, a year, `today`, `yesterday`, or `7d`, `2w`, `3m`, `1y` ago.
 * `today` is the day it is where the workspace is. Null when it is none of these.
 */
export function dayIn(value: string, today: string): string | null {
  if (says(TODAY, value)) return today;
  if (says(YESTERDAY, value)) return daysBefore(today, 1);
  return daysAgo(value, today) ?? dateIn(value);
}

function daysAgo(value: string, today: string): string | null {
  const [, amount, unit] = AGO.exec(value) ?? [];
  return amount === undefined || unit === undefined ? null : daysBefore(today, Number(amount) * DAYS[unit.toLowerCase()]!);
}

function dateIn(value: string): string | null {
  const [, year, month = '1', day = '1'] = DATE.exec(value) ?? [];
  if (year === undefined || Number(year) < 1) return null;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const read = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(written) ? written : null;
}

function daysBefore(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - days);
  return date.toISOString().slice(0, 10);
}
