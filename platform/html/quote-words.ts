/** The words with which mail programs introduce what they quote, in the languages of their users. */

const alternatives = (words: string): string => words.split('|').map((word) => word.trim()).join('|');

/** «On … wrote:», the verb at the end. */
export const WROTE = new RegExp(`(?:^|[\\s,>)(])(?:${alternatives(
  'wrote|writes|schrieb|schreibt|a écrit|a ecrit|escribió|escribio|escreveu|ha scritto|schreef|geschreven|skrev|kirjoitti|' +
  'napsal|napsal\\(a\\)|napsala|napísal|napisał|napisała|napisał\\(a\\)|pisze|написа|написал|написала|написал\\(а\\)|написав|' +
  'пише|пишет|писал|писала|كتب|كتبت|كَتَب|yazdı|έγραψε|a scris|írta',
)})\\s*:?$`, 'iu');

/** «On 3 May …»: what such a line may begin with besides a date. */
export const ON = new RegExp(`^(?:${alternatives(
  'on|am|le|el|il|em|op|den|på|pe|dne|dnia|w dniu|на|в|във|от|في|بتاريخ|στις|tarihinde|il giorno|il ?giorno',
)})(?=[\\s,:])`, 'iu');

/** The labels of a quoted header, by what they name. */
export const LABELS: readonly (readonly [RegExp, string])[] = [
  [label('from|von|de|da|van|от|от кого|od|من|fra|från|lähettäjä|mittente|remitente|expéditeur|afsender|kimden|feladó|від'), 'from'],
  [label('sent|date|gesendet|datum|envoyé|envoyé le|inviato|data|verzonden|enviado|enviado el|enviada em|fecha|sendt|dato|skickat|' +
    'lähetetty|päivämäärä|отправлено|дата|изпратено|на дата|wysłano|wysłane|تاريخ|التاريخ|تاريخ الإرسال|أرسلت|تم الإرسال|дата отправки|надіслано'), 'date'],
  [label('to|an|à|a|aan|para|til|till|vastaanottaja|кому|до|do|إلى|الى|kime|címzett|destinataire'), 'to'],
  [label('cc|copie à|kopie|copia|копие|копия|як|dw|kopia|نسخة|نسخة إلى'), 'cc'],
  [label('subject|betreff|objet|oggetto|onderwerp|asunto|assunto|emne|ämne|aihe|тема|относно|temat|الموضوع|موضوع|konu|tárgy'), 'subject'],
];

function label(words: string): RegExp {
  return new RegExp(`^(?:${alternatives(words)})\\s?\\*?\\s?:`, 'iu');
}

/** «-----Original Message-----» and its kin; the dashes have been taken off. */
export const SEPARATOR = new RegExp(`^(?:begin )?(?:${alternatives(
  'original message|original appointment|forwarded message|forwarded by .{1,60}|reply message|ursprüngliche nachricht|' +
  'weitergeleitete nachricht|message d\'origine|message original|message transféré|mensaje original|mensaje reenviado|' +
  'messaggio originale|messaggio inoltrato|mensagem original|mensagem encaminhada|oorspronkelijk bericht|doorgestuurd bericht|' +
  'oprindelig meddelelse|originalmeddelelse|ursprungligt meddelande|opprinnelig melding|alkuperäinen viesti|' +
  'исходное сообщение|пересылаемое сообщение|пересланное сообщение|переадресованное сообщение|оригинальное сообщение|' +
  'оригинално съобщение|препратено съобщение|първоначално съобщение|wiadomość oryginalna|oryginalna wiadomość|' +
  'treść oryginalnej wiadomości|wiadomość przekazana|przekazana wiadomość|treść przekazanej wiadomości|' +
  'الرسالة الأصلية|رسالة أصلية|رسالة معاد توجيهها|الرسالة المعاد توجيهها|رسالة محولة',
)}):?$`, 'iu');

/** What telephones and mail programs write below a message on their own account. */
export const DEVICE = new RegExp(`^(?:${alternatives(
  'sent from|sent via|sent with|get outlook for|download outlook for|von meinem .{1,40} gesendet|gesendet von|diese nachricht wurde von|' +
  'envoyé de|envoyé depuis|envoyé à partir de|enviado desde|enviado do|inviato da|verzonden vanaf|verstuurd vanaf|sendt fra|skickat från|lähetetty|' +
  'изпратено от|изпратено чрез|отправлено с|отправлено из|отправлено от|послано с|wysłane z|wysłano z|' +
  'أرسلت من|أُرسلت من|مرسل من|تم الإرسال من|تم إرسالها من',
)})\\s[^,.;:!?]{1,60}(?:<?https?:\\S{1,300})?\\.?$`, 'iu');
