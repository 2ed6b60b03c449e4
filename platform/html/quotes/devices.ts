import { folded, foldedList as list, wordsIn } from './lines.ts';

/** What telephones and mail programs write below a message on their own account. All in lower case, without accents. */

/** So begins nothing that a person has to say. */
const SURE = list(
  'sent from my|provenance : courrier|provenance: courrier|sent from a |sent from an |sent from mail for|sent from outlook|sent from yahoo|sent from gmail|get outlook for|download outlook for|get bluemail for|get the all-new aol|get aol app|sent on the go|securely sent with|secured with proton|' +
  'diese nachricht wurde von meinem|diese e-mail wurde von meinem|diese nachricht wurde mit der|diese nachricht wurde mit k-9|holen sie sich outlook für|outlook für android|outlook für ios|' +
  'envoyé de mon|envoyé depuis mon|envoyé à partir de outlook|envoyé à partir d\'outlook|obtenez outlook pour|télécharger outlook pour|obtenir outlook pour|enviado desde mi|enviado desde outlook|obtener outlook para|obtenga outlook para|descargar outlook para|consigue outlook para|' +
  'enviado do meu|enviado do outlook|enviado a partir do outlook|obter o outlook para|obter outlook para|obtenha o outlook para|baixe o outlook para|inviato dal mio|inviato da outlook|scarica outlook per|ottieni outlook per|' +
  'verzonden vanaf mijn|verstuurd vanaf mijn|verzonden vanuit outlook|verzonden met outlook|outlook voor android|outlook voor ios|download outlook voor|sendt fra min|hent outlook til|få outlook for|skickat från min|skaffa outlook för|hämta outlook för|lähetetty iphonesta|hanki outlook|' +
  'изпратено от моя|изпратено от моето|изпратено от моят|изпратено от outlook|вземете outlook за|вземи outlook за|изтеглете outlook за|изтегли outlook за|получете outlook за|' +
  'отправлено с моего|отправлено из outlook|отправлено из почты|отправлено из мобильн|скачать outlook для|скачайте outlook для|загрузить outlook для|загрузите outlook для|получить outlook для|получите outlook для|' +
  'wysłane z mojego|wysłano z mojego|wysłane z programu|wysłane z aplikacji|wysłano z aplikacji|wysłane z outlook|pobierz outlook dla|pobierz aplikację outlook dla|pobierz program outlook dla|uzyskaj outlook dla|uzyskaj aplikację outlook dla|uzyskaj program outlook dla|' +
  'الحصول على outlook|احصل على outlook|تنزيل outlook|надіслано з мого|надіслано з outlook|отримати outlook для|отримайте outlook для|завантажити outlook для|завантажте outlook для|' +
  'odesláno z mého|odoslané z môjho|trimis de pe telefonul meu|obțineți outlook pentru|descărcați outlook pentru|získat outlook pro|získejte outlook pro|az outlook beszerzése|ios-hez készült|androidra készült|κατεβάστε το outlook|λήψη του outlook|发自我的|發自|来自我的|從我的|发自手机|發自我的|从我的|傳送自我的|获取 outlook for|yahoo mail:',
);

/** So may begin, or end, what a person says as well («Sent with the courier»): a device or mail program must be named. */
const UNSURE = list(
  'sent from|sent via|sent with|sent using|sent by|gesendet von|gesendet mit|gesendet über|gesendet aus|gesendet vom|envoyé de|envoyé depuis|envoyé à partir|envoyé avec|envoyé via|envoyé par|' +
  'enviado desde|enviado con|enviado vía|enviado a través|enviado mediante|enviado do|enviado da|enviado de|enviado com|enviado a partir|enviado através|enviado pelo|enviado pela|enviado via|inviato da|inviato dal|inviata da|inviato con|inviato tramite|' +
  'verzonden vanaf|verzonden met|verzonden via|verzonden door|verstuurd vanaf|verstuurd met|verstuurd via|verzonden vanuit|sendt fra|sendt via|sendt med|skickat från|skickades från|skickat via|skickat med|lähetetty|' +
  'изпратено от|изпратено чрез|изпратено с|изпратено през|изпратен от|изпратена от|изпратено из|отправлено с|отправлено из|отправлено от|отправлено через|отправлено при помощи|послано с|отправлен с|отправлена с|' +
  'wysłane z|wysłano z|wysłana z|wysłano za|wysłane za|wysłano przy|wysłane przy|wysłane przez|wysłano przez|أرسلت من|أرسل من|مرسل من|مرسل بواسطة|مرسل عبر|مرسلة من|تم الإرسال من|تم إرسالها من|تم إرسال هذه الرسالة من|تم الإرسال عبر|تم الإرسال بواسطة|أرسلت بواسطة|أرسلت عبر|' +
  'надіслано з|надіслано із|надіслано зі|надіслано через|надіслано за|відправлено з|відправлено із|відправлено через|odesláno z|odesláno ze|odoslané z|trimis de pe|trimis din|trimis de|trimis cu|στάλθηκε από|αποστολή από|εστάλη από|được gửi từ|gửi từ|נשלח מ|נשלח באמצעות|poslano z|poslano s|slano sa|dikirim dari',
);
const ENDS = list('gesendet|gesendet.|发送|發送|gönderildi|gönderildi.|gonderildi|から送信|より送信|に送信|에서 보냄|에서 보낸 메일|küldve|küldve.|iphone-omról|lähetetty|edinin|edinin.|beziehen|downloaden|herunterladen');

const DEVICES = new RegExp(
  folded(
    'iphon|ipad|ipod|android|samsung|galaxy|huawei|honor|xiaomi|redmi|poco|oneplus|oppo|vivo|realme|motorola|nokia|pixel|xperia|blackberry|lumia|wiko|lenovo|macbook|\\bimac|apple watch|smartphone|smart phone|cell ?phone|mobile device|mobile phone|\\bphone\\b|handy|\\bmobil|tablet|' +
    'téléphone|telefon|teléfon|telefone|celular|telefoon|puhelin|телефон|смартфон|мобилен|мобилн|мобильн|мобільн|планшет|таблет|هاتف|جوال|موبايل|الآيفون|أيفون|آيفون|אייפון|手机|' +
    'outlook|yahoo|spike\\b|missive|shortwave|polymail|boomerang|mailtrack|nylas|gmail|\\baol\\b|thunderbird|k-9|fairemail|aquamail|aqua mail|bluemail|typeapp|mailspring|superhuman|canary|edison|airmail|proton|tutanota|\\btuta\\b|hushmail|\\bzoho|postbox|mailbird|em client|emclient|mail\\.ru|mail\\.bg|\\babv|абв поща|яндекс|yandex|рамблер|rambler|' +
    '\\bgmx|web\\.de|t-online|freenet|libero|virgilio|ukr\\.net|i\\.ua|seznam|roundcube|windows|\\bios\\b|mail (?:for|app|on|per|para|pour|für|voor|dla|для|за|på|til)\\b|(?:aplikacj\\w*|app|application|aplicativo|aplicación|applicazione|приложен\\w*|приложение) (?:\\w+ )?(?:mail|e-mail|poczta|почта|поща)|wp poczt|wp mail|unterwegs|poczta wp|onet poczt|poczt\\w* (?:onet|interia|o2|wp)|' +
    'touchdown|nine\\b|newton mail|spark\\b|boxer|good for enterprise|blackphone|workspace one|ios-|4g|5g',
  ), 'u',
);
/** Where mail programs have their own page. */
const PROGRAM_LINK = /(?:aka\.ms\/\w|go\.microsoft\.com\/fwlink|mail\.onelink\.me|overview\.mail\.yahoo|bluemail\.me|typeapp\.com|proton\.me|protonmail\.com|sparkmailapp|getmailspring|thunderbird\.net|canarymail|airmailapp|tuta\.com)/u;
/** «… please excuse typos» */
const EXCUSES = new RegExp(folded('excuse|forgive|pardon|brevity|typo|autocorrect|kürze|tippfehler|verzeih|brièveté|fautes|brevedad|erratas|brevità|errori|brevidade|erros|beknopt|typefout|извинете|кратост|грешки|извините|краткость|опечатк|przepraszam|zwięzłość|literówk'), 'u');
/** Somebody speaks. */
const SPEAKS = new Set(list('i|we|he|she|they|it|ich|wir|er|habe|haben|hat|wurde|ist|je|nous|j\'ai|yo|hemos|he|ho|abbiamo|ik|heb|аз|ние|съм|я|мы|мне|jest|jestem|ja'));

/** By their first, or last, three letters: most lines have none of them. */
const KEY = 3;
const by = (words: readonly string[], key: (word: string) => string): ReadonlyMap<string, readonly string[]> => Map.groupBy(words, key);
const atStart = (words: readonly string[]) => {
  const byStart = by(words, (one) => one.slice(0, KEY));
  return (line: string): boolean => byStart.get(line.slice(0, KEY))?.some((one) => line.startsWith(one)) ?? false;
};
const beginsSurely = atStart(SURE);
const mayBegin = atStart(UNSURE);
const byEnd = by(ENDS, (words) => words.slice(-KEY));
const mayEnd = (line: string): boolean => byEnd.get(line.slice(-KEY))?.some((words) => line.endsWith(words)) ?? false;

/** «Please excuse typos», below such a line. */
export const isExcuse = (line: string): boolean => line.length < 100 && EXCUSES.test(folded(line));

/** Whether a line is what a telephone or a mail program writes below a message. */
export function isDevice(line: string): boolean {
  const text = line.length > 400 ? '' : line.replace(/[<([]{0,2}https?:\S{1,300}$/u, '').replace(/^[-–—*_[(\s]{1,10}/u, '').replace(/[-*_\])\s]{1,10}$/u, '');
  if (text.length < 5 || text.length > 140) return false;
  const lower = folded(text.replace(/<https?:[^<>\s]{1,300}>|[[\]]/gu, ' ').replace(/\s+/gu, ' '));
  const words = wordsIn(lower);
  if (PROGRAM_LINK.test(line)) return words.length <= 8 || (words.length <= 18 && isProgram(lower, words));
  return words.length <= (EXCUSES.test(lower) ? 18 : 14) && isProgram(lower, words) && (EXCUSES.test(lower) || !goesOn(lower));
}

function isProgram(lower: string, words: readonly string[]): boolean {
  if (beginsSurely(lower)) return true;
  if (!mayBegin(lower) && !mayEnd(lower)) return false;
  return DEVICES.test(lower) && !words.some((word) => SPEAKS.has(word));
}

/** A sentence goes on; such a line does not. */
const goesOn = (lower: string): boolean => /[,;!?]\s|[.]\s+\p{L}/u.test(lower) && !/^yahoo mail:|, .*\bsmartphone\.?$/u.test(lower);
