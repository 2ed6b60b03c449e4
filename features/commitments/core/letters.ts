import { DATE_LOCALES, type Language } from '../../../kernel/languages.ts';

export type NewDate = {
  readonly language: Language;
  /** The customer's, as far as it is known. */
  readonly name: string;
  readonly what: string;
  readonly before: string;
  readonly after: string;
  /** The old date has passed already. */
  readonly late: boolean;
  readonly from: string;
};

/** "Thursday 5 March, 17:00", as the customer's language says it. */
export const spokenDate = (language: Language, at: Date, { timeZone, wholeDay }: { timeZone: string; wholeDay: boolean }): string =>
  new Intl.DateTimeFormat(DATE_LOCALES[language], {
    timeZone, weekday: 'long', day: 'numeric', month: 'long', ...(!wholeDay && { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  }).format(at);

const WORDS: Readonly<Record<Language, (values: Omit<NewDate, 'language'>) => string>> = {
  en: ({ name, what, before, after, late, from }) => `Hello${name && ` ${name}`},

we promised you by ${before}: ${what}

${late ? 'We did not manage that in time, and we are sorry.' : 'We will not manage that in time, and we would rather tell you now. We are sorry that it takes longer.'} You can count on it by ${after}.

If this date does not suit you, simply reply to this message.

${from}`,
  bg: ({ name, what, before, after, late, from }) => `Здравейте${name && `, ${name}`},

обещахме Ви до ${before}: ${what}

${late ? 'Не успяхме в този срок и се извиняваме.' : 'Няма да успеем в този срок и предпочитаме да Ви го кажем сега. Съжаляваме за забавянето.'} Можете да разчитате на това до ${after}.

Ако новият срок не Ви устройва, просто отговорете на това съобщение.

${from}`,
  pl: ({ name, what, before, after, late, from }) => `Dzień dobry${name && `, ${name}`},

obiecaliśmy w terminie do ${before}: ${what}

${late ? 'Nie dotrzymaliśmy tego terminu i przepraszamy.' : 'Nie zdążymy w tym terminie i wolimy powiedzieć o tym już teraz. Przepraszamy za opóźnienie.'} Nowy termin: ${after}.

Jeśli nowy termin nie odpowiada, wystarczy odpowiedzieć na tę wiadomość.

${from}`,
  ru: ({ name, what, before, after, late, from }) => `Здравствуйте${name && `, ${name}`}!

Мы обещали вам до ${before}: ${what}

${late ? 'К этому сроку мы не успели и приносим извинения.' : 'К этому сроку мы не успеем и хотим сказать об этом заранее. Приносим извинения за задержку.'} Новый срок: ${after}.

Если новый срок вам не подходит, просто ответьте на это сообщение.

${from}`,
  ar: ({ name, what, before, after, late, from }) => `مرحبًا${name && ` ${name}`}،

وعدناكم في موعد أقصاه ${before}: ${what}

${late ? 'لم نتمكن من الوفاء بذلك في الموعد، ونعتذر.' : 'لن نتمكن من الوفاء بذلك في الموعد، ونفضّل إبلاغكم الآن. نعتذر عن التأخير.'} الموعد الجديد: ${after}.

إذا لم يناسبكم الموعد الجديد، فيكفي الرد على هذه الرسالة.

${from}`,
};

/** Tells a customer that there is another date. */
export const newDateLetter = ({ language, ...values }: NewDate): string => WORDS[language](values);
