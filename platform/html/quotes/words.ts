/** The words with which mail programs introduce what they quote, in the languages of their users. All in lower case. */

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s*\|\s*/u));

/** «… wrote»; of phrases («a écrit», «ha scritto») the word that tells them apart. */
export const WROTE = words(
  'wrote|writes|said|schrieb|schreibt|geschrieben|écrit|ecrit|escribió|escribio|escrito|escreveu|scritto|scrive|schreef|schrijft|geschreven|' +
  'skrev|skriver|kirjoitti|kirjoittaa|napsal|napsala|napísal|napísala|napisał|napisała|napisana|napisane|pisze|pisał|pisała|написа|написал|написала|написав|' +
  'написала|пише|пишет|писал|писала|писали|писахте|писаха|писав|писали|كتب|كتبت|كَتَب|كتابة|yazdı|yazmış|yazdi|έγραψε|έγραψεν|scris|írta|ezt írta|viết|כתב|כתבה|כתב/ה|написао|napisao|napisala|napisal|skrifaði|kirjutas|rašė|rakstīja|menulis|เขียน|लिखा|نوشت|نوشته|napsal/a|napísal/a',
);

/** The same in languages without spaces, at the end of the line. */
export const WROTE_ENDS: readonly string[] = ['写道', '寫道', 'のメール', 'のメッセージ', 'は書きました', 'wrote', '작성', '작성함', 'さんは書きました'];

/** What introduces a quote with the name alone: «Quoting Shop <…>:». */
export const QUOTING = words('quoting|zitat|citando|citat|citation|цитирую|цитат|cytat|citeren|citerar|цитиране|cytowanie|cytuję|citação|cita|zitiere|zitieren|alıntı|цитування|اقتباس');

/** «On 3 May …»: what such a line may begin with besides a date. */
export const ON = words(
  'on|at|am|le|el|il|em|op|den|på|pe|dne|dňa|dana|dnia|w|na|на|в|във|від|от|в|у|في|بتاريخ|στις|la|in|în|on:|dana|wiadomość|al|a|el|vào|ב|ב-|בתאריך|tarihinde|dia|pada|kl',
);

/** Names of days and months begin a date in most languages. Cut to the letters that are common to their forms. */
export const DATE_BEGINNINGS: readonly string[] = (
  'mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|' +
  'die|mit|don|fre|sam|son|mai|jui|aoû|déc|lun|mer|jeu|ven|dim|jue|vie|sáb|dom|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|' +
  'seg|ter|qua|qui|sex|fev|out|dez|maa|din|woe|don|vri|zat|zon|mån|tis|ons|tor|lör|sön|man|tir|lør|søn|ma|ti|ke|to|pe|la|su|' +
  'uto|sri|velj|ožu|pon|wt|śr|czw|pt|sob|niedz|nie|pią|wto|styc|lut|kwi|maj|cze|lip|sie|wrz|paź|lis|gru|' +
  'пон|вто|сря|сре|чет|пет|съб|нед|пн|вт|ср|чт|пт|сб|вс|вос|пят|суб|янв|фев|мар|апр|май|мая|юни|юли|июн|июл|авг|сеп|сен|окт|ное|ноя|дек|яну|' +
  'нд|січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру|пʼят|п\'ят|вів|сер|чет|неді|пон|' +
  'الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|أحد|اثنين|' +
  'pzt|sal|çar|per|cum|cmt|paz|oca|şub|nis|haz|tem|ağu|eyl|eki|kas|ara|' +
  'po|út|st|čt|pá|so|ne|leden|únor|hét|ked|sze|csü|pén|szo|vas|luni|mar|mie|joi|vin|sâm|dum|δευ|τρι|τετ|πεμ|παρ|σαβ|κυρ|th|cn'
).split('|');

type Label = 'from' | 'date' | 'to' | 'cc' | 'subject';

const NAMES: Record<Label, string> = {
  from: 'from|von|de|da|van|от|от кого|od|nadawca|من|المرسل|fra|från|lähettäjä|mittente|remitente|expéditeur|afsender|avsändare|kimden|gönderen|feladó|від|від кого|отправитель|подател|' +
    'odesílatel|odosielateľ|de la|από|發件人|发件人|寄件者|差出人|送信元|보낸 사람|מאת|từ|message de|gửi từ|dari|จาก',
  date: 'sent|date|sent on|sent at|date sent|gesendet|gesendet am|datum|envoyé|envoyé le|date d’envoi|date d\'envoi|message du|inviato|inviato il|data|data invio|verzonden|verzonden op|' +
    'enviado|enviado el|enviada em|enviado em|enviada el|fecha|fecha de envío|sendt|dato|skickat|skickat den|lähetetty|päivämäärä|отправлено|отправлено:|дата|дата отправки|изпратено|изпратено на|на дата|' +
    'wysłano|wysłane|data wysłania|data nadania|تاريخ|التاريخ|تاريخ الإرسال|أرسلت|أُرسلت|تم الإرسال|مرسل|надіслано|дата надсилання|gönderildi|gönderilme|gönderilme tarihi|tarih|' +
    'odesláno|odoslané|dátum|küldve|elküldve|trimis|στάλθηκε|ημερομηνία|αποστολή|发送时间|發送時間|日期|寄件日期|送信日時|日時|보낸 날짜|날짜|נשלח|תאריך|ngày|đã gửi|gửi',
  to: 'to|an|à|a|aan|para|til|till|alıcı|vastaanottaja|кому|до|do|إلى|الى|المرسل إليه|kime|címzett|destinataire|destinatario|komu|pre|către|catre|προς|收件人|宛先|받는 사람|אל|đến|til:|получател|odbiorca|adresat',
  cc: 'cc|bcc|reply-to|reply to|antwort an|répondre à|copie à|copie|kopie|copia|копие|копия|копія|як|dw|udw|kopia|نسخة|نسخة إلى|bilgi|másolat|κοιν|抄送|副本|참조|עותק|kopi|kopio|ccopia',
  subject: 'subject|betreff|objet|sujet|oggetto|onderwerp|asunto|assunto|emne|ämne|aihe|тема|относно|temat|الموضوع|موضوع|konu|tárgy|předmět|predmet|subiect|θέμα|主题|主題|件名|제목|נושא|chủ đề',
};

/** The labels of a quoted header, by what they name. */
export const LABELS: ReadonlyMap<string, Label> = new Map(
  (Object.keys(NAMES) as Label[]).flatMap((label) => NAMES[label].split('|').map((name) => [name, label] as const)),
);

/** «-----Original Message-----» and its kin; dashes and the like have been taken off. */
export const SEPARATORS = words(
  'original message|original appointment|original mail|original email|forwarded message|begin forwarded message|reply message|forwarded mail|replied message|replied mail|original|' +
  'ursprüngliche nachricht|originalnachricht|original-nachricht|originalmeldung|weitergeleitete nachricht|anfang der weitergeleiteten nachricht|ursprüngliche mail|' +
  'message d\'origine|message d’origine|message original|message d\'origine|message transféré|message transmis|début du message transféré|début du message réexpédié|mail original|' +
  'mensaje original|mensaje reenviado|inicio del mensaje reenviado|mensaje enviado|messaggio originale|messaggio inoltrato|inizio messaggio inoltrato|messaggio originario|' +
  'mensagem original|mensagem encaminhada|mensagem reencaminhada|início da mensagem encaminhada|oorspronkelijk bericht|origineel bericht|doorgestuurd bericht|begin doorgestuurd bericht|oorspronkelijk e-mailbericht|' +
  'oprindelig meddelelse|oprindelig besked|originalmeddelelse|videresendt meddelelse|videresendt besked|ursprungligt meddelande|originalmeddelande|vidarebefordrat meddelande|vidarebefordrat brev|' +
  'opprinnelig melding|original melding|originalmelding|videresendt melding|alkuperäinen viesti|välitetty viesti|edelleenlähetetty viesti|' +
  'исходное сообщение|пересылаемое сообщение|пересланное сообщение|переадресованное сообщение|оригинальное сообщение|первоначальное сообщение|начало переадресованного сообщения|исходное письмо|пересылаемое письмо|конец пересылаемого сообщения|' +
  'оригинално съобщение|оригинално писмо|препратено съобщение|препратено писмо|първоначално съобщение|първоначално писмо|начало на препратеното съобщение|изходно съобщение|' +
  'wiadomość oryginalna|oryginalna wiadomość|treść oryginalnej wiadomości|wiadomość przekazana|przekazana wiadomość|treść przekazanej wiadomości|początek przekazanej wiadomości|wiadomość pierwotna|oryginalny e-mail|wiadomość przekazywana dalej|treść wiadomości oryginalnej|' +
  'الرسالة الأصلية|رسالة أصلية|رسالة معاد توجيهها|الرسالة المعاد توجيهها|رسالة محولة|الرسالة المحولة|بدء الرسالة المعاد توجيهها|رسالة مُعاد توجيهها|' +
  'orijinal mesaj|özgün ileti|asıl mesaj|özgün mesaj|orjinal mesaj|iletilen mesaj|iletilmiş mesaj|yönlendirilen ileti|початкове повідомлення|оригінальне повідомлення|вихідне повідомлення|переслане повідомлення|пересилання повідомлення|' +
  'původní zpráva|původní e-mail|přeposlaná zpráva|pôvodná správa|preposlaná správa|eredeti üzenet|továbbított üzenet|mesaj original|mesajul original|mesaj redirecționat|αρχικό μήνυμα|προωθημένο μήνυμα|izvorna poruka|originalna poruka|' +
  '原始邮件|原始郵件|转发邮件|轉寄郵件|原始信件|回复的原邮件|元のメッセージ|転送されたメッセージ|オリジナルメッセージ|원본 메시지|원본 메일|전달된 메시지|הודעה מקורית|ההודעה המקורית|הודעה שהועברה|thư gốc|tin nhắn gốc|tin nhắn đã chuyển tiếp|thư đã chuyển tiếp',
);

/** Lines that help desks put above the words to which a customer answers. */
export const REPLY_ABOVE: readonly string[] = [
  'type your reply above this line', 'reply above this line', 'write above this line', 'reply below this line', 'antworten sie oberhalb dieser zeile', 'antwort bitte oberhalb dieser linie', 'répondez au-dessus de cette ligne',
  'écrivez votre réponse au-dessus de cette ligne', 'responda por encima de esta línea', 'escriba su respuesta por encima de esta línea', 'scrivi la tua risposta sopra questa riga', 'escreva a sua resposta acima desta linha',
  'powyżej tej linii', 'над този ред', 'над тази линия', 'выше этой линии', 'выше этой строки', 'над этой строкой', 'над этой линией', 'أعلى هذا السطر', 'فوق هذا السطر',
];
