import type { Language } from '../../../kernel/languages.ts';

export type NewDate = {
  readonly language: Language;
  /** The customer's, as far as it is known. */
  readonly name: string;
  readonly what: string;
  readonly before: string;
  readonly after: string;
  readonly from: string;
};

/** Bulgaria, Poland and the others write a day in their own way; Arabic here with the digits of its mail programs. */
const LOCALE: Readonly<Record<Language, string>> = { en: 'en-GB', bg: 'bg-BG', pl: 'pl-PL', ru: 'ru-RU', ar: 'ar-EG-u-nu-latn' };

/** "Thursday 5 March, 17:00", as the customer's language says it. */
export const spokenDate = (language: Language, at: Date, { timeZone, wholeDay }: { timeZone: string; wholeDay: boolean }): string =>
  new Intl.DateTimeFormat(LOCALE[language], {
    timeZone, weekday: 'long', day: 'numeric', month: 'long', ...(!wholeDay && { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  }).format(at);

const WORDS: Readonly<Record<Language, (values: Omit<NewDate, 'language'>) => string>> = {
  en: ({ name, what, before, after, from }) => `Hello${name && ` ${name}`},

we promised you by ${before}: ${what}

We will not manage that in time, and we would rather tell you now. You can count on it by ${after}. We are sorry that it takes longer.

If this date does not suit you, simply reply to this message.

${from}`,
  bg: ({ name, what, before, after, from }) => `Здравейте${name && `, ${name}`},

обещахме Ви до ${before}: ${what}

Няма да успеем в този срок и предпочитаме да Ви го кажем сега. Можете да разчитате на това до ${after}. Съжаляваме за забавянето.

Ако новият срок не Ви устройва, просто отговорете на това съобщение.

${from}`,
  pl: ({ name, what, before, after, from }) => `Dzień dobry${name && `, ${name}`},

obiecaliśmy w terminie do ${before}: ${what}

Nie zdążymy w tym terminie i wolimy powiedzieć o tym już teraz. Nowy termin: ${after}. Przepraszamy za opóźnienie.

Jeśli nowy termin nie odpowiada, wystarczy odpowiedzieć na tę wiadomość.

${from}`,
  ru: ({ name, what, before, after, from }) => `Здравствуйте${name && `, ${name}`}!

Мы обещали вам до ${before}: ${what}

К этому сроку мы не успеем и хотим сказать об этом заранее. Новый срок: ${after}. Приносим извинения за задержку.

Если новый срок вам не подходит, просто ответьте на это сообщение.

${from}`,
  ar: ({ name, what, before, after, from }) => `مرحبًا${name && ` ${name}`}،

وعدناكم في موعد أقصاه ${before}: ${what}

لن نتمكن من الوفاء بذلك في الموعد، ونفضّل إبلاغكم الآن. الموعد الجديد: ${after}. نعتذر عن التأخير.

إذا لم يناسبكم الموعد الجديد، فيكفي الرد على هذه الرسالة.

${from}`,
};

/** Tells a customer, before the old date, that there is another one. */
export const newDateLetter = ({ language, ...values }: NewDate): string => WORDS[language](values);
