type Material = {
  readonly headers: ReadonlyMap<string, string>; readonly to: readonly string[]; readonly from: { readonly address: string } | null; readonly text: string; readonly subject: string;
};
type Found = { address: string; status: string | null; words: string };

const MAX_LINES = 2_000;
const MAX_LINE = 1_000;
const MAX_WORDS = 800;
const MAX_FOUND = 50;

const BODY = new RegExp([
  "(?:could|can|was|were|is|are|did|has|have|be)(?: ?n[o']t|not)(?: be| been| able to be)? (?:deliver|reach|sen[dt]|accept)", 'unable to (?:deliver|send)', "(?:wasn't|was not|not) able to (?:deliver|be\\s+delivered)", '(?:delivery|deliver) (?:has )?(?:failed|to the following)',
  'permanent (?:fatal )?error', 'permanent failure', 'returned (?:to|message|mail)', 'undeliverable', 'delivery (?:errors|problems|status|failure)', 'the following (?:address|recipient)', 'following recipients?', 'transcript of session', "didn'?t reach", 'did not reach',
  'error (?:occurred|has occurred|message below|delivering)', 'invalid (?:user|address|recipient)', 'user unknown', 'mailbox (?:is )?(?:full|exceeds|unavailable)', 'rejected (?:by|your|the)', 'did not like', 'your message (?:was|to|cannot|could|has)',
  "i(?:'m| am) not going to try", 'could not be sent', 'bounced', 'delivery attempt', 'no such user', 'does not exist', 'still being retried', 'delivery is delayed', 'will (?:continue|keep) (?:to )?try',
  'nicht zugestellt', 'konnte nicht', "n'a pas pu être", 'non (?:è stato|recapita)', 'no (?:se )?(?:pudo|ha podido)', 'não (?:foi|pôde)', 'nie (?:może|mogła?|udało)[^.\\n]{0,40}(?:dostarcz|doręcz|wys)', 'не (?:может|удалось|был[оа]?)[^.\\n]{0,40}достав', 'не доставлено', 'не може да[^.\\n]{0,40}достав', 'لم (?:يتم|نتمكن)[^.\\n]{0,40}(?:تسليم|إرسال)', 'تعذر', 'möglicherweise nicht vorhanden',
  'kézbesíteni', 'nu a putut fi (?:livrat|trimis)', '(?:kunde|kan) inte (?:levereras|skickas)', '(?:kunne|kan) ikke (?:leveres|sendes)', 'ei voitu (?:toimittaa|lähettää)', 'kon niet worden (?:bezorgd|afgeleverd)', 'niet bezorgd', 'nemohl[ao] být doručena?', 'nebylo možné doručit', 'nije (?:isporučen|dostavljen)', 'није испоручен', 'δεν (?:παραδόθηκε|ήταν δυνατή)', 'לא ניתן', 'не (?:бе|беше|е)? ?доставен', 'teslim edilemedi', 'не вдалося доставити', 'n’a pas pu être', 'impossible de (?:remettre|distribuer)',
  '配信できません', '送信できません', '見つかりません', '届けることができません', '送信されません', '下記のメール', 'エラーのため',
].join('|'), 'iu');

/** Whether the words are those of a mail system that could not deliver. */
export const soundsLikeReport = (text: string): boolean => BODY.test(ownWords(text).join('\n').slice(0, 8_000));

const DELAY = /still being retried|delayed|delay\b|warning message only|will (?:be|continue to be|keep) (?:re)?tr(?:y|ied)|has not (?:yet )?been (?:delivered|collected)|could not send (?:mail|message) for|no action is required|отложен|opóźni/i;
const FINAL = /permanent|given up|giving up|not going to try|returned to sender|\bfatal\b|undeliverable|has been in the queue too long|could not be delivered for|failed permanently|delivery failed/i;

/** A warning that delivery takes its time, not that it failed. */
export const isAboutDelay = (subject: string, text: string): boolean =>
  /delay|still being retried|^\s*warning\b|отлож|opóźni/i.test(subject) || (DELAY.test(ownWords(text).join('\n').slice(0, 4_000)) && !FINAL.test(`${subject}\n${text.slice(0, 4_000)}`));

const RETURNED = /^[ \t>|]{0,8}(?:received|return-path|message-id|from|to|date|subject|mime-version|x-[a-z-]{2,40}|dkim-signature|arc-seal|reply-to|delivered-to):/i;
const TELLING = /^[ \t>|]{0,8}(?:received|return-path|message-id|dkim-signature|mime-version|arc-seal):/i;

/** Where the headers of a returned message begin, in lines; null when the text holds none. */
export function returnedHeadersIn(text: string): number | null {
  const lines = linesOf(text);
  let run = 0;
  let start = 0;
  let telling = false;
  for (const [i, line] of lines.entries()) {
    const isField = RETURNED.test(line);
    if (isField && run === 0) start = i;
    if (isField) {
      run += 1;
      telling ||= TELLING.test(line);
    } else if (!/^[ \t>|]+\S|^[a-z][a-z0-9-]{1,40}:/i.test(line) && run > 0) {
      run = 0;
      telling = false;
    }
    if ((run >= 3 && telling) || run >= 5) return start;
  }
  return null;
}

const linesOf = (text: string): string[] => text.split(/\r?\n/, MAX_LINES).map((line) => line.slice(0, MAX_LINE));
const DIVIDER = /^[ \t]{0,20}[-_=*~#]{2}[^\n]{0,150}(?:copy of|original message|message headers?|unsent message|returned (?:message|mail)|below this line|header of the|message text|undelivered message|оригинал|исходн)|^\s*(?:original message (?:follows|headers?)|message headers? follow|below is a copy|included is a copy|the original message (?:follows|is|was attached)|--- original)/i;

/** What the mail system says itself: everything above the returned message. */
function ownWords(text: string): string[] {
  const lines = linesOf(text);
  const divider = lines.findIndex((line) => DIVIDER.test(line));
  const returned = returnedHeadersIn(text);
  const end = Math.min(...[divider, returned ?? -1].filter((at) => at > 0), lines.length);
  return lines.slice(0, end);
}

/** Lines that hold what looks like an address and is a message's name. */
const NAMES_MESSAGE = /^[ \t>|]{0,8}(?:x-)?(?:original-)?(?:message-id|references|in-reply-to|content-id)\s{0,3}:/i;
const A = '[^\\s<>"\'()\\[\\],;:|]{1,128}@[^\\s<>"\'()\\[\\],;:|]{1,255}';
/** How lines name whom they could not reach, the surest first. */
const PATTERNS: readonly RegExp[] = [
  new RegExp(`^[ \\t>*-]{0,12}(?:<(${A})>|"(${A})"|(${A})):?[ \\t]*(?:$|[(\\[]|:|\\.{3}|on [A-Z][a-z]{2}, |[A-Z0-9#])`, ''),
  new RegExp(`^\\s*(?:failed |final |original )?(?:recipient|address)(?: address)?s?(?:\\(s\\))?:\\s*<?(${A})>?`, 'i'),
  new RegExp(`^\\s*[45]\\d\\d[ -](?:[45]\\.\\d+\\.\\d+ )?<?(${A})>?(?:\\.{3}|:)`, ''),
  new RegExp(`<mailto:(${A})>`, 'i'),
  new RegExp(`\\brcpt=\\[(${A})\\]`, 'i'),
  new RegExp(`rcpt to:\\s*<?(${A})>?`, 'i'),
  new RegExp(`(?:your (?:mail|message|e-?mail) to|message to|mail to|delivered to|recipients?|user|mailbox|address|exceeds allowed size|unknown|deliver(?:ed|y|ing)?(?: to)?)[^@\\n]{0,60}?[\\s:<"'(](${A})`, 'i'),
  new RegExp(`^\\s*[\\w-]{1,30}:\\d+:<(${A})>`, ''),
  new RegExp(`^\\s*to:\\s*(?:[^<\\n]{0,100}<)?(${A})>?`, 'i'),
  new RegExp(`(?:^|[\\s<:])(${A})`, ''),
];

/** Whom a report in words is about, with the words that stand there. */
export function recipientsIn(material: Material): Found[] {
  const lines = ownWords(material.text);
  const header = (material.headers.get('x-failed-recipients') ?? '').split(/[,\s]+/).filter((one) => one.includes('@')).map((one) => one.replace(/^<|>$/g, ''));
  if (header.length > 0) return dedupe(header).map((address) => ({ address, status: null, words: wordsAbout(lines, address) }));
  const ours = new Set([...material.to, material.from?.address ?? ''].map((one) => one.toLowerCase()));
  for (const pattern of PATTERNS) {
    const hits = lines.flatMap((line) => {
      const match = line.includes('@') && !NAMES_MESSAGE.test(line) ? pattern.exec(line) : null;
      const address = match?.slice(1).find((one) => one !== undefined)?.replace(/[.>]+$/, '');
      return address && !/^(?:mailto|mailer-daemon@)/i.test(address) ? [address] : [];
    });
    const others = hits.filter((address) => !ours.has(address.toLowerCase()));
    const found = others.length > 0 ? others : pattern === PATTERNS.at(-1) ? [] : hits;
    if (found.length > 0) return dedupe(found).slice(0, MAX_FOUND).map((address) => ({ address, status: null, words: wordsAbout(lines, address) }));
  }
  return [];
}

const dedupe = (addresses: readonly string[]): string[] => [...new Map(addresses.map((one) => [one.toLowerCase(), one])).values()];

const isExact = (line: string): boolean => /[45]\d\d[ -]|[45]\.\d\.\d|said:|reason|unknown|full|quota|exceed|denied|reject|timed out|not found|no such|disabled|did not like/i.test(line.replace(/\S+@\S+/g, ''));
const isSaying = (line: string): boolean => /[45]\d\d[ -]|[45]\.\d\.\d|<<<|said:|reason|error|unknown|full|fail|denied|reject|timed out/i.test(line);

/** The lines about one recipient: from where it is named to the next blank line after something was said. */
function wordsAbout(lines: readonly string[], address: string): string {
  const at = lines.findIndex((line) => line.toLowerCase().includes(address.toLowerCase()));
  if (at === -1) return lines.join(' ').trim().slice(0, MAX_WORDS);
  const said: string[] = [];
  for (let i = at; i < lines.length && said.join(' ').length < MAX_WORDS; i++) {
    const line = lines[i]!.trim();
    if (i > at && /^<?[^\s<>@]+@[^\s<>]+>?:/.test(line) && !line.toLowerCase().includes(address.toLowerCase())) break;
    if (line === '' && said.some(isExact)) break;
    if (line !== '') said.push(line);
  }
  const text = said.join(' ').slice(0, MAX_WORDS);
  return said.some(isSaying) ? text : `${text} ${lines.slice(0, at).filter(isSaying).join(' ')}`.trim().slice(0, MAX_WORDS);
}
