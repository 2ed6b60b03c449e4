import { folded, foldedList as list } from './lines.ts';

/** The words of signatures and of lawyers, by language. All in lower case, compared without accents. */

/** «Best regards»: how a person takes leave. */
export const CLOSINGS = list(
  'salutations|cdt|cordt|bien cdt|slds|sds|atte|m.f.g|pozdr|pzdr|z pow|с ув|с уваж|brgds|b.rgds|best rgds|kind rgds|thx & rgds|tks & rgds|gr|br|best regards|have a nice day|have a great day|have a good day|einen schönen tag|schönen tag noch|bonne journée|bonne soirée|buona giornata|buona serata|que tenga un buen día|buen día|bom dia de trabalho|fijne dag|prettige dag|хубав ден|приятна вечер|хорошего дня|доброго дня|гарного дня|o zi bună|o zi frumoasă|o seară frumoasă|o zi buna in continuare|herzlichst|с добри пожелания|с уважение и поздрави|с пожелания за успешен ден|успешен ден|kind regards|warm regards|warmest regards|with best regards|with kind regards|many thanks and best regards|many thanks and kind regards|thanks and regards|thanks & regards|thank you and regards|regards|best wishes|best|all the best|yours sincerely|yours faithfully|sincerely|sincerely yours|yours truly|cheers|respectfully|cordially|rgds|br|kr|' +
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

/** Parts of whole sentences of farewell. */
export const FORMULAS = list('salutations distinguées|sincères salutations|meilleures salutations|salutations les meilleures|prie d\'agréer|prie de croire|veuillez agréer|saluda atentamente|reciba un cordial saludo|reciban un cordial|aprovecho para saludar|porgo cordiali|porgiamo distinti|verbleibe ich mit|verbleiben wir mit|łączę wyrazy szacunku|с уважением и|приемете моите|примите уверения|وتفضلوا بقبول|تفضلوا بقبول');

/** Thanks may be a farewell too. */
export const THANKS = list('thanks|thx|tks|thank you in advance|thank you so much|thanks a lot|thanks so much|besten dank|herzlichen dank|vielen lieben dank|danke schön|dankeschön|danke im voraus|vielen dank im voraus|danke vorab|merci beaucoup|merci bien|merci par avance|merci à vous|gracias de antemano|mil gracias|grazie mille|grazie in anticipo|molte grazie|muito obrigado|muito obrigada|obrigado desde já|dank u|dank u wel|dank je wel|alvast bedankt|hartelijk dank|dziękuję bardzo|bardzo dziękuję|dzięki|много благодаря|благодаря ви|благодарим|мерси|большое спасибо|спасибо большое|благодарю|شكرا جزيلا|شكرا مقدما|çok teşekkürler|şimdiden teşekkürler|teşekkür ederiz|щиро дякую|дуже дякую|дякуємо|mulțumesc|mulțumesc mult|mulțumesc anticipat|vă mulțumesc|mulțumim|hvala|díky|ďakujem|köszönöm|ευχαριστώ|kiitos|tak på forhånd|many thanks|thank you|thanks again|thanks in advance|thank you very much|danke|vielen dank|merci|merci d\'avance|gracias|muchas gracias|grazie|obrigado|obrigada|bedankt|tak|tack|dziękuję|z góry dziękuję|благодаря|благодаря предварително|спасибо|заранее спасибо|شكرا|شكرا لكم|شكراً|teşekkürler|teşekkür ederim|дякую|děkuji');

/** A disclaimer speaks of secrecy or of the planet … */
export const SECRECY = list(
  'confidential|privileged|vertraulich|confidentiel|confidencial|riservat|confidenzial|vertrouwelijk|fortrolig|konfident|luottamuksell|поверителн|конфиденциалн|конфиденциальн|poufn|سري|gizli|конфіденційн|důvěrn|dôvern|confidențial|εμπιστευτικ|bizalmas|机密|機密|סודי|copyright protected|legally protected|sicherheitsgründen|considered private',
);
/** … and of those for whom it is, or is not. */
export const ADDRESSEES = list(
  'recipient|addressee|addressed|intended|empfänger|adressat|bestimmt|destinat|destinad|geadresseerde|bestemd|modtager|mottaker|mottagare|vastaanottaja|получател|адресат|предназначен|adresat|odbiorc|przeznaczon|المستلم|المرسل إليه|المستقبل|موجه|alıcı|muhatab|одержувач|příjemc|παραλήπτη|címzett|收件人|受信者|נמען',
);
/** … and of itself. */
export const MAILS = list('mail|message|communication|transmission|attachment|nachricht|anlage|anhang|correo|mensaje|messagg|comunica|allegat|mensagem|anexo|bericht|bijlage|meddelande|meddelelse|besked|melding|viesti|писмо|съобщение|поща|приложен|сообщени|письм|повідомлен|лист|wiadomoś|załącznik|رسالة|البريد|مرفق|ileti|mesaj|posta|zpráv|správ|üzenet|μήνυμα|邮件|郵件|メール|הודעה|poruka|sporočilo');
/** One of these begins such a paragraph, when it goes on in its manner. */
export const HEADINGS = list(
  'confidentiality|disclaimer|legal notice|legal disclaimer|notice:|important notice|vertraulichkeit|wichtiger hinweis|hinweis:|rechtlicher hinweis|avis de confidentialité|avertissement|aviso legal|aviso de confidencialidad|nota di riservatezza|avviso di riservatezza|ai sensi|privacy|aviso importante|vrijwaring|' +
  'декларация за поверителност|внимание|поверителност|уведомление о конфиденциальности|конфиденциальность|klauzula|uwaga|zastrzeżenie|rodo|إخلاء مسؤولية|إخلاء المسؤولية|إشعار السرية|تنبيه|yasal uyarı|gizlilik|конфіденційність|увага|notificare|confidențialitate',
);
/** A virus scanner has found nothing. */
export const SCANS = list('virus|viruses|viren|вирус|вірус|wirus|virů|vírus|ιός|فيروس');
/** One of these alone begins such a paragraph. */
export const NOTICES = list(
  'virus-free|virenfrei|без вирусов|без вируси|wolny od wirusów|bez virů|sans virus|libre de virus|privo di virus|privileged and confidential|please consider the environment|sender notified by|consider the environment before|think before you print|save a tree|bitte denken sie an die umwelt|bitte prüfen sie, ob diese|pensez à l\'environnement|antes de imprimir|pense antes de imprimir|' +
  'моля, помислете за околната среда|помислете за природата|пожалуйста, подумайте об окружающей среде|zanim wydrukujesz|pomyśl o środowisku|this message and any attachments|this e-mail and any attachments|this email and any attachments|scanned by|this email has been checked for viruses|this e-mail has been checked for viruses|this email has been scanned|this message has been scanned|dieser e-mail wurde|diese e-mail wurde von avast|тази поща е проверена|это сообщение проверено на вирусы|ta wiadomość została sprawdzona',
);
/** Mailing lists say below each message how to leave them. */
export const LIST_FOOTERS = list(
  'mailing list|to unsubscribe from|unsubscribe from this group|you received this message because you are subscribed|you are receiving this because|reply to this email directly or view it on|mailman/listinfo|groups.google.com|liste de diffusion|mailingliste|lista dyskusyjna|чтобы отписаться|за да се отпишете',
);

/** No lawyer and no virus scanner says «I». */
export const MYSELF: ReadonlySet<string> = new Set(list('me|my|ich|mir|mich|mein|meine|meinen|je|j\'ai|moi|mes|yo|mis|io|mio|mia|miei|eu|meu|minha|ik|mijn|mij|аз|ми|ме|моя|моят|моето|я|мне|меня|мой|мои|ja|mnie|mój|moje|moja|ben|benim|bana|мені|мене|мої|أنا|jag|mig|jeg|já|mně'));
/** With a number: of an order or a parcel rather than of a telephone. */
export const NUMBERED = new RegExp(folded('tracking|order|invoice|parcel|shipment|serial|reference|\\bref\\b|ticket|account|iban|booking|поръчк|фактура|пратка|товарителниц|заказ|счет|посылк|накладн|трек|zamówieni|przesył|paczk|faktur|bestell|rechnung|sendung|auftrag|kundennummer|commande|facture|colis|suivi|pedido|factura|envío|seguimiento|ordine|fattura|spedizione|encomenda|rastre|fatura|sipariş|kargo|takip|замовленн|рахунок|посилк|طلب|فاتورة|شحنة|تتبع|comanda|colet|objednáv|faktúr'), 'u');
/** … unless one of these says so. */
export const TELEPHONES = new RegExp(folded('\\+\\d|\\b(?:tel|telefon|telephone|phone|fon|fax|mob|mobile|mobil|gsm|cell|kom|telf|tlf)\\b|тел|моб|gsm|هاتف|جوال|\\S@\\S'), 'u');
/** How a message begins. */
export const GREETINGS = list('hi|hello|dear|good morning|good afternoon|guten tag|guten morgen|hallo|sehr geehrte|liebe|bonjour|cher|chère|madame|hola|buenos días|buenas tardes|estimad|buongiorno|gentile|salve|ciao|olá|bom dia|boa tarde|prezad|caro|merhaba|sayın|iyi günler|здравейте|здравей|добър ден|уважаем|здравствуйте|добрый день|dzień dobry|szanown|witam|مرحبا|السلام عليكم|عزيز|добрий день|вітаю|шановн|beste|geachte|goedendag|bună ziua|bună|stimat|hej|hei|dobrý den');
/** Who speaks uses one of these; names and positions do without. */
export const SPOKEN: ReadonlySet<string> = new Set(list(
  'i|me|my|we|you|your|he|she|they|it|is|are|was|were|have|has|had|will|can|please|not|ich|mir|wir|sie|ihr|bitte|ist|sind|war|habe|haben|kann|nicht|je|j\'ai|nous|vous|est|sont|avez|pas|svp|yo|nosotros|usted|es|está|son|tengo|por favor|io|noi|lei|è|sono|ho|non|eu|nós|você|são|tenho|não|ik|wij|u|is|zijn|heb|niet|' +
  'аз|ние|вие|ви|ми|ми|е|са|съм|ще|моля|не|няма|имам|я|мы|вы|мне|вас|вам|есть|нет|пожалуйста|прошу|ja|mnie|mi|my|pan|pani|państwo|jest|są|mam|nie|proszę|ben|biz|siz|lütfen|değil|var|yok|ми|ви|мені|вас|є|немає|будь|eu|noi|este|sunt|am|nu|أنا|نحن|أنت|أنتم|هل|لا|من فضلك|أرجو',
));
