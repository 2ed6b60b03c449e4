import type { Language } from '../../../kernel/languages.ts';
import { composeLetter, type Letter, type LetterWords } from '../../people/core/letters.ts';

type Table<T> = Readonly<Record<Language, (values: T) => LetterWords>>;

/** Eight digits in two halves, as they are easily copied. */
export const spokenCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`;

/** Lets somebody in to their own requests. The way in is good for 15 minutes. */
export const signInLetter = ({ language, company, link, code }: { language: Language; company: string; link: string; code: string }): Letter =>
  composeLetter(language, link, SIGN_IN[language]({ company }), { code: spokenCode(code), at: null });

/**
 * Asks the owner of a mailbox whether it was they who wrote to us. Anybody can cause it, so it holds nothing that anybody
 * wrote. `waits`: what was written is filed only then.
 */
export const confirmLetter = ({ language, company, link, waits }: { language: Language; company: string; link: string; waits: boolean }): Letter =>
  composeLetter(language, link, (waits ? CONFIRM_FIRST : CONFIRM)[language]({ company }));

const SIGN_IN: Table<{ company: string }> = {
  en: ({ company }) => ({
    subject: `Your way in to your requests at ${company}`, greeting: 'Hello,',
    before: `somebody, probably you, wants to see their requests at ${company}. This link lets you in:`, link: 'Show my requests',
    after: 'Link and code work once, within 15 minutes. If it was not you, do nothing: nobody gets in without them.',
  }),
  bg: ({ company }) => ({
    subject: `Вход към Вашите запитвания в ${company}`, greeting: 'Здравейте,',
    before: `някой, вероятно Вие, иска да види запитванията си към ${company}. С тази връзка ще влезете:`, link: 'Към моите запитвания',
    after: 'Връзката и кодът работят веднъж, в рамките на 15 минути. Ако не сте били Вие, не правете нищо: без тях никой не може да влезе.',
  }),
  pl: ({ company }) => ({
    subject: `Dostęp do Twoich zgłoszeń w ${company}`, greeting: 'Dzień dobry,',
    before: `ktoś, prawdopodobnie Ty, chce zobaczyć swoje zgłoszenia w ${company}. Ten link pozwala wejść:`, link: 'Pokaż moje zgłoszenia',
    after: 'Link i kod działają jeden raz, przez 15 minut. Jeśli to nie Ty, nic nie rób: bez nich nikt nie wejdzie.',
  }),
  ru: ({ company }) => ({
    subject: `Вход к вашим обращениям в ${company}`, greeting: 'Здравствуйте!',
    before: `Кто-то, вероятно вы, хочет посмотреть свои обращения в ${company}. Войти можно по этой ссылке:`, link: 'Показать мои обращения',
    after: 'Ссылка и код сработают один раз в течение 15 минут. Если это были не вы, ничего не делайте: без них никто не войдёт.',
  }),
  ar: ({ company }) => ({
    subject: `الدخول إلى طلباتك لدى ${company}`, greeting: 'مرحبًا،',
    before: `يريد شخص ما، وهو أنت على الأرجح، الاطلاع على طلباته لدى ${company}. يمكنك الدخول عبر هذا الرابط:`, link: 'عرض طلباتي',
    after: 'يعمل الرابط والرمز مرة واحدة خلال 15 دقيقة. إن لم تكن أنت من طلب ذلك فلا تفعل شيئًا: لا يستطيع أحد الدخول من دونهما.',
  }),
};

const CONFIRM: Table<{ company: string }> = {
  en: ({ company }) => ({
    subject: `Did you write to ${company}?`, greeting: 'Hello,',
    before: `somebody has written to ${company} and gave this address. We have it and will answer. If it was you, please say so here:`, link: 'Yes, it was me',
    after: 'If it was not you, do nothing. We write to you about this once, and we have put nothing in this mail that anybody could choose.',
  }),
  bg: ({ company }) => ({
    subject: `Вие ли писахте на ${company}?`, greeting: 'Здравейте,',
    before: `някой е писал на ${company} и е посочил този адрес. Получихме го и ще отговорим. Ако сте били Вие, потвърдете тук:`, link: 'Да, аз бях',
    after: 'Ако не сте били Вие, не правете нищо. Пишем Ви за това веднъж и в това писмо няма нищо, което друг би могъл да избере.',
  }),
  pl: ({ company }) => ({
    subject: `Czy to Twoja wiadomość do ${company}?`, greeting: 'Dzień dobry,',
    before: `ktoś napisał do ${company} i podał ten adres. Mamy tę wiadomość i odpowiemy. Jeśli to Ty, potwierdź tutaj:`, link: 'Tak, to ja',
    after: 'Jeśli to nie Ty, nic nie rób. Piszemy o tym tylko raz, a w tej wiadomości nie ma niczego, co ktoś mógłby wybrać.',
  }),
  ru: ({ company }) => ({
    subject: `Это вы написали в ${company}?`, greeting: 'Здравствуйте!',
    before: `Кто-то написал в ${company} и указал этот адрес. Мы получили обращение и ответим. Если это были вы, подтвердите здесь:`, link: 'Да, это я',
    after: 'Если это были не вы, ничего не делайте. Мы пишем об этом один раз, и в письме нет ничего, что мог бы выбрать кто-то другой.',
  }),
  ar: ({ company }) => ({
    subject: `هل أنت من كتب إلى ${company}؟`, greeting: 'مرحبًا،',
    before: `كتب شخص ما إلى ${company} وذكر هذا العنوان. وصلتنا الرسالة وسنجيب عنها. إن كنت أنت فأكّد ذلك هنا:`, link: 'نعم، أنا من كتب',
    after: 'إن لم تكن أنت فلا تفعل شيئًا. نكتب إليك بشأن هذا مرة واحدة، وليس في هذه الرسالة ما يمكن لأحد أن يختاره.',
  }),
};

const CONFIRM_FIRST: Table<{ company: string }> = {
  en: ({ company }) => ({
    subject: `Please confirm what you wrote to ${company}`, greeting: 'Hello,',
    before: `somebody has written to ${company} and gave this address. So that we take it up, please confirm that it was you:`, link: 'Yes, it was me: send it',
    after: 'The link works for two days. If it was not you, do nothing: it is then thrown away.',
  }),
  bg: ({ company }) => ({
    subject: `Потвърдете какво писахте на ${company}`, greeting: 'Здравейте,',
    before: `някой е писал на ${company} и е посочил този адрес. За да се заемем, потвърдете, че сте били Вие:`, link: 'Да, аз бях: изпратете го',
    after: 'Връзката работи два дни. Ако не сте били Вие, не правете нищо: написаното се изтрива.',
  }),
  pl: ({ company }) => ({
    subject: `Potwierdź swoją wiadomość do ${company}`, greeting: 'Dzień dobry,',
    before: `ktoś napisał do ${company} i podał ten adres. Abyśmy się tym zajęli, potwierdź, że to Ty:`, link: 'Tak, to ja: wyślij',
    after: 'Link działa dwa dni. Jeśli to nie Ty, nic nie rób: wiadomość zostanie usunięta.',
  }),
  ru: ({ company }) => ({
    subject: `Подтвердите своё обращение в ${company}`, greeting: 'Здравствуйте!',
    before: `Кто-то написал в ${company} и указал этот адрес. Чтобы мы им занялись, подтвердите, что это были вы:`, link: 'Да, это я: отправить',
    after: 'Ссылка действует два дня. Если это были не вы, ничего не делайте: написанное будет удалено.',
  }),
  ar: ({ company }) => ({
    subject: `يرجى تأكيد ما كتبته إلى ${company}`, greeting: 'مرحبًا،',
    before: `كتب شخص ما إلى ${company} وذكر هذا العنوان. لكي نبدأ العمل عليه يرجى تأكيد أنك أنت من كتب:`, link: 'نعم، أنا من كتب: أرسلوه',
    after: 'يعمل الرابط يومين. إن لم تكن أنت فلا تفعل شيئًا: سيُحذف ما كُتب.',
  }),
};
