import type { Language } from '../../../kernel/languages.ts';

/** The truth, when a promise is about to break or has broken: that it takes longer, and that nobody has forgotten. */
const SORRY: Record<Language, string> = {
  en: 'Hello,\n\nyour question is taking us longer than we promised, and we are sorry. It has not been forgotten: somebody here is responsible for it and will write to you. You need not do anything.',
  bg: 'Здравейте,\n\nотговорът на Вашето запитване отнема повече време, отколкото обещахме, и се извиняваме. То не е забравено: наш колега отговаря за него и ще Ви пише. Не е нужно да правите нищо.',
  pl: 'Dzień dobry,\n\nodpowiedź na Państwa pytanie zajmuje nam więcej czasu, niż obiecaliśmy, za co przepraszamy. Sprawa nie została zapomniana: ktoś z nas się nią zajmuje i napisze do Państwa. Nie muszą Państwo nic robić.',
  ru: 'Здравствуйте!\n\nОтвет на ваш вопрос занимает больше времени, чем мы обещали, и мы приносим извинения. О нём не забыли: за него отвечает наш сотрудник, и он вам напишет. Вам ничего не нужно делать.',
  ar: 'مرحبًا،\n\nيستغرق الرد على استفساركم وقتًا أطول مما وعدنا به، ونعتذر عن ذلك. لم يُنسَ طلبكم: هناك من هو مسؤول عنه لدينا وسيكتب إليكم. لا يلزمكم فعل أي شيء.',
};

export const sorryFor = (language: Language | null): { text: string; language: Language } => ({ text: SORRY[language ?? 'en'], language: language ?? 'en' });
