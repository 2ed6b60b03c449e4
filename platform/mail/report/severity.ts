export type FailureReason =
  | 'unknown_address' | 'unknown_host' | 'disabled' | 'mailbox_full' | 'too_large' | 'blocked' | 'loop' | 'unreachable' | 'complaint' | 'other';

/** `5.1.1` and its kin (RFC 3463), wherever it stands; never a piece of an IP address or a version. */
export const statusIn = (text: string): string | null => /(?<![\w.])[45]\.[0-7]\.\d{1,3}(?![\w.]*\.\d|\d)/.exec(text.slice(0, 20_000))?.[0] ?? null;

/** The reply of an SMTP server: `550 `, `550-`, `(550)`, `[450]`, `error code: 550`. */
const replyIn = (words: string): string | null => /(?:^|[\s:;#('"[])([45][0-5]\d)(?=[\s\-:;#)\]'",.]|$)(?!\.\d)/.exec(words)?.[1] ?? null;

/** A line on which a mail server's reply is repeated. */
export const quotesReply = (text: string): boolean => /(?:^|\n)[ \t>]{0,12}(?:<<<[ \t]*)?[45][0-5]\d[ -]/.test(text.slice(0, 20_000));

/** The status of the report; when that is only `5.0.0`, the more exact one of the same class that the words repeat. */
export function exactStatus(status: string | null, words: string): string | null {
  const said = statusIn(words);
  if (status === null) return said;
  return status.endsWith('.0') && said !== null && said[0] === status[0] && !said.endsWith('.0') ? said : status;
}

type Rule = readonly [FailureReason, RegExp];
/** It is we who are refused. */
const SENDER = /sender(?: address| domain)?\b[^.\n]{0,30}(?:reject|denied|blocked|invalid|not (?:allowed|exist|accept))|domain of sender address|client host|\bspf\b|dmarc|banned|black ?list|spamhaus|\brbl\b|dnsbl/i;
const WORDS: readonly Rule[] = [
  ['blocked', SENDER],
  ['unknown_address', /(?:user|recipient|mailbox|address|account|local[- ]?part|addressee|alias|member|name|inbox)\b[^.\n]{0,40}(?:unknown|not found|does ?n[o']t exist|do(?:es)? not have|invalid|is ?n[o']t (?:known|valid|exist|found|recognized|here|listed)|not (?:exist|known|recognized|valid|listed|here|local)|no longer (?:exists?|valid|here)|possibly incorrect|rejected|unavailable)/i],
  ['unknown_address', /(?:no such|unknown|invalid|non-?existent|undefined|unrecognized|bad (?:destination|address)|there is no|no) (?:local )?(?:user|recipient|mailbox|address|account|person|alias|addressee|member|name|party)|user unknown|not our customer|recipnotfound|unrouteable address|no mailbox (?:here|by)|could ?n[o']t be found|(?:was|were) ?n[o']t found|has (?:left|moved)|not? a known user|does ?n[o']t have an? [^.\n]{0,60}account|not a registered|not listed in|destination address is incorrect|email address is (?:incorrect|invalid)|out of date/i],
  ['unknown_address', /宛先[^\n]{0,20}(?:不明|見つかりません|存在しません)|ユーザ(?:ー)?[^\n]{0,10}(?:不明|存在しません)|メールアドレスが見つかりません|неизвестн\S* (?:пользовател|получател)|(?:пользовател|получател|адрес|ящик)\S*[^\n]{0,20}(?:не найден|не существует|отсутствует)|nie (?:istnieje|znaleziono)|не съществува|nincs ilyen (?:felhasználó|cím)|(?:felhasználó|cím|címzett)[^\n]{0,20}(?:nem létezik|ismeretlen)|(?:utilizator|adres|destinatar)\S*[^\n]{0,20}(?:nu există|inexistent)|(?:adress|mottagar|användar)\S*[^\n]{0,20}(?:hittades inte|finns inte|okänd)|okänd (?:användare|mottagare)|(?:adresse|modtager|mottaker|bruger|bruker)\S*[^\n]{0,20}(?:findes ikke|finnes ikke|ble ikke funnet|blev ikke fundet)|uk(?:en|jen)[dt] (?:bruger|bruker)|onbekende (?:gebruiker|ontvanger)|(?:gebruiker|adres|ontvanger)[^\n]{0,20}(?:bestaat niet|niet gevonden|onbekend)|(?:uživatel|adresa|příjemce|používateľ)[^\n]{0,20}(?:neexistuje|nenalezen|nebyl[ao]? nalezen)|tuntematon (?:käyttäjä|vastaanottaja)|(?:адрес|потребител|получател|кути)\S*[^\n]{0,20}не (?:бе|беше|е|може да бъде) намерен|няма такъв (?:потребител|адрес|получател)|(?:користувач|адрес|скриньк|одержувач)\S*[^\n]{0,20}(?:не існує|не знайдено)|nie ma takiego (?:użytkownika|adresu)|(?:usuario|dirección|cuenta|buzón|destinatario)[^\n]{0,20}no (?:existe|encontrad[oa]|es válid[oa])|(?:utente|indirizzo|casella|destinatario)[^\n]{0,20}(?:non esiste|inesistente|non trovat[oa])|(?:usuário|endereço|destinatário|conta)[^\n]{0,20}(?:não existe|inexistente|não encontrad[oa])|(?:utilisateur|adresse|compte|destinataire)[^\n]{0,20}(?:n'existe pas|introuvable|inexistante?)|(?:empfänger|adresse|benutzer|postfach)[^\n]{0,30}(?:existiert nicht|nicht gefunden|nicht vorhanden|unbekannt)|(?:kullanıcı|adres|alıcı|hesap)\S*[^\n]{0,20}(?:yok|bulunamadı|mevcut değil|geçersiz)|(?:地址|用户|用戶|信箱|邮箱|收件人)[^\n]{0,40}(?:不存在|无效|無效)|العنوان[^\n]{0,20}غير (?:صحيح|صالح)|utilisateur inconnu|adresse inconnue|unbekannter (?:empfänger|benutzer)|usuario desconocido|utente sconosciuto|غير موجود/i],
  ['unknown_host', /(?:host|domain)(?: name)? (?:unknown|not found|does ?n[o']t exist|lookup fail)|(?:unknown|bad|illegal|invalid|no such) (?:host|domain)|name or service not known|couldn'?t find any host|no (?:mx|route|dns|smtp service)\b|dns lookup failure|domain is not reachable|nxdomain|unrouteable mail domain|all relevant mx records point to non-existent|dns error|hostname nor servname|домен[^\n]{0,20}не (?:найден|существует)/i],
  ['mailbox_full', /(?:mail ?box|mailfolder|mail ?drop|inbox|account|disk|user)[^.\n]{0,40}(?:full|quota|exceed\w* (?:the )?(?:allowed|allotted|maximum|storage|size|disk)|over ?quota|out of (?:disk|storage))|over ?quota|quota (?:exceeded|exceeds|full|violation|allow)|not enough (?:disk|storage) space|insufficient (?:disk|system storage)|storage limit|exceeds allowed size|переполнен|przepełnion|препълнен|ممتلئ|容量|переповнен|lleno|llena|(?:casella|posta)[^\n]{0,40}pien[ao]|boîte[^\n]{0,30}pleine|postfach[^\n]{0,20}(?:voll|überfüllt)|(?:caixa|cheia)[^\n]{0,30}(?:cheia|lotada)|kota(?:sı)? (?:dolu|aşıldı)|posta kutusu dolu|邮箱已满|空间不足|いっぱい/i],
  ['disabled', /(?:account|mailbox|user|address|recipient)[^.\n]{0,40}(?:disabled|inactive|suspended|deactivated|closed|locked|blocked for inactivity|expired|not active|turned off|discontinued)|(?:konto|skrzynk)\S*[^\n]{0,30}(?:zablokowan|usunięt|zamknięt|nieaktywn)|(?:аккаунт|ящик|почтов\S* ящик|учётн\S* запис)\S*[^\n]{0,30}(?:заблокирован|отключ|удал|закрыт|неактив)|(?:кутия|профил|акаунт)\S*[^\n]{0,30}(?:блокиран|закрит|изтрит|неактивн)|(?:konto|postfach)[^\n]{0,20}(?:deaktiviert|gesperrt|gelöscht)|(?:cuenta|buzón)[^\n]{0,20}(?:desactivad|suspendid|cerrad)|compte[^\n]{0,20}(?:désactivé|suspendu|fermé)/i],
  ['too_large', /(?:message|mail|size)[^.\n]{0,40}(?:too (?:large|big)|exceeds? (?:the )?(?:fixed )?(?:maximum|size|limit|allowed))|too (?:large|big) (?:message|mail|for)|size limit/i],
  ['loop', /duplicated message-id|\bloop(?:s|ing)?\b|too many (?:hops|received)|hop count/i],
  ['blocked', /spam|blacklist|black ?list|block ?list|blocked|denied|reputation|policy|dmarc|\bspf\b|dkim|not authori[sz]ed|unauthenticated|authenticat|relay(?:ing)?|virus|content|prohibit|refused to (?:accept|talk)|rejected|not accepted|banned|abuse|forbidden|not permitted|restricted|mismatches client ip/i],
  ['unreachable', /timed? ?out|time-?out|temporar|deferred|try (?:again )?later|too (?:long|old)|retry|retries|greylist|grey ?list|connection (?:refused|reset|closed|lost|failed|died|dropped)|no route to host|network (?:is )?unreachable|unable to (?:connect|contact)|could not (?:connect|contact|send)|was ?n[o']t able to establish|not responding|service (?:unavailable|not available)|rate limit|exceeded the max[^.\n]{0,40}per (?:hour|day|minute)|upstream error|failed \d+ attempts|expired|still being retried|delayed|unavailable/i],
];

/** `5.x.y` by its subject and detail; what the words say is more exact where the code is general. */
const BY_STATUS: readonly Rule[] = [
  ['unknown_host', /^5\.(?:1\.2|4\.4)$/], ['unknown_host', /^4\.4\.4$/], ['unknown_address', /^5\.1\.(?:0|1|3|4|6|10)$/], ['disabled', /^5\.2\.1$/],
  ['mailbox_full', /^[45]\.2\.2$/], ['too_large', /^[45]\.(?:2\.3|3\.4)$/], ['loop', /^[45]\.4\.6$/], ['unreachable', /^4\.4\.\d+$/],
  ['blocked', /^[45]\.(?:7\.\d+|1\.(?:7|8|9)|6\.\d+)$/],
];
const EXACT = /^5\.1\.(?:1|2|3|4|6|7|8|10)$|^[45]\.(?:2\.[123]|3\.4|4\.[46]|7\.\d+)$/;
const TEMPORARY = /temporar|per (?:hour|day|minute)|deferred|try (?:again )?later|will (?:be )?(?:keep|retr)|still being retried|greylist|timed? ?out|time-?out|too (?:long|old)|connection (?:refused|reset|lost|closed|died)|unable to connect|could not send|expired|resources? unavailable|no route to host|queue too long|delayed/i;
const LASTING = /permanent|fatal|given up|giving up|could ?n[o']t be delivered|rejected/i;
const SOFT: ReadonlySet<FailureReason> = new Set(['mailbox_full', 'unreachable', 'too_large', 'loop', 'blocked', 'other']);

/** Some servers say `5.7.1` of everything that they refuse, addresses that nobody has included. */
const NOBODY = /\bno such (?:user|mailbox|recipient|account|person)\b|\buser unknown\b|\bunknown (?:user|recipient)\b|\b(?:user|mailbox) (?:not found|does ?n[o']t exist)\b/i;

const isNobody = (status: string | null, words: string): boolean => status?.startsWith('5') === true && NOBODY.test(words) && !SENDER.test(words);

export function reasonOf(status: string | null, words: string): FailureReason {
  const said = words.slice(0, 2_000);
  const coded = status === null ? undefined : BY_STATUS.find(([, pattern]) => pattern.test(status))?.[0];
  if (coded === 'blocked' && isNobody(status, said)) return 'unknown_address';
  if (coded !== undefined && EXACT.test(status!)) return coded;
  return WORDS.find(([, pattern]) => pattern.test(said))?.[0] ?? coded ?? 'other';
}

/** Whether trying again is of no use: the status code says it, else the reply code, else the words. */
export function isHard(status: string | null, words: string): boolean {
  if (status !== null) return status.startsWith('5');
  const reply = replyIn(words);
  if (reply !== null) return reply.startsWith('5');
  const reason = reasonOf(null, words);
  if (!SOFT.has(reason)) return true;
  return !TEMPORARY.test(words) && reason !== 'mailbox_full' && LASTING.test(words);
}

/** Whether the address itself is dead, so that no mail to anybody there is of use; a full mailbox or a block is not. */
export const isAddressDead = ({ hard, reason }: { readonly hard: boolean; readonly reason: FailureReason }): boolean =>
  hard && (reason === 'unknown_address' || reason === 'unknown_host' || reason === 'disabled');
