import { type Flag, warnsBeforeCalling, warnsBeforeWriting } from '../../customers/core/flags.ts';

/** What is worth a word before something is sent. None of them forbids sending. */
export type Warning =
  | { readonly code: 'lawyer_only' | 'do_not_call' }
  | { readonly code: 'attachment_missing'; readonly word: string }
  | { readonly code: 'new_recipient'; readonly addresses: readonly string[] }
  | { readonly code: 'note_looks_like_reply' }
  | { readonly code: 'reply_looks_like_note' };

export type Outgoing = {
  readonly kind: 'reply' | 'note' | 'forward';
  /** The writer's own words, without what is quoted. */
  readonly text: string;
  readonly attachments: number;
  readonly recipients: readonly string[];
  /** Addresses that already take part, or were written to on this ticket before. */
  readonly known: readonly string[];
};

/** What is known of the customer and speaks against this way of reaching them. */
export function warningsAbout(flags: readonly Flag[], way: string, direction: 'in' | 'out'): Warning[] {
  const against = way === 'reply' ? warnsBeforeWriting(flags) : way === 'call' && direction === 'out' ? warnsBeforeCalling(flags) : [];
  return against.map((code) => ({ code }));
}

export function warningsOf(outgoing: Outgoing): Warning[] {
  if (outgoing.kind === 'forward') return [];
  if (outgoing.kind === 'note') return looksLikeReply(outgoing.text) ? [{ code: 'note_looks_like_reply' }] : [];
  return REPLY_CHECKS.flatMap((check) => check(outgoing) ?? []);
}

const REPLY_CHECKS: readonly ((reply: Outgoing) => Warning | null)[] = [
  ({ text, attachments }) => {
    const word = attachments === 0 ? attachmentWord(text) : null;
    return word === null ? null : { code: 'attachment_missing', word };
  },
  ({ recipients, known }) => {
    const addresses = unknownAmong(recipients, known);
    return addresses.length === 0 ? null : { code: 'new_recipient', addresses };
  },
  ({ text }) => (looksLikeNote(text) ? { code: 'reply_looks_like_note' } : null),
];

function unknownAmong(recipients: readonly string[], known: readonly string[]): string[] {
  const keys = new Set(known.map((address) => address.toLowerCase()));
  return recipients.filter((address) => !keys.has(address.toLowerCase()));
}

const words = (...alternatives: string[]): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join('|')})(?![\\p{L}\\p{N}])`, 'iu');

/** Not "приложение" or "aplikacja": those are programs on a phone. */
const ATTACHMENT = words(
  'attach(?:ed|ing|ment|ments)', 'i attach', 'enclosed', 'enclosing',
  'прикачвам(?:е)?', 'прикачих(?:ме)?', 'прикачен(?:а|о|и|ия|ият|ата|ото|ите)?', 'прикачени', 'прилагам(?:е)?', 'приложих(?:ме)?',
  'приложен(?:а|о|ия|ият|ата|ото|ите)?', 'прикреп\\p{L}+', 'прилагаю', 'прилагаем', 'приложил(?:а|и)?', 'во вложении', 'вложени[еия]', 'вложил(?:а|и)?',
  'załącz\\p{L}*', 'załącznik\\p{L}*', 'w załączeniu', 'zalacz\\p{L}*', 'dołącz(?:am|amy|yłem|yłam|yliśmy|ony|ona|one)',
  '(?:ال|ب|بال)?مرفق(?:ات|ا|اً|ة)?', '[أا]رفق(?:ت|نا)?', '[أا]رفقت لكم', 'في المرفقات',
);

const attachmentWord = (text: string): string | null => ATTACHMENT.exec(text)?.[0] ?? null;

const GREETING = new RegExp(
  '^\\s*(?:dear|hello|hi|good (?:morning|afternoon|evening)|здравей(?:те)?|уважаем(?:и|а|ый|ая|ые)|добър ден|добро утро|добрый (?:день|вечер)|доброе утро|здравствуйте|'
  + 'dzień dobry|witam|szanown[aiy]\\p{L}*|cześć|مرحب[اًا]*|السلام عليكم|عزيزي|عزيزتي|السيد|السيدة|أهلا\\p{M}*)(?![\\p{L}\\p{N}])', 'iu');
const FAREWELL = words(
  'kind regards', 'best regards', 'warm regards', 'yours sincerely', 'yours faithfully', 'с уважение', 'поздрави', 'с уважением', 'всего доброго',
  'z poważaniem', 'pozdrawiam', 'z wyrazami szacunku', 'مع (?:أطيب )?(?:التحيات|التحية|تحياتي)', 'وتفضلوا بقبول', 'تحياتي',
);
/** Nobody greets a colleague so. */
const FORMAL = new RegExp(
  '^\\s*(?:dear (?:mr|mrs|ms|dr|sir|madam|customer)|уважаем(?:и|а|ый|ая|ые)|szanown[aiy]\\p{L}*|(?:dzień dobry|witam),? pan(?:i|ie|u|o|stwo)?|'
  + 'здравейте,? (?:г-н|г-жо|г-ца|господин|госпожо)|(?:здравствуйте|добрый день),? (?:господин|госпожа|уважаем\\p{L}+)|'
  + 'عزيز(?:ي|تي) (?:العميل|العميلة|السيد|السيدة)|السيد|السيدة|حضرة)(?![\\p{L}\\p{N}])', 'iu');
/** A greeting in a line of its own, with something below it. */
const ON_ITS_OWN = /^[^\n]{1,60}\n+\s*\S/u;
const SEVERAL_LINES = 120;

/** A colleague is greeted too, in passing; a farewell formula, a formal greeting, or a greeting before more than a line is a letter. */
const looksLikeReply = (text: string): boolean =>
  FAREWELL.test(text) || FORMAL.test(text) || (GREETING.test(text) && (ON_ITS_OWN.test(text.trim()) || text.trim().length > SEVERAL_LINES));

const TO_COLLEAGUES = new RegExp(
  '^\\s*(?:@\\p{L}|(?:internal(?: note)?|note|fyi|nb|вътрешно|вътрешна бележка|бележка|за колегите|внутренн(?:ее|яя заметка)|заметка|для коллег|'
  + 'notatka(?: wewnętrzna)?|wewnętrzn(?:ie|e)|do wiadomości|ملاحظة(?: داخلية)?|داخلي|للزملاء)\\s*[:—–-])', 'iu');
const ABOUT_THE_CUSTOMER = words(
  '(?:the|this) (?:customer|client)(?! (?:service|support|care|number|portal|team|account|area))(?:\'s)?', 'клиентът', 'клиентката', 'тоз?и клиент', 'тази клиентка',
  'этот клиент', 'эта клиентка', 'клиент (?:просит|пишет|говорит|жалуется|хочет)', 'клиентка (?:просит|пишет|говорит|жалуется|хочет)',
  'ten klient', 'ta klientka', 'klient(?:ka)? (?:prosi|pisze|mówi|twierdzi|chce)', '(?:هذا )?العميل(?:ة)? (?:يطلب|تطلب|يقول|تقول|يريد|تريد)', 'هذا العميل', 'هذه العميلة',
);
const looksLikeNote = (text: string): boolean => TO_COLLEAGUES.test(text) || ABOUT_THE_CUSTOMER.test(text);
