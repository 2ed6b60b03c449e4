/** The words of signatures, of what telephones write below a message, and of lawyers, by language. All in lower case. */

const list = (text: string): readonly string[] => text.split(/\s*\|\s*/u);

/** What telephones and mail programs write below a message on their own account: how such a line begins … */
const DEVICE_BEGINNINGS = list(
  'sent from my|sent from mail for|sent from outlook|sent from yahoo|sent from gmail|sent from a |sent from an |sent from the |sent from|sent via|sent with|sent using|sent by|securely sent with|secured with|get outlook for|download outlook for|get bluemail for|get the all-new aol|sent on the go|' +
  'gesendet von|gesendet mit|gesendet über|gesendet aus|von meinem|von meiner|diese nachricht wurde von|diese e-mail wurde von|holen sie sich outlook für|outlook für|' +
  'envoyé de|envoyé depuis|envoyé à partir|envoyé avec|envoyé via|envoyé par|obtenez outlook pour|télécharger outlook pour|enviado desde|enviado con|enviado vía|enviado a través|obtener outlook para|obtenga outlook para|' +
  'enviado do|enviado de|enviado a partir|enviado através|enviado pelo|enviado via|obter o outlook para|obter outlook para|inviato da|inviato dal|inviato con|inviato tramite|scarica outlook per|ottieni outlook per|' +
  'verzonden vanaf|verzonden met|verzonden via|verstuurd vanaf|verzonden vanuit|outlook voor|download outlook voor|sendt fra|sendt via|sendt med|hent outlook til|få outlook for|skickat från|skickades från|skickat via|skaffa outlook för|hämta outlook för|lähetetty|hanki outlook|' +
  'изпратено от|изпратено чрез|изпратено с|изпратен от|изпратена от|вземете outlook за|вземи outlook за|изтеглете outlook за|получете outlook за|' +
  'отправлено с|отправлено из|отправлено от|отправлено через|послано с|посланo из|отправлен с|отправлена с|скачать outlook для|загрузите outlook для|получить outlook для|получите outlook для|' +
  'wysłane z|wysłano z|wysłana z|wysłano za pomocą|wysłane za pomocą|wysłano przy użyciu|wysłane przez|pobierz outlook dla|pobierz aplikację outlook dla|uzyskaj outlook dla|uzyskaj aplikację outlook dla|' +
  'أرسلت من|أُرسلت من|أرسل من|أُرسل من|مرسل من|مُرسل من|مرسلة من|تم الإرسال من|تم إرسالها من|تم إرسال هذه الرسالة من|تم الإرسال عبر|أرسلت بواسطة|الحصول على outlook|احصل على outlook|' +
  'надіслано з|надіслано із|надіслано через|відправлено з|отримайте outlook для|завантажте outlook для|odesláno z|odesláno ze|odoslané z|trimis de pe|trimis din|trimis de|στάλθηκε από|αποστολή από|εστάλη από|được gửi từ|gửi từ|נשלח מ|נשלח באמצעות|poslano z|poslano s|slano sa|küldve:|ios-hez készült|dikirim dari|发自我的|来自我的|從我的|发自|傳送自我的|yahoo mail:|aol mail',
);
/** … or ends. */
const DEVICE_ENDS = list(
  'gesendet|gesendet.|gönderildi|gönderildi.|gonderildi|から送信|より送信|に送信|에서 보냄|에서 보낸 메일|-ról küldve|küldve|iphone-omról|lähetetty|mail gesendet|mobiltelefon gesendet|al edinin|edinin',
);

/** By their first, or last, three letters: most lines have none of them. */
const KEY = 3;
const by = (words: readonly string[], key: (word: string) => string): ReadonlyMap<string, readonly string[]> => Map.groupBy(words, key);
const beginnings = by(DEVICE_BEGINNINGS, (words) => words.slice(0, KEY));
const ends = by(DEVICE_ENDS, (words) => words.slice(-KEY));

export const isDeviceBeginning = (line: string): boolean => beginnings.get(line.slice(0, KEY))?.some((words) => line.startsWith(words)) ?? false;
export const isDeviceEnd = (line: string): boolean => ends.get(line.slice(-KEY))?.some((words) => line.endsWith(words)) ?? false;

/** «Best regards»: how a person takes leave. */
export const CLOSINGS = list(
  'best regards|kind regards|warm regards|warmest regards|with best regards|with kind regards|many thanks and best regards|many thanks and kind regards|thanks and regards|thanks & regards|thank you and regards|regards|best wishes|best|all the best|yours sincerely|yours faithfully|sincerely|sincerely yours|yours truly|cheers|respectfully|cordially|rgds|br|kr|' +
  'mit freundlichen grüßen|mit freundlichem gruß|mit freundlichen gruessen|mit besten grüßen|freundliche grüße|viele grüße|beste grüße|liebe grüße|herzliche grüße|schöne grüße|hochachtungsvoll|mfg|lg|vg|' +
  'cordialement|bien cordialement|très cordialement|bien à vous|sincères salutations|meilleures salutations|salutations distinguées|amicalement|respectueusement|cdlt|' +
  'saludos|un saludo|saludos cordiales|un cordial saludo|cordiales saludos|atentamente|muy atentamente|le saluda atentamente|cordialmente|reciba un cordial saludo|' +
  'cordiali saluti|distinti saluti|un cordiale saluto|saluti|un saluto|cari saluti|atenciosamente|cumprimentos|com os melhores cumprimentos|melhores cumprimentos|abraços|abraço|saudações|att|' +
  'met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|vriendelijke groeten|hartelijke groet|groeten|groet|mvg|med venlig hilsen|venlig hilsen|mvh|med vennlig hilsen|vennlig hilsen|med vänlig hälsning|med vänliga hälsningar|vänliga hälsningar|hälsningar|ystävällisin terveisin|terveisin|' +
  'поздрави|с поздрави|много поздрави|с уважение|сърдечни поздрави|поздрави и лек ден|с най-добри пожелания|приятен ден|лек ден|' +
  'с уважением|с наилучшими пожеланиями|всего доброго|всего наилучшего|с наилучшими|искренне ваш|с почтением|' +
  'pozdrawiam|pozdrawiam serdecznie|serdecznie pozdrawiam|z poważaniem|z wyrazami szacunku|łączę pozdrowienia|z pozdrowieniami|pozdrowienia|miłego dnia|' +
  'مع تحياتي|تحياتي|مع خالص التحية|مع أطيب التحيات|أطيب التحيات|مع التحية|خالص التحية|وتفضلوا بقبول فائق الاحترام|تفضلوا بقبول فائق الاحترام|مع فائق الاحترام|مع الشكر|مع جزيل الشكر|والسلام عليكم|' +
  'saygılarımla|saygılarımızla|iyi çalışmalar|iyi günler|selamlar|з повагою|з найкращими побажаннями|щиро ваш|s pozdravem|s přátelským pozdravem|s úctou|s pozdravom|cu stimă|cu respect|toate cele bune|με εκτίμηση|φιλικά|με φιλικούς χαιρετισμούς|üdvözlettel|tisztelettel|trân trọng|בברכה|lep pozdrav|srdačan pozdrav|よろしくお願いいたします|此致|祝好',
);

/** Thanks may be a farewell too. */
export const THANKS = list('thanks|many thanks|thank you|thanks again|thanks in advance|thank you very much|danke|vielen dank|merci|merci d\'avance|gracias|muchas gracias|grazie|obrigado|obrigada|bedankt|tak|tack|dziękuję|z góry dziękuję|благодаря|благодаря предварително|спасибо|заранее спасибо|شكرا|شكرا لكم|شكراً|teşekkürler|teşekkür ederim|дякую|děkuji');

/** A disclaimer speaks of secrecy or of the planet … */
export const SECRECY = list(
  'confidential|privileged|vertraulich|confidentiel|confidencial|riservat|confidenzial|vertrouwelijk|fortrolig|konfident|luottamuksell|поверителн|конфиденциалн|конфиденциальн|poufn|سري|gizli|конфіденційн|důvěrn|dôvern|confidențial|εμπιστευτικ|bizalmas|机密|機密|סודי|copyright protected|legally protected|sicherheitsgründen|considered private',
);
/** … and of those for whom it is, or is not. */
export const ADDRESSEES = list(
  'recipient|addressee|addressed|intended|empfänger|adressat|bestimmt|destinataire|destinatari|destinada|destinado|geadresseerde|bestemd|modtager|mottaker|mottagare|vastaanottaja|получател|адресат|предназначен|adresat|odbiorc|przeznaczon|المستلم|المرسل إليه|المستقبل|موجه|موجهة|alıcı|muhatab|одержувач|adresát|příjemc|príjemc|destinatar|παραλήπτη|címzett|收件人|受信者|נמען',
);
/** One of these alone begins such a paragraph. */
export const NOTICES = list(
  'virus-free|virenfrei|без вирусов|без вируси|wolny od wirusów|bez virů|sans virus|libre de virus|privo di virus|confidentiality notice|confidentiality note|disclaimer|legal notice|legal disclaimer|privileged and confidential|please consider the environment|consider the environment before|think before you print|save a tree|bitte denken sie an die umwelt|bitte prüfen sie, ob diese|pensez à l\'environnement|pensez à l’environnement|avis de confidentialité|aviso legal|aviso de confidencialidad|antes de imprimir|nota di riservatezza|avviso di riservatezza|aviso de confidencialidade|pense antes de imprimir|' +
  'моля, помислете за околната среда|помислете за природата|декларация за поверителност|пожалуйста, подумайте об окружающей среде|уведомление о конфиденциальности|zanim wydrukujesz|klauzula poufności|klauzula informacyjna|pomyśl o środowisku|إخلاء مسؤولية|إشعار السرية|إخلاء المسؤولية|yasal uyarı|this message and any attachments|this e-mail and any attachments|this email and any attachments|scanned by|this email has been checked for viruses|this e-mail has been checked for viruses|this email has been scanned|this message has been scanned|dieser e-mail wurde|diese e-mail wurde von avast|тази поща е проверена|это сообщение проверено на вирусы|ta wiadomość została sprawdzona',
);
/** Mailing lists say below each message how to leave them. */
export const LIST_FOOTERS = list(
  'mailing list|to unsubscribe from|unsubscribe from this group|you received this message because you are subscribed|you are receiving this because|reply to this email directly or view it on|mailman/listinfo|groups.google.com|liste de diffusion|mailingliste|lista dyskusyjna|чтобы отписаться|за да се отпишете',
);
