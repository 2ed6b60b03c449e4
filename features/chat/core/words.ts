import type { Language } from '../../../kernel/languages.ts';
import { momentInWords, type Clocks } from './moments.ts';
import type { NOTICES } from './visitor-contract.ts';

type Notice = (typeof NOTICES)[number];
/** What stands in a notice: names, addresses, and moments as they are to be read. */
export type Values = Readonly<Record<string, string>>;

const EN: Record<Notice, string> = {
  outside_hours: 'We are not here right now. We will answer {when}.',
  waiting_longer: 'We have not forgotten you: everybody is busy at the moment. Please stay, you keep your place.',
  leave_address: 'It takes longer than it should, and we are sorry. Leave your e-mail address, and we will answer there as well: you need not wait here.',
  joined: '{name} is here for you now.',
  transferred: 'You are being passed on to a colleague who can help you better.',
  still_there: 'Are you still there? If you have no more questions, we will close this chat soon.',
  ended_idle: 'We have closed this chat because it was quiet for a while. Write again whenever you like: everything is kept.',
  ended_by_agent: 'The chat has ended. Write again whenever you like: everything is kept.',
  ended_by_visitor: 'You have ended the chat. Write again whenever you like: everything is kept.',
  sent_by_mail: 'You were away, so we sent our answer to {address} as well.',
  address_left: 'If you go away, our answer will come to {address}.',
  transcript_sent: 'The conversation is on its way to {address}.',
  nobody_here: 'Nobody of us is here at this moment, although it is our time. You need not wait: leave your e-mail address, and we will answer as soon as somebody is back.',
  still_busy: '{name} is still with you, and it takes a little longer. Please stay.',
  call_asked: 'You asked for a call. We will call you at {phone}: {when}.',
};
const BG: Record<Notice, string> = {
  outside_hours: 'В момента не сме тук. Ще отговорим {when}.',
  waiting_longer: 'Не сме ви забравили: в момента всички са заети. Моля, останете, мястото ви на опашката се пази.',
  leave_address: 'Отнема повече време, отколкото трябва, за което се извиняваме. Оставете имейл адрес и ще отговорим и там: не е нужно да чакате тук.',
  joined: '{name} вече е на ваше разположение.',
  transferred: 'Прехвърляме ви към колега, който може да ви помогне по-добре.',
  still_there: 'Още ли сте тук? Ако нямате повече въпроси, скоро ще затворим този чат.',
  ended_idle: 'Затворихме този чат, защото известно време беше тихо. Пишете отново, когато пожелаете: всичко се пази.',
  ended_by_agent: 'Чатът приключи. Пишете отново, когато пожелаете: всичко се пази.',
  ended_by_visitor: 'Приключихте чата. Пишете отново, когато пожелаете: всичко се пази.',
  sent_by_mail: 'Нямаше ви, затова изпратихме отговора си и на {address}.',
  address_left: 'Ако излезете, отговорът ни ще дойде на {address}.',
  transcript_sent: 'Разговорът е изпратен на {address}.',
  nobody_here: 'В момента никой от нас не е тук, макар да е работно време. Не е нужно да чакате: оставете имейл адрес и ще отговорим веднага щом някой се върне.',
  still_busy: '{name} продължава да работи по въпроса ви, но отнема малко повече време. Моля, останете.',
  call_asked: 'Поискахте обаждане. Ще ви се обадим на {phone}: {when}.',
};
const PL: Record<Notice, string> = {
  outside_hours: 'Teraz nas nie ma. Odpowiemy {when}.',
  waiting_longer: 'Pamiętamy o Tobie: w tej chwili wszyscy są zajęci. Zaczekaj, zachowujesz swoje miejsce w kolejce.',
  leave_address: 'Trwa to dłużej, niż powinno, przepraszamy. Zostaw adres e-mail, a odpowiemy także tam: nie musisz tu czekać.',
  joined: '{name} jest teraz do Twojej dyspozycji.',
  transferred: 'Przekazujemy Cię do osoby, która lepiej Ci pomoże.',
  still_there: 'Czy nadal tu jesteś? Jeśli nie masz więcej pytań, wkrótce zamkniemy ten czat.',
  ended_idle: 'Zamknęliśmy ten czat, bo przez jakiś czas było cicho. Napisz ponownie, kiedy zechcesz: wszystko jest zachowane.',
  ended_by_agent: 'Czat został zakończony. Napisz ponownie, kiedy zechcesz: wszystko jest zachowane.',
  ended_by_visitor: 'Zakończono czat. Napisz ponownie, kiedy zechcesz: wszystko jest zachowane.',
  sent_by_mail: 'Nie było Cię, więc wysłaliśmy odpowiedź także na {address}.',
  address_left: 'Jeśli wyjdziesz, nasza odpowiedź przyjdzie na {address}.',
  transcript_sent: 'Zapis rozmowy został wysłany na {address}.',
  nobody_here: 'W tej chwili nikogo z nas nie ma, choć to nasze godziny pracy. Nie musisz czekać: zostaw adres e-mail, a odpowiemy, gdy tylko ktoś wróci.',
  still_busy: '{name} nadal zajmuje się Twoją sprawą, trwa to trochę dłużej. Prosimy o chwilę cierpliwości.',
  call_asked: 'Masz zamówioną rozmowę telefoniczną. Zadzwonimy pod numer {phone}: {when}.',
};
const RU: Record<Notice, string> = {
  outside_hours: 'Сейчас нас нет. Мы ответим {when}.',
  waiting_longer: 'Мы о вас помним: сейчас все заняты. Пожалуйста, подождите, ваше место в очереди сохраняется.',
  leave_address: 'Это занимает больше времени, чем должно, простите. Оставьте адрес почты, и мы ответим и туда: ждать здесь не нужно.',
  joined: '{name} теперь на связи с вами.',
  transferred: 'Мы передаём вас коллеге, который сможет помочь лучше.',
  still_there: 'Вы ещё здесь? Если вопросов больше нет, мы скоро закроем этот чат.',
  ended_idle: 'Мы закрыли этот чат, потому что некоторое время было тихо. Пишите снова, когда захотите: всё сохранено.',
  ended_by_agent: 'Чат завершён. Пишите снова, когда захотите: всё сохранено.',
  ended_by_visitor: 'Вы завершили чат. Пишите снова, когда захотите: всё сохранено.',
  sent_by_mail: 'Вас не было, поэтому мы отправили ответ и на {address}.',
  address_left: 'Если вы уйдёте, наш ответ придёт на {address}.',
  transcript_sent: 'Запись разговора отправлена на {address}.',
  nobody_here: 'Сейчас никого из нас нет на месте, хотя это наше рабочее время. Ждать не нужно: оставьте адрес почты, и мы ответим, как только кто-нибудь вернётся.',
  still_busy: '{name} по-прежнему занимается вашим вопросом, это займёт чуть больше времени. Пожалуйста, подождите.',
  call_asked: 'Вы попросили перезвонить. Мы позвоним вам по номеру {phone}: {when}.',
};
const AR: Record<Notice, string> = {
  outside_hours: 'لسنا متاحين الآن. سنرد {when}.',
  waiting_longer: 'لم ننسك: الجميع مشغول في هذه اللحظة. نرجو أن تبقى، فمكانك في الدور محفوظ.',
  leave_address: 'يستغرق الأمر أطول مما ينبغي، ونعتذر عن ذلك. اترك بريدك الإلكتروني وسنرد عليه أيضًا، ولا حاجة إلى الانتظار هنا.',
  joined: '{name} معك الآن.',
  transferred: 'سنحولك إلى زميل يستطيع مساعدتك بشكل أفضل.',
  still_there: 'هل ما زلت هنا؟ إن لم تكن لديك أسئلة أخرى فسنغلق هذه المحادثة قريبًا.',
  ended_idle: 'أغلقنا هذه المحادثة لأنها بقيت هادئة مدة. اكتب لنا متى شئت، فكل شيء محفوظ.',
  ended_by_agent: 'انتهت المحادثة. اكتب لنا متى شئت، فكل شيء محفوظ.',
  ended_by_visitor: 'أنهيت المحادثة. اكتب لنا متى شئت، فكل شيء محفوظ.',
  sent_by_mail: 'لم تكن هنا، لذا أرسلنا ردنا إلى {address} أيضًا.',
  address_left: 'إذا خرجت فسيصلك ردنا على {address}.',
  transcript_sent: 'المحادثة في طريقها إلى {address}.',
  nobody_here: 'لا أحد منا هنا في هذه اللحظة مع أنه وقت عملنا. لا حاجة إلى الانتظار: اترك بريدك الإلكتروني وسنرد حالما يعود أحدنا.',
  still_busy: 'ما زال {name} معك، ويستغرق الأمر وقتًا أطول قليلًا. نرجو أن تبقى.',
  call_asked: 'طلبت أن نتصل بك. سنتصل على الرقم \u2066{phone}\u2069: {when}.',
};
const WORDS: Record<Language, Record<Notice, string>> = { en: EN, bg: BG, pl: PL, ru: RU, ar: AR };

/** A notice as the visitor reads it. */
export const inWords = (notice: Notice, values: Values, language: Language): string =>
  WORDS[language][notice].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);

const SOON: Record<Language, string> = { en: 'as soon as we can', bg: 'възможно най-скоро', pl: 'tak szybko, jak to możliwe', ru: 'как только сможем', ar: 'في أقرب وقت ممكن' };
const FROM: Record<Language, string> = { en: 'from {at}', bg: 'след {at}', pl: 'po {at}', ru: 'после {at}', ar: 'بعد {at}' };

/** When somebody is there again, as it is said, and honestly when nobody knows. */
export const openingInWords = (at: Date | null, clocks: Clocks, language: Language): string =>
  (at === null ? SOON[language] : FROM[language].replace('{at}', () => momentInWords(at, clocks, language)));

const GUEST: Record<Language, string> = { en: 'Guest', bg: 'Гост', pl: 'Gość', ru: 'Гость', ar: 'زائر' };
/** What a visitor who gave no name is called, so that two can be told apart. */
export const guestName = (id: string, language: Language): string => `${GUEST[language]} ${id.slice(-4).toUpperCase()}`;

const SUBJECT: Record<Language, string> = { en: 'Chat with {name}', bg: 'Чат с {name}', pl: 'Czat: {name}', ru: 'Чат: {name}', ar: 'محادثة مع {name}' };
export const subjectFor = (name: string, language: Language): string => SUBJECT[language].replace('{name}', name);

const MAIL: Record<Language, { subject: string; above: string; below: string; transcript: string; /** Stands for what a guest wrote. */ own: string }> = {
  en: { subject: 'Our answer to your chat', above: 'You were away when we answered:', below: 'Answer this mail, or come back to the chat: it is one conversation.', transcript: 'Your conversation with us', own: '[You wrote something here]' },
  bg: { subject: 'Нашият отговор на вашия чат', above: 'Нямаше ви, когато отговорихме:', below: 'Отговорете на този имейл или се върнете в чата: това е един разговор.', transcript: 'Вашият разговор с нас', own: '[Тук вие писахте]' },
  pl: { subject: 'Nasza odpowiedź na Twój czat', above: 'Nie było Cię, gdy odpowiedzieliśmy:', below: 'Odpowiedz na tę wiadomość albo wróć do czatu: to jedna rozmowa.', transcript: 'Twoja rozmowa z nami', own: '[Tutaj była Twoja wiadomość]' },
  ru: { subject: 'Наш ответ на ваш чат', above: 'Вас не было, когда мы ответили:', below: 'Ответьте на это письмо или вернитесь в чат: это один разговор.', transcript: 'Ваш разговор с нами', own: '[Здесь было ваше сообщение]' },
  ar: { subject: 'ردنا على محادثتك', above: 'لم تكن هنا حين أجبنا:', below: 'أجب على هذه الرسالة أو عد إلى المحادثة: إنها محادثة واحدة.', transcript: 'محادثتك معنا', own: '[كتبت شيئًا هنا]' },
};
export const mailWords = (language: Language) => MAIL[language];
