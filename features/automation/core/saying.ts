import { fold } from '../../conditions/core/fold.ts';

/*
 * What a message sounds like, told from its words in the five languages. Nothing decides by this alone: a mark or a quiet
 * ticket that a person can turn round is all that rules make of it.
 */

const MOST = 4_000;

/** With their folding, so that case, accents and forms of letters do not count. */
const phrases = (...all: string[]): string[] => all.map(fold);

const ANGRY = phrases(
  'unacceptable', 'outrageous', 'disgusting', 'ridiculous', 'worst service', 'worst company', 'never again', 'fed up', 'furious', 'appalling', 'scam', 'fraud', 'rip-off', 'ripped off', 'shame on you', 'shameful', 'a disgrace', 'sick of',
  'недопустимо', 'безобразие', 'възмутен', 'скандал', 'измамници', 'измама', 'отвратително', 'ужасно обслужване', 'никога повече', 'подигравка', 'срамота', 'безумие', 'побърка', 'писна ми',
  'niedopuszczalne', 'skandal', 'oburzony', 'oburzona', 'oszustwo', 'oszuści', 'żenada', 'żenujące', 'nigdy więcej', 'mam dość', 'kpina', 'kpiny', 'wstyd', 'najgorsza obsługa', 'jestem wściekł',
  'безобразие', 'возмущен', 'возмутительно', 'недопустимо', 'неприемлемо', 'мошенники', 'обман', 'ужасный сервис', 'отвратительно', 'больше никогда', 'издевательство', 'позор', 'надоело', 'хамство', 'в бешенстве',
  'غير مقبول', 'فضيحة', 'احتيال', 'نصب', 'نصابين', 'مهزلة', 'اسوا خدمة', 'أسوأ خدمة', 'لن أتعامل معكم', 'سئمت', 'غاضب جدا', 'عيب عليكم', 'مخجل', 'استهتار',
);

const LEGAL = phrases(
  'lawyer', 'attorney', 'solicitor', 'legal action', 'take you to court', 'sue you', 'lawsuit', 'small claims', 'ombudsman', 'trading standards', 'consumer protection', 'data protection authority', 'gdpr complaint', 'chargeback',
  'адвокат', 'съд', 'съда', 'ще ви съдя', 'кзп', 'комисия за защита на потребителите', 'кзлд', 'прокуратура', 'омбудсман', 'иск срещу',
  'prawnik', 'prawnika', 'adwokat', 'adwokata', 'sąd', 'sądu', 'pozew', 'pozwę', 'uokik', 'rzecznik praw', 'rzecznika', 'uodo', 'prokuratur', 'droga sądowa', 'kancelari',
  'юрист', 'юриста', 'адвоката', 'суд', 'в суд', 'судом', 'судебн', 'исковое', 'роспотребнадзор', 'прокуратуру', 'защита прав потребителей', 'досудебн',
  'محام', 'محامي', 'المحامي', 'محكمة', 'المحكمة', 'قضائي', 'دعوى', 'حماية المستهلك', 'الشرطة', 'النيابة', 'بلاغ رسمي',
);

/** Between words, so that a court is not found in "съдържание" and no suit in "суда́рь"; a stem may go on where it is given as one. */
const STEMS = new Set(phrases('судебн', 'досудебн', 'prokuratur', 'kancelari', 'возмущен', 'възмутен', 'jestem wściekł', 'محام'));

const finder = (words: readonly string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map((word) => `${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}${STEMS.has(word) ? '\\p{L}{0,8}' : ''}`).join('|')})(?![\\p{L}\\p{N}])`, 'u');

const [angry, legal] = [finder(ANGRY), finder(LEGAL)];

/** One sign may fold into many letters. */
const folded = (text: string): string => fold(text.slice(0, MOST)).slice(0, MOST);

export const soundsAngry = (text: string): boolean => angry.test(folded(text));
export const soundsLegal = (text: string): boolean => legal.test(folded(text));

const THANKS = phrases(
  'thank you', 'thanks', 'thankyou', 'thx', 'many thanks', 'cheers', 'much appreciated',
  'благодаря', 'благодаря ви', 'благодарим', 'мерси', 'много благодаря',
  'dziękuję', 'dziekuje', 'dziękujemy', 'dzięki', 'wielkie dzięki',
  'спасибо', 'благодарю', 'большое спасибо', 'спс',
  'شكرا', 'شكرا لكم', 'شكرا جزيلا', 'اشكركم', 'أشكرك', 'الف شكر', 'مشكور', 'ممتن',
);

/** What may stand beside thanks without asking for anything. */
const BESIDE = new Set(phrases(
  ...'a again all and best bye day dear everything fast for good great greetings have hello help hi highly i is it kind kindly lot much nice now of ok okay perfect problem quick quickly really received regards resolved response reply so solved soon super support team that thats the this to too very was weekend well wonderful works working you your yours answer issue solution its fixed everyone sir madam all'.split(' '),
  ...'ви вас ти на за и е да много всичко бързия бързият бърза отговор отговора помощта помощ реакция съдействието съдействие супер чудесно получих получено добре ок здравейте здравей поздрави лек хубав приятен ден вечер уикенд отново вече работи реши проблема проблемът решен страхотно екип екипа сте най сърдечно колеги'.split(' '),
  ...'za i w pan pani panu państwu państwa bardzo szybką szybka odpowiedź pomoc super świetnie wszystko działa już ok okej dobrze pozdrawiam serdecznie miłego dnia weekendu dzień dobry problem rozwiązany jest jeszcze raz z góry wam ci odpowiedz zespół zespole rozwiązanie wspaniale otrzymałem otrzymałam'.split(' '),
  ...'вам вас за и большое огромное ответ помощь быстрый быструю оперативность оперативный все всё работает уже хорошо отлично супер ок здравствуйте добрый день вечер всего доброго хорошего дня с уважением проблема решена получил получила понял поняла очень ещё еще раз вопрос решен решён закрыт'.split(' '),
  ...'لكم لك على سرعة الرد المساعدة مساعدتكم ردكم السريع جدا جزيلا كثيرا مع تحياتي السلام عليكم مرحبا تمت تم حل المشكلة وصلت وصلني ممتاز رائع يعطيكم العافية بارك الله فيكم فيك و كل شيء يعمل الان'.split(' '),
));

const LONGEST_THANKS_WORDS = 25;
/** A name below the thanks: so many words that are nothing else. */
const NAME_WORDS = 4;
const ASKS = /[?؟]|\d/u;

/**
 * Whether a message thanks and does nothing else: short, with a word of thanks, without a question or a number, and with
 * hardly a word that may mean more ("thanks, but it still does not work").
 */
export function onlyThanks(text: string): boolean {
  const whole = folded(text);
  if (ASKS.test(whole)) return false;
  const words = whole.match(/\p{L}+/gu) ?? [];
  if (words.length === 0 || words.length > LONGEST_THANKS_WORDS) return false;
  const said = ` ${words.join(' ')} `;
  if (!THANKS.some((thanks) => said.includes(` ${thanks} `))) return false;
  let rest = said;
  for (const thanks of LONGEST_FIRST) rest = rest.replaceAll(` ${thanks} `, '  ');
  const other = rest.split(' ').filter((word) => word !== '' && !BESIDE.has(word));
  return other.length <= NAME_WORDS && !other.some((word) => TURNS.has(word));
}

const LONGEST_FIRST = [...THANKS].sort((a, b) => b.length - a.length);

/** Words after which something else comes. */
const TURNS = new Set(phrases(
  ...'but however still not no please when where why how can could would unfortunately although yet didnt doesnt dont isnt wont cant also one another question wrong missing broken instead refund wait waiting except need needs nothing never cancel'.split(' '),
  ...'но обаче още не моля кога къде защо как дали може можете съжаление пак въпрос друг друга грешно липсва счупен вместо чакам нищо никога нужно трябва'.split(' '),
  ...'ale jednak nadal nie proszę kiedy gdzie dlaczego jak czy niestety pytanie inny inna zamiast czekam brak brakuje zwrot nic nigdy potrzebuję'.split(' '),
  ...'но однако всё-таки не нет пожалуйста когда где почему как можно можете ли сожалению вопроса другой другая вместо жду возврат ничего никогда нужно сломан'.split(' '),
  ...'لكن ولكن لا ليس لم لن متى اين لماذا كيف هل ارجو من فضلك للاسف سؤال بدلا انتظر استرداد ما زال مازال'.split(' '),
));
