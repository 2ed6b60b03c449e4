import type { Language } from '../../../kernel/languages.ts';

export type ReadyKey = 'acknowledge' | 'out_of_hours' | 'thanks' | 'angry' | 'legal' | 'by_kind' | 'by_language' | 'route_kind' | 'remind' | 'remind_again' | 'close_waiting' | 'close_resolved';
type InAll<T> = Readonly<Record<Language, T>>;
type Named = { readonly name: string; readonly description: string };

const named = (name: string, description: string): Named => ({ name, description });

/** What the ready-made rules are called when a workspace gets them; afterwards they are its own. */
export const READY_NAMES: Readonly<Record<ReadyKey, InAll<Named>>> = {
  acknowledge: {
    en: named('Say that the mail has arrived', 'Mailboxes can do this by themselves; use this rule to make it depend on more. Nobody gets two such mails in a day.'),
    bg: named('Потвърждение, че писмото е получено', 'Пощенските кутии могат сами; с това правило може да зависи от още условия. Никой не получава две такива писма на ден.'),
    pl: named('Potwierdzenie otrzymania wiadomości', 'Skrzynki potrafią to same; reguła pozwala dodać warunki. Nikt nie dostaje dwóch takich maili dziennie.'),
    ru: named('Сообщить, что письмо получено', 'Почтовые ящики умеют это сами; правило позволяет добавить условия. Никто не получает двух таких писем в день.'),
    ar: named('الإبلاغ بوصول الرسالة', 'تستطيع صناديق البريد ذلك بنفسها؛ استخدم هذه القاعدة لإضافة شروط. لا يتلقى أحد رسالتين كهذه في اليوم.'),
  },
  out_of_hours: {
    en: named('Outside working hours, say when we are back', 'With the next opening of the calendar.'),
    bg: named('Извън работно време: кога сме отново тук', 'Със следващото отваряне по календара.'),
    pl: named('Poza godzinami pracy: kiedy wrócimy', 'Z najbliższym otwarciem według kalendarza.'),
    ru: named('В нерабочее время: когда мы вернёмся', 'С ближайшим открытием по календарю.'),
    ar: named('خارج ساعات العمل: متى نعود', 'مع موعد الافتتاح التالي حسب التقويم.'),
  },
  thanks: {
    en: named('A mere thank-you does not reopen', 'The ticket stays resolved: nobody is told, no clock runs. It stands in the log of the ticket, and one click opens it again.'),
    bg: named('Само благодарност не отваря отново', 'Запитването остава решено: никой не получава известие и не тече срок. Това стои в дневника му и се отваря отново с едно щракване.'),
    pl: named('Samo podziękowanie nie otwiera ponownie', 'Zgłoszenie pozostaje rozwiązane: nikt nie dostaje powiadomienia i nie biegnie żaden termin. Widać to w dzienniku, a jedno kliknięcie otwiera je ponownie.'),
    ru: named('Простая благодарность не открывает снова', 'Обращение остаётся решённым: никого не уведомляют, сроки не идут. Это видно в его журнале, и одно нажатие открывает его снова.'),
    ar: named('مجرد الشكر لا يعيد الفتح', 'تبقى التذكرة محلولة: لا إشعار لأحد ولا يبدأ أي موعد. يظهر ذلك في سجلها، وتُفتح من جديد بنقرة واحدة.'),
  },
  angry: {
    en: named('Mark messages that sound angry', 'A tag and nothing else: a person decides.'),
    bg: named('Отбелязване на съобщения, които звучат ядосано', 'Само етикет: решава човек.'),
    pl: named('Oznaczanie wiadomości, które brzmią gniewnie', 'Tylko etykieta: decyduje człowiek.'),
    ru: named('Отмечать сообщения, которые звучат раздражённо', 'Только метка: решает человек.'),
    ar: named('تمييز الرسائل التي تبدو غاضبة', 'وسم فقط، والقرار لإنسان.'),
  },
  legal: {
    en: named('Mark messages that speak of lawyers or authorities', 'A tag, and the leads are told: a person decides.'),
    bg: named('Отбелязване на съобщения за адвокати или институции', 'Етикет и известие до ръководителите: решава човек.'),
    pl: named('Oznaczanie wiadomości o prawnikach lub urzędach', 'Etykieta i powiadomienie kierowników: decyduje człowiek.'),
    ru: named('Отмечать сообщения о юристах и надзорных органах', 'Метка и уведомление руководителям: решает человек.'),
    ar: named('تمييز الرسائل التي تذكر محامين أو جهات رسمية', 'وسم وإشعار للمشرفين، والقرار لإنسان.'),
  },
  by_kind: {
    en: named('Complaints come first', 'Raises their priority. Add the team that looks after complaints.'),
    bg: named('Оплакванията са първи', 'Повишава приоритета им. Добавете екипа, който се грижи за оплакванията.'),
    pl: named('Skargi mają pierwszeństwo', 'Podnosi ich priorytet. Dodaj zespół, który zajmuje się skargami.'),
    ru: named('Жалобы — в первую очередь', 'Повышает их приоритет. Добавьте команду, которая занимается жалобами.'),
    ar: named('الشكاوى أولًا', 'يرفع أولويتها. أضف الفريق المسؤول عن الشكاوى.'),
  },
  by_language: {
    en: named('Other languages go to who speaks them', 'To the team that you name for the language, else to the one most of whose people speak it. Does nothing while there is none.'),
    bg: named('Другите езици отиват при тези, които ги говорят', 'При екипа, който посочите за езика, иначе при този, в който най-много хора го говорят. Докато няма такъв, не прави нищо.'),
    pl: named('Inne języki trafiają do tych, którzy je znają', 'Do zespołu wskazanego dla języka, a w przeciwnym razie do tego, w którym najwięcej osób go zna. Dopóki takiego nie ma, nic nie robi.'),
    ru: named('Другие языки — тем, кто на них говорит', 'Команде, указанной для языка, иначе той, где на нём говорит больше всего людей. Пока такой нет, ничего не делает.'),
    ar: named('اللغات الأخرى لمن يتحدثها', 'إلى الفريق الذي تسميه للغة، وإلا فإلى الفريق الذي يتحدثها أكثر أفراده. لا تفعل شيئًا ما دام لا يوجد.'),
  },
  route_kind: {
    en: named('Each kind to its team', 'Name a team for each kind, then switch it on. Kinds without a team stay where they are.'),
    bg: named('Всеки вид при своя екип', 'Посочете екип за всеки вид и включете правилото. Видове без екип остават, където са.'),
    pl: named('Każdy rodzaj do swojego zespołu', 'Wskaż zespół dla każdego rodzaju i włącz regułę. Rodzaje bez zespołu zostają tam, gdzie są.'),
    ru: named('Каждый вид — своей команде', 'Укажите команду для каждого вида и включите правило. Виды без команды остаются на месте.'),
    ar: named('كل نوع إلى فريقه', 'سمِّ فريقًا لكل نوع ثم شغّل القاعدة. الأنواع التي لا فريق لها تبقى في مكانها.'),
  },
  remind: {
    en: named('Remind the customer after 3 days', 'While we wait for their answer.'),
    bg: named('Напомняне на клиента след 3 дни', 'Докато чакаме отговора му.'),
    pl: named('Przypomnienie klientowi po 3 dniach', 'Gdy czekamy na odpowiedź.'),
    ru: named('Напомнить клиенту через 3 дня', 'Пока мы ждём ответа.'),
    ar: named('تذكير العميل بعد 3 أيام', 'ما دمنا ننتظر رده.'),
  },
  remind_again: {
    en: named('Remind the customer again after 7 days', 'While we wait for their answer.'),
    bg: named('Второ напомняне на клиента след 7 дни', 'Докато чакаме отговора му.'),
    pl: named('Drugie przypomnienie klientowi po 7 dniach', 'Gdy czekamy na odpowiedź.'),
    ru: named('Ещё раз напомнить клиенту через 7 дней', 'Пока мы ждём ответа.'),
    ar: named('تذكير العميل ثانيةً بعد 7 أيام', 'ما دمنا ننتظر رده.'),
  },
  close_waiting: {
    en: named('Resolve after 14 days without an answer', 'The customer is told; an answer opens the ticket again.'),
    bg: named('Решено след 14 дни без отговор', 'Клиентът научава; отговор отваря запитването отново.'),
    pl: named('Rozwiązane po 14 dniach bez odpowiedzi', 'Klient się o tym dowiaduje; odpowiedź otwiera zgłoszenie ponownie.'),
    ru: named('Решено через 14 дней без ответа', 'Клиент узнаёт об этом; ответ снова открывает обращение.'),
    ar: named('حل التذكرة بعد 14 يومًا دون رد', 'يُبلَّغ العميل، ورده يعيد فتح التذكرة.'),
  },
  close_resolved: {
    en: named('Close what has been resolved for 14 days', 'What comes afterwards begins a new ticket that refers to this one.'),
    bg: named('Затваряне 14 дни след решаването', 'Каквото дойде след това, започва ново запитване, свързано с това.'),
    pl: named('Zamknięcie 14 dni po rozwiązaniu', 'To, co przyjdzie później, zaczyna nowe zgłoszenie powiązane z tym.'),
    ru: named('Закрыть через 14 дней после решения', 'Что придёт потом, начнёт новое обращение со ссылкой на это.'),
    ar: named('إغلاق ما حُلّ منذ 14 يومًا', 'ما يأتي بعد ذلك يبدأ تذكرة جديدة تشير إلى هذه.'),
  },
};

/** What customers read; nothing that a stranger wrote is in what anybody can cause. */
export const READY_TEXTS: Readonly<Record<'acknowledge' | 'out_of_hours' | 'remind' | 'remind_again' | 'close_waiting' | 'legal', InAll<string>>> = {
  acknowledge: {
    en: 'Hello,\n\nthank you for writing to us. We have received your message and will answer it as soon as we can. Its number is {{ticket.number}}.\n\n{{workspace.name}}',
    bg: 'Здравейте,\n\nблагодарим Ви, че ни писахте. Получихме съобщението Ви и ще отговорим възможно най-скоро. Номерът му е {{ticket.number}}.\n\n{{workspace.name}}',
    pl: 'Dzień dobry,\n\ndziękujemy za wiadomość. Otrzymaliśmy ją i odpowiemy najszybciej, jak to możliwe. Jej numer to {{ticket.number}}.\n\n{{workspace.name}}',
    ru: 'Здравствуйте!\n\nСпасибо, что написали нам. Мы получили ваше сообщение и ответим как можно скорее. Его номер — {{ticket.number}}.\n\n{{workspace.name}}',
    ar: 'مرحبًا،\n\nشكرًا لتواصلك معنا. لقد استلمنا رسالتك وسنرد عليك في أقرب وقت ممكن. رقمها هو {{ticket.number}}.\n\n{{workspace.name}}',
  },
  out_of_hours: {
    en: 'Hello,\n\nthank you for writing to us. We have received your message (number {{ticket.number}}). Nobody is here at the moment. We are back: {{hours.next_opening}}. Then we will answer you.\n\n{{workspace.name}}',
    bg: 'Здравейте,\n\nблагодарим Ви, че ни писахте. Получихме съобщението Ви (номер {{ticket.number}}). В момента тук няма никого. Отново сме тук: {{hours.next_opening}}. Тогава ще Ви отговорим.\n\n{{workspace.name}}',
    pl: 'Dzień dobry,\n\ndziękujemy za wiadomość. Otrzymaliśmy ją (numer {{ticket.number}}). W tej chwili nikogo tu nie ma. Wracamy: {{hours.next_opening}}. Wtedy odpowiemy.\n\n{{workspace.name}}',
    ru: 'Здравствуйте!\n\nСпасибо, что написали нам. Мы получили ваше сообщение (номер {{ticket.number}}). Сейчас здесь никого нет. Мы вернёмся: {{hours.next_opening}}. Тогда и ответим.\n\n{{workspace.name}}',
    ar: 'مرحبًا،\n\nشكرًا لتواصلك معنا. لقد استلمنا رسالتك (رقم {{ticket.number}}). لا يوجد أحد هنا الآن. نعود: {{hours.next_opening}}، وعندها سنرد عليك.\n\n{{workspace.name}}',
  },
  remind: {
    en: 'Hello {{customer.first_name}},\n\nwe are waiting for your answer in the matter number {{ticket.number}}. To go on we need to hear from you: simply reply to this mail.\n\n{{workspace.name}}',
    bg: 'Здравейте {{customer.first_name}},\n\nочакваме Вашия отговор по запитване номер {{ticket.number}}. За да продължим, трябва да чуем от Вас: просто отговорете на този имейл.\n\n{{workspace.name}}',
    pl: 'Dzień dobry {{customer.first_name}},\n\nczekamy na odpowiedź w sprawie numer {{ticket.number}}. Abyśmy mogli działać dalej, wystarczy odpowiedzieć na tego maila.\n\n{{workspace.name}}',
    ru: 'Здравствуйте, {{customer.first_name}}!\n\nМы ждём вашего ответа по обращению номер {{ticket.number}}. Чтобы продолжить, просто ответьте на это письмо.\n\n{{workspace.name}}',
    ar: 'مرحبًا {{customer.first_name}}،\n\nننتظر ردك بشأن الطلب رقم {{ticket.number}}. لنتمكن من المتابعة، ما عليك سوى الرد على هذه الرسالة.\n\n{{workspace.name}}',
  },
  remind_again: {
    en: 'Hello {{customer.first_name}},\n\nwe still have no answer from you in the matter number {{ticket.number}}. If we do not hear from you within a week, we take it that nothing more is needed. A reply to this mail is enough.\n\n{{workspace.name}}',
    bg: 'Здравейте {{customer.first_name}},\n\nвсе още нямаме отговор от Вас по запитване номер {{ticket.number}}. Ако не чуем от Вас до една седмица, приемаме, че повече нищо не е нужно. Достатъчно е да отговорите на този имейл.\n\n{{workspace.name}}',
    pl: 'Dzień dobry {{customer.first_name}},\n\nnadal nie mamy odpowiedzi w sprawie numer {{ticket.number}}. Jeśli w ciągu tygodnia nie będzie wiadomości, uznamy, że nic więcej nie trzeba. Wystarczy odpowiedzieć na tego maila.\n\n{{workspace.name}}',
    ru: 'Здравствуйте, {{customer.first_name}}!\n\nУ нас всё ещё нет вашего ответа по обращению номер {{ticket.number}}. Если за неделю мы ничего не услышим, то решим, что больше ничего не нужно. Достаточно ответить на это письмо.\n\n{{workspace.name}}',
    ar: 'مرحبًا {{customer.first_name}}،\n\nلم يصلنا ردك بعد بشأن الطلب رقم {{ticket.number}}. إن لم يصلنا شيء خلال أسبوع فسنعتبر أنه لا حاجة إلى المزيد. يكفي الرد على هذه الرسالة.\n\n{{workspace.name}}',
  },
  close_waiting: {
    en: 'Hello {{customer.first_name}},\n\nas we have not heard from you, we have finished the matter number {{ticket.number}}. If something is still open, simply reply to this mail and we go on.\n\n{{workspace.name}}',
    bg: 'Здравейте {{customer.first_name}},\n\nтъй като нямаме вест от Вас, приключихме запитване номер {{ticket.number}}. Ако нещо остава, просто отговорете на този имейл и продължаваме.\n\n{{workspace.name}}',
    pl: 'Dzień dobry {{customer.first_name}},\n\nponieważ nie mamy odpowiedzi, zakończyliśmy sprawę numer {{ticket.number}}. Jeśli coś jest jeszcze otwarte, wystarczy odpowiedzieć na tego maila.\n\n{{workspace.name}}',
    ru: 'Здравствуйте, {{customer.first_name}}!\n\nМы не получили ответа и завершили обращение номер {{ticket.number}}. Если что-то осталось, просто ответьте на это письмо, и мы продолжим.\n\n{{workspace.name}}',
    ar: 'مرحبًا {{customer.first_name}}،\n\nبما أنه لم يصلنا ردك، فقد أنهينا الطلب رقم {{ticket.number}}. إن بقي شيء مفتوحًا فما عليك سوى الرد على هذه الرسالة وسنتابع.\n\n{{workspace.name}}',
  },
  legal: {
    en: 'A customer speaks of lawyers or authorities.', bg: 'Клиент споменава адвокати или институции.', pl: 'Klient wspomina o prawnikach lub urzędach.',
    ru: 'Клиент упоминает юристов или надзорные органы.', ar: 'عميل يذكر محامين أو جهات رسمية.',
  },
};
