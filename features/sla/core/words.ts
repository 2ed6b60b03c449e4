import type { Language } from '../../../kernel/languages.ts';

type Words = { readonly greeting: string; readonly before: string; readonly after: string; readonly rest: string };

/** The truth, before a promise breaks and after: that it takes longer, that nobody has forgotten it, and nothing that may not be so. */
const SORRY: Record<Language, Words> = {
  en: {
    greeting: 'Hello,', before: 'your question may take us longer than we promised.', after: 'your question is taking us longer than we promised, and we are sorry.',
    rest: 'It has not been forgotten: one of us will write to you. You need not do anything.',
  },
  bg: {
    greeting: 'Здравейте,', before: 'отговорът на Вашето запитване може да отнеме повече време, отколкото обещахме.', after: 'отговорът на Вашето запитване отнема повече време, отколкото обещахме, и се извиняваме.',
    rest: 'То не е забравено: наш колега ще Ви пише. Не е нужно да правите нищо.',
  },
  pl: {
    greeting: 'Dzień dobry,', before: 'odpowiedź na Państwa pytanie może nam zająć więcej czasu, niż obiecaliśmy.', after: 'odpowiedź na Państwa pytanie zajmuje nam więcej czasu, niż obiecaliśmy, za co przepraszamy.',
    rest: 'Sprawa nie została zapomniana: ktoś z nas do Państwa napisze. Nie muszą Państwo nic robić.',
  },
  ru: {
    greeting: 'Здравствуйте!', before: 'Ответ на ваш вопрос может занять больше времени, чем мы обещали.', after: 'Ответ на ваш вопрос занимает больше времени, чем мы обещали, и мы приносим извинения.',
    rest: 'О нём не забыли: наш сотрудник вам напишет. Вам ничего не нужно делать.',
  },
  ar: {
    greeting: 'مرحبًا،', before: 'قد يستغرق الرد على استفساركم وقتًا أطول مما وعدنا به.', after: 'يستغرق الرد على استفساركم وقتًا أطول مما وعدنا به، ونعتذر عن ذلك.',
    rest: 'لم يُنسَ طلبكم: سيكتب إليكم أحد زملائنا. لا يلزمكم فعل أي شيء.',
  },
};

/** Before the promise has broken nothing is said to be late. */
export function sorryFor(language: Language | null, { isBroken }: { isBroken: boolean }): { text: string; language: Language } {
  const { greeting, before, after, rest } = SORRY[language ?? 'en'];
  return { text: `${greeting}\n\n${isBroken ? after : before} ${rest}`, language: language ?? 'en' };
}
