import type { Language } from '../../../kernel/languages.ts';

type Facts = {
  readonly name: string; readonly workspace: string; readonly address: string;
  /** When it last worked, in words; after a recovery: since when it had not worked. */
  readonly since: string;
  readonly link: string;
};
type News = 'failing' | 'recovered';

/** What owners and administrators are told of a mailbox that is not fetched from, and of its end. */
export function failingWords(language: Language, news: News, { link, ...facts }: Facts): { subject: string; text: string } {
  const { subject, greeting, words, look } = LETTERS[language](facts)[news];
  return { subject, text: [greeting, words, `${look}\n${link}`, facts.workspace].join('\n\n') };
}

type Letter = { readonly subject: string; readonly greeting: string; readonly words: string; readonly look: string };

const LETTERS: Readonly<Record<Language, (facts: Omit<Facts, 'link'>) => Readonly<Record<News, Letter>>>> = {
  en: ({ name, workspace, address, since }) => ({
    failing: {
      subject: `${workspace}: mail to ${address} is not being fetched`, greeting: `Hello ${name},`,
      words: `Rapport cannot fetch the mail of ${address}; it last worked on ${since}. What customers write there waits at the mail provider until this is mended; nothing is deleted. Rapport keeps trying, and tells you when it works again.`,
      look: 'What is wrong, and how to mend it:',
    },
    recovered: {
      subject: `${workspace}: mail to ${address} is being fetched again`, greeting: `Hello ${name},`,
      words: `Rapport fetches the mail of ${address} again. It had not worked since ${since}; what waited at the mail provider is now in Rapport.`,
      look: 'Look at the mailboxes:',
    },
  }),
  bg: ({ name, workspace, address, since }) => ({
    failing: {
      subject: `${workspace}: пощата на ${address} не се изтегля`, greeting: `Здравейте, ${name},`,
      words: `Rapport не може да изтегли пощата на ${address}; за последен път това успя на ${since}. Писмата на клиентите чакат при доставчика на поща, докато неизправността се отстрани; нищо не се изтрива. Rapport продължава да опитва и ще Ви съобщи, когато отново заработи.`,
      look: 'Какво не е наред и как да се поправи:',
    },
    recovered: {
      subject: `${workspace}: пощата на ${address} отново се изтегля`, greeting: `Здравейте, ${name},`,
      words: `Rapport отново изтегля пощата на ${address}. Това не работеше от ${since}; чакалите при доставчика писма вече са в Rapport.`,
      look: 'Към пощенските кутии:',
    },
  }),
  pl: ({ name, workspace, address, since }) => ({
    failing: {
      subject: `${workspace}: poczta z ${address} nie jest pobierana`, greeting: `Dzień dobry, ${name},`,
      words: `Rapport nie może pobrać poczty z ${address}; ostatnio udało się to ${since}. Wiadomości od klientów czekają u dostawcy poczty, aż usterka zostanie usunięta; nic nie jest kasowane. Rapport próbuje dalej i da znać, gdy pobieranie znów zadziała.`,
      look: 'Co jest nie tak i jak to naprawić:',
    },
    recovered: {
      subject: `${workspace}: poczta z ${address} znów jest pobierana`, greeting: `Dzień dobry, ${name},`,
      words: `Rapport znów pobiera pocztę z ${address}. Nie działało to od ${since}; wiadomości, które czekały u dostawcy, są już w Rapporcie.`,
      look: 'Skrzynki pocztowe:',
    },
  }),
  ru: ({ name, workspace, address, since }) => ({
    failing: {
      subject: `${workspace}: почта ${address} не забирается`, greeting: `Здравствуйте, ${name}!`,
      words: `Rapport не может забрать почту ${address}; в последний раз это удалось ${since}. Письма клиентов ждут у почтового провайдера, пока неполадку не устранят; ничего не удаляется. Rapport продолжает попытки и сообщит, когда всё заработает.`,
      look: 'Что не так и как это исправить:',
    },
    recovered: {
      subject: `${workspace}: почта ${address} снова забирается`, greeting: `Здравствуйте, ${name}!`,
      words: `Rapport снова забирает почту ${address}. Это не работало с ${since}; письма, ждавшие у провайдера, уже в Rapport.`,
      look: 'Открыть почтовые ящики:',
    },
  }),
  ar: ({ name, workspace, address, since }) => ({
    failing: {
      subject: `${workspace}: لا يُجلب بريد ${address}`, greeting: `مرحبًا ${name}،`,
      words: `يتعذّر على Rapport جلب بريد ${address}؛ وكان آخر نجاح في ${since}. ما يكتبه العملاء ينتظر لدى مزود البريد حتى يُعالج الخلل، ولا يُحذف شيء. يواصل Rapport المحاولة وسيخبرك عندما يعود إلى العمل.`,
      look: 'ما الخلل وكيف يُعالج:',
    },
    recovered: {
      subject: `${workspace}: عاد جلب بريد ${address}`, greeting: `مرحبًا ${name}،`,
      words: `عاد Rapport إلى جلب بريد ${address}. كان متوقفًا منذ ${since}، وما كان ينتظر لدى مزود البريد أصبح الآن في Rapport.`,
      look: 'افتح صناديق البريد:',
    },
  }),
};
