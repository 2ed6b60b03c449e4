import type { Language } from '../../../kernel/languages.ts';

type Facts = {
  readonly name: string; readonly workspace: string;
  /** How many wait; how many of them came since yesterday; how many are about to be removed and were not announced yet. */
  readonly held: number; readonly fresh: number; readonly ageing: number;
  readonly link: string;
};
type Words = { readonly subject: string; readonly text: string };

/** What an owner of the quarantine is told each day. Only counts: what strangers wrote stays where it was put. */
export function digestWords(language: Language, facts: Facts): Words {
  const { subject, greeting, held, ageing, link } = LETTERS[language](facts, countsIn(language));
  return { subject, text: [greeting, held, ...(facts.ageing > 0 ? [ageing] : []), `${link}\n${facts.link}`, facts.workspace].join('\n\n') };
}

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };
/** A number with its noun in the right form. */
type Counts = (count: number, forms: Forms) => string;

const countsIn = (language: Language): Counts => {
  const rules = new Intl.PluralRules(language);
  const figures = new Intl.NumberFormat(language);
  return (count, forms) => (forms[rules.select(count)] ?? forms.other).replace('#', figures.format(count));
};

type Letter = { readonly subject: string; readonly greeting: string; readonly held: string; readonly ageing: string; readonly link: string };

const LETTERS: Readonly<Record<Language, (facts: Facts, count: Counts) => Letter>> = {
  en: ({ name, workspace, held, fresh, ageing }, count) => ({
    subject: `Quarantine of ${workspace}: ${count(held, { one: '# message waits', other: '# messages wait' })}`,
    greeting: `Hello ${name},`,
    held: `${count(held, { one: '# message waits', other: '# messages wait' })} in the quarantine for you to release or discard, ${fresh} of them since yesterday. They are not tickets, and nobody was told that they arrived.`,
    ageing: `${count(ageing, { one: '# message is', other: '# messages are' })} about to be removed for good: not earlier than in three days, and within the next week, unless you release what is needed.`,
    link: 'Look at the quarantine:',
  }),
  bg: ({ name, workspace, held, fresh, ageing }, count) => ({
    subject: `Карантина на ${workspace}: ${count(held, { one: 'чака # съобщение', other: 'чакат # съобщения' })}`,
    greeting: `Здравейте, ${name},`,
    held: `В карантината ${count(held, { one: 'чака # съобщение', other: 'чакат # съобщения' })} да бъдат пуснати или отхвърлени; от вчера насам са ${fresh}. Те не са станали запитвания и подателите не са получили потвърждение.`,
    ageing: `${count(ageing, { one: '# съобщение предстои да бъде изтрито', other: '# съобщения предстои да бъдат изтрити' })} окончателно: не по-рано от три дни и до една седмица, освен ако не пуснете нужните.`,
    link: 'Към карантината:',
  }),
  pl: ({ name, workspace, held, fresh, ageing }, count) => ({
    subject: `Kwarantanna ${workspace}: ${count(held, { one: 'czeka # wiadomość', few: 'czekają # wiadomości', other: 'czeka # wiadomości' })}`,
    greeting: `Dzień dobry, ${name},`,
    held: `W kwarantannie ${count(held, { one: 'czeka # wiadomość', few: 'czekają # wiadomości', other: 'czeka # wiadomości' })} na przepuszczenie albo odrzucenie, w tym od wczoraj: ${fresh}. Nie stały się zgłoszeniami, a nadawcy nie dostali potwierdzenia.`,
    ageing: `${count(ageing, { one: '# wiadomość zostanie usunięta', few: '# wiadomości zostaną usunięte', other: '# wiadomości zostanie usuniętych' })} na zawsze: nie wcześniej niż za trzy dni i w ciągu tygodnia, chyba że potrzebne zostaną przepuszczone.`,
    link: 'Kwarantanna:',
  }),
  ru: ({ name, workspace, held, fresh, ageing }, count) => ({
    subject: `Карантин ${workspace}: ${count(held, { one: 'ждёт # сообщение', few: 'ждут # сообщения', other: 'ждут # сообщений' })}`,
    greeting: `Здравствуйте, ${name}!`,
    held: `В карантине ${count(held, { one: 'ждёт # сообщение', few: 'ждут # сообщения', other: 'ждут # сообщений' })}: их можно выпустить или отклонить; со вчерашнего дня пришло ${fresh}. Обращениями они не стали, отправители подтверждения не получили.`,
    ageing: `${count(ageing, { one: '# сообщение будет удалено', few: '# сообщения будут удалены', other: '# сообщений будут удалены' })} навсегда: не раньше чем через три дня и в течение недели, если не выпустить нужные.`,
    link: 'Открыть карантин:',
  }),
  ar: ({ name, workspace, held, fresh, ageing }, count) => ({
    subject: `الحجر في ${workspace}: ${count(held, { zero: 'لا رسائل تنتظر', one: 'رسالة واحدة تنتظر', two: 'رسالتان تنتظران', few: '# رسائل تنتظر', many: '# رسالة تنتظر', other: '# رسالة تنتظر' })}`,
    greeting: `مرحبًا ${name}،`,
    held: `${count(held, { zero: 'لا رسائل تنتظر', one: 'رسالة واحدة تنتظر', two: 'رسالتان تنتظران', few: '# رسائل تنتظر', many: '# رسالة تنتظر', other: '# رسالة تنتظر' })} في الحجر لتسمح بمرورها أو ترفضها، والواردة منها منذ أمس: ${fresh}. لم تتحول إلى تذاكر ولم يُخطر مرسلوها بوصولها.`,
    ageing: `${count(ageing, { one: 'رسالة واحدة ستُحذف', two: 'رسالتان ستُحذفان', few: '# رسائل ستُحذف', many: '# رسالة ستُحذف', other: '# رسالة ستُحذف' })} نهائيًا: ليس قبل ثلاثة أيام وخلال أسبوع، ما لم تسمح بمرور ما تحتاج إليه.`,
    link: 'افتح الحجر:',
  }),
};
