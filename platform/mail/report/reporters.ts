type Who = {
  readonly headers: ReadonlyMap<string, string>; readonly from: { readonly name: string; readonly address: string } | null;
};

const LOCAL = /^(?:mailer[-_. ]?daemon|mail[-_. ]?daemon|mail[-_.]?delivery(?:[-_.]?(?:system|subsystem|service))?|microsoftexchange[0-9a-f]{8,}|mdaemon)$/;
const PERHAPS_LOCAL = /^(?:po+st[-_.]?master|bounces?|bounce[-+_=].*|mail[-_.]?admin(?:istrator)?|mail-?system|smtp)$/;
const NAME = /mail(?:er)?[- _]?(?:daemon|delivery|deliver system|administrator)|delivery (?:sub)?system|post ?master|system administrator|microsoft exchange|^mail system$|почтов\S* (?:служб|систем)|доставк\S* почты|mail ?server/i;
/** Behind which shops, banks and couriers write as well. */
const ANYBODY = /^(?:no-?reply|do-?not-?reply|admin(?:istrator)?|system|noc|root|mail|complaints)$/;

/** Whether a mail system wrote it, as far as headers say: reports come from the null sender, and from names of their own. */
export function isAuthoredByMailSystem({ headers, from }: Who): 'daemon' | 'surely' | 'perhaps' | 'barely' | 'no' {
  const { name, address } = from ?? { name: '', address: '' };
  const local = address.replace(/@[^@]*$/, '').toLowerCase();
  if (LOCAL.test(local) || (address === '' && /daemon/i.test(name))) return 'daemon';
  const likeness = likenessOf(name, local);
  if (hasNullSender(headers)) return likeness !== 'none' || address === '' ? 'surely' : 'perhaps';
  return likeness === 'none' && headers.has('x-mlserver') ? 'perhaps' : BY_LIKENESS[likeness];
}

function likenessOf(name: string, local: string): keyof typeof BY_LIKENESS {
  if (NAME.test(name) || PERHAPS_LOCAL.test(local)) return 'much';
  return ANYBODY.test(local) ? 'little' : 'none';
}

const BY_LIKENESS = { much: 'perhaps', little: 'barely', none: 'no' } as const;

function hasNullSender(headers: ReadonlyMap<string, string>): boolean {
  const path = headers.get('return-path');
  return path !== undefined && /^\s*(?:<\s*>)?\s*$|mailer-daemon/i.test(path);
}

const SUBJECT = new RegExp([
  'undeliver', 'undelivered', 'non[- ]?delivery', 'not delivered', 'returned (?:e?-?mail|to sender)', 'return(?:ed|ing) message', 'mail delivery',
  'deliver(?:y|ies) (?:status|failure|failed|error|problem|notification|has failed|report|was|is|incomplete|delayed)', 'failure (?:notice|delivery|notification)',
  'fail(?:ed|ure) (?:to deliver|mail|delivery)', 'could not (?:be )?(?:send|sent|deliver)', 'cannot (?:be )?(?:send|sent|deliver)', "can'?t (?:be )?(?:send|sent|deliver)",
  'unable to deliver', 'mail (?:system )?error', 'message (?:not|could not|delayed|undeliverable|rejected|bounced)', 'bounced? (?:mail|message|e-?mail)', 'delayed mail', 'warning[:\\s-].{0,40}(?:message|mail)',
  'postmaster notify', 'user unknown', 'loop alert', 'email delivery failure', 'delivery failure', 'rejected:? ', '\\bNDR\\b',
  'unzustellbar', 'nicht zugestellt', 'zustellung', 'fehlgeschlagen', 'non remis', 'échec', 'non distribu', 'no se (?:pudo|puede) entregar', 'no entregado', 'devuelto', 'mancata consegna', 'impossibile recapitare', 'não (?:foi )?(?:entregue|possível entregar)',
  'kézbesíthetetlen', 'kézbesít', 'nu a putut fi (?:livrat|trimis)', 'nelivrat', '(?:kunde|kan) inte (?:levereras|skickas)', '(?:kunne|kan) ikke (?:leveres|sendes)', 'ei voitu (?:toimittaa|lähettää)', 'niet (?:bezorgd|afgeleverd)', 'onbestelbaar', 'nedoručen', 'nedoručiteln', 'nedoručiteľn', 'nije (?:isporučen|dostavljen)', 'није испоручен', 'δεν (?:παραδόθηκε|ήταν δυνατή η παράδοση)', 'לא ניתן למסור', 'не ?доставен',
  'niedostarcz', 'nie dostarcz', 'nie (?:może|można|mógł|udało)[^:]{0,30}(?:dostarcz|doręcz)', 'zwrot', 'не ?доставл', 'недоставл', 'не (?:может|удалось|удается)[^:]{0,30}достав', 'възвърна', 'не може да бъде доставен', 'неуспешн\\S* доставк', 'ошибка доставки', 'teslim edilemedi',
  'تعذر (?:تسليم|إرسال)', 'فشل (?:تسليم|إرسال|في تسليم)', 'لم يتم (?:تسليم|إرسال)', 'エラー', '配信(?:不能|できません|エラー)', '送信(?:できません|エラー)', '投递失败', '退信', '无法投递', '系统退信',
].join('|'), 'iu');

export const subjectOfReport = (subject: string): boolean => !/^\s*(?:re|fwd?|aw|wg|tr|rv|odp|pd|отг|нат|отв)\s*:/i.test(subject) && SUBJECT.test(subject.slice(0, 500));
