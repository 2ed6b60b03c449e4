import type { Language } from '../../../kernel/languages.ts';

/** `html` is a fragment; whoever sends it gives it a document with the language and its direction. */
export type Letter = { readonly subject: string; readonly text: string; readonly html: string; readonly language: Language };

/** For whoever cannot follow the link: a code, and the page on which it is typed (null: the one that asked for the mail, which is open). */
type TypedCode = { readonly code: string; readonly at: string | null };

export type LetterWords = {
  readonly subject: string;
  readonly greeting: string;
  readonly before: string;
  readonly link: string;
  readonly after: string;
};

/** Invites somebody to join a workspace. The link is good for seven days. */
export const invitationLetter = ({ language, name, inviter, workspace, link, typed }: {
  language: Language; name: string; inviter: string; workspace: string; link: string; typed?: TypedCode;
}): Letter => composeLetter(language, link, INVITATION[language]({ name, inviter, workspace }), typed);

/** Lets somebody choose a new password. The link is good for 30 minutes. */
export const resetLetter = ({ language, name, workspace, link, typed }: {
  language: Language; name: string; workspace: string; link: string; typed?: TypedCode;
}): Letter => composeLetter(language, link, RESET[language]({ name, workspace }), typed);

/** Tells somebody that their password was changed, so that nobody can do it behind their back. */
export const passwordChangedLetter = ({ language, name, workspace, link }: {
  language: Language; name: string; workspace: string; link: string;
}): Letter => composeLetter(language, link, PASSWORD_CHANGED[language]({ name, workspace }));

type Named = { name: string; workspace: string };
type Table<T> = Readonly<Record<Language, (values: T) => LetterWords>>;

const INVITATION: Table<Named & { inviter: string }> = {
  en: ({ name, inviter, workspace }) => ({
    subject: `${inviter} invites you to ${workspace}`,
    greeting: `Hello ${name},`,
    before: `${inviter} invites you to work on customers’ questions at ${workspace}. Choose your password here:`,
    link: 'Accept the invitation',
    after: 'The link works once, within seven days. If you did not expect this mail, you need not do anything.',
  }),
  bg: ({ name, inviter, workspace }) => ({
    subject: `${inviter} Ви кани в ${workspace}`,
    greeting: `Здравейте, ${name},`,
    before: `${inviter} Ви кани да отговаряте на въпросите на клиентите на ${workspace}. Изберете паролата си тук:`,
    link: 'Приемане на поканата',
    after: 'Връзката работи веднъж, в срок от седем дни. Ако не сте очаквали това писмо, не е нужно да правите нищо.',
  }),
  pl: ({ name, inviter, workspace }) => ({
    subject: `${inviter} zaprasza do ${workspace}`,
    greeting: `Dzień dobry, ${name},`,
    before: `${inviter} zaprasza do wspólnej obsługi klientów w ${workspace}. Hasło można ustawić tutaj:`,
    link: 'Przyjmij zaproszenie',
    after: 'Link działa jeden raz, przez siedem dni. Jeśli ta wiadomość jest nieoczekiwana, nie trzeba nic robić.',
  }),
  ru: ({ name, inviter, workspace }) => ({
    subject: `${inviter} приглашает вас в ${workspace}`,
    greeting: `Здравствуйте, ${name}!`,
    before: `${inviter} приглашает вас отвечать на вопросы клиентов ${workspace}. Придумайте пароль здесь:`,
    link: 'Принять приглашение',
    after: 'Ссылка сработает один раз в течение семи дней. Если вы не ждали этого письма, ничего делать не нужно.',
  }),
  ar: ({ name, inviter, workspace }) => ({
    subject: `دعوة من ${inviter} للانضمام إلى ${workspace}`,
    greeting: `مرحبًا ${name}،`,
    before: `يدعوك ${inviter} للمشاركة في الرد على عملاء ${workspace}. اختر كلمة المرور الخاصة بك من هنا:`,
    link: 'قبول الدعوة',
    after: 'يعمل الرابط مرة واحدة فقط خلال سبعة أيام. إذا لم تكن تتوقع هذه الرسالة فلا داعي لأي إجراء.',
  }),
};

const RESET: Table<Named> = {
  en: ({ name, workspace }) => ({
    subject: `Choose a new password for ${workspace}`,
    greeting: `Hello ${name},`,
    before: `somebody, probably you, asked for a new password at ${workspace}. Choose it here:`,
    link: 'Choose a new password',
    after: 'The link works once, within 30 minutes. If it was not you, ignore this mail: your password stays as it is.',
  }),
  bg: ({ name, workspace }) => ({
    subject: `Нова парола за ${workspace}`,
    greeting: `Здравейте, ${name},`,
    before: `някой, вероятно Вие, поиска нова парола за ${workspace}. Изберете я тук:`,
    link: 'Избор на нова парола',
    after: 'Връзката работи веднъж, в рамките на 30 минути. Ако не сте били Вие, не обръщайте внимание на писмото: паролата Ви остава същата.',
  }),
  pl: ({ name, workspace }) => ({
    subject: `Nowe hasło do ${workspace}`,
    greeting: `Dzień dobry, ${name},`,
    before: `otrzymaliśmy prośbę o nowe hasło do ${workspace}. Można je ustawić tutaj:`,
    link: 'Ustaw nowe hasło',
    after: 'Link działa jeden raz, przez 30 minut. Jeśli prośba nie pochodzi od Ciebie, zignoruj tę wiadomość: hasło pozostanie bez zmian.',
  }),
  ru: ({ name, workspace }) => ({
    subject: `Новый пароль для ${workspace}`,
    greeting: `Здравствуйте, ${name}!`,
    before: `Кто-то, вероятно вы, запросил новый пароль для ${workspace}. Задайте его здесь:`,
    link: 'Задать новый пароль',
    after: 'Ссылка сработает один раз в течение 30 минут. Если это были не вы, просто не отвечайте на письмо: пароль останется прежним.',
  }),
  ar: ({ name, workspace }) => ({
    subject: `كلمة مرور جديدة في ${workspace}`,
    greeting: `مرحبًا ${name}،`,
    before: `طلب أحدهم، ولعله أنت، كلمة مرور جديدة في ${workspace}. اخترها من هنا:`,
    link: 'اختيار كلمة مرور جديدة',
    after: 'يعمل الرابط مرة واحدة فقط خلال 30 دقيقة. إذا لم تكن أنت من طلب ذلك فتجاهل هذه الرسالة، وستبقى كلمة مرورك كما هي.',
  }),
};

const PASSWORD_CHANGED: Table<Named> = {
  en: ({ name, workspace }) => ({
    subject: `Your password for ${workspace} was changed`,
    greeting: `Hello ${name},`,
    before: `your password at ${workspace} was changed, and all other devices were signed out. If it was you, all is well. If not, choose a new one at once:`,
    link: 'Choose a new password',
    after: 'And tell whoever manages people in your company.',
  }),
  bg: ({ name, workspace }) => ({
    subject: `Паролата Ви за ${workspace} беше сменена`,
    greeting: `Здравейте, ${name},`,
    before: `паролата Ви за ${workspace} беше сменена и всички други устройства бяха отписани. Ако сте били Вие, всичко е наред. Ако не, веднага изберете нова:`,
    link: 'Избор на нова парола',
    after: 'И уведомете човека, който управлява потребителите във Вашата фирма.',
  }),
  pl: ({ name, workspace }) => ({
    subject: `Hasło do ${workspace} zostało zmienione`,
    greeting: `Dzień dobry, ${name},`,
    before: `hasło do ${workspace} zostało zmienione, a pozostałe urządzenia wylogowane. Jeśli to Twoja zmiana, wszystko jest w porządku. Jeśli nie, od razu ustaw nowe:`,
    link: 'Ustaw nowe hasło',
    after: 'Powiadom też osobę, która zarządza użytkownikami w firmie.',
  }),
  ru: ({ name, workspace }) => ({
    subject: `Пароль для ${workspace} изменён`,
    greeting: `Здравствуйте, ${name}!`,
    before: `Ваш пароль для ${workspace} изменён, на остальных устройствах выполнен выход. Если это сделали вы, всё в порядке. Если нет, сразу задайте новый:`,
    link: 'Задать новый пароль',
    after: 'И сообщите тому, кто управляет пользователями в вашей компании.',
  }),
  ar: ({ name, workspace }) => ({
    subject: `تم تغيير كلمة مرورك في ${workspace}`,
    greeting: `مرحبًا ${name}،`,
    before: `تم تغيير كلمة مرورك في ${workspace} وتسجيل الخروج من جميع الأجهزة الأخرى. إذا كنت أنت من غيّرها فلا مشكلة، وإلا فاختر كلمة جديدة فورًا:`,
    link: 'اختيار كلمة مرور جديدة',
    after: 'وأبلغ من يدير المستخدمين في شركتك.',
  }),
};

const OR_TYPE: Readonly<Record<Language, (at: string) => string>> = {
  en: (at) => `Or open ${at} and type this code:`,
  bg: (at) => `Или отворете ${at} и въведете този код:`,
  pl: (at) => `Można też otworzyć ${at} i wpisać ten kod:`,
  ru: (at) => `Или откройте ${at} и введите этот код:`,
  ar: (at) => `أو افتح ${at} وأدخل هذا الرمز:`,
};

const OR_TYPE_THERE: Readonly<Record<Language, string>> = {
  en: 'Or type this code on the page where you asked for this mail:',
  bg: 'Или въведете този код на страницата, от която поискахте това писмо:',
  pl: 'Można też wpisać ten kod na stronie, z której zamówiono tę wiadomość:',
  ru: 'Или введите этот код на странице, где вы запросили это письмо:',
  ar: 'أو أدخل هذا الرمز في الصفحة التي طلبت منها هذه الرسالة:',
};

export function composeLetter(language: Language, url: string, words: LetterWords, typed?: TypedCode): Letter {
  const { subject, greeting, link, after } = words;
  const before = withOneStop(words.before);
  const orType = wayToType(language, typed);
  const paragraph = (text: string): string => `<p>${escapeHtml(text)}</p>`;
  const html = [
    '<div style="font-family: system-ui, sans-serif; line-height: 1.5; max-width: 36em">',
    paragraph(greeting), paragraph(before),
    `<p><a href="${escapeHtml(url)}">${escapeHtml(link)}</a></p>`,
    `<p dir="ltr" style="word-break: break-all">${escapeHtml(url)}</p>`,
    ...(typed ? [paragraph(orType), `<p dir="ltr" style="font-family: monospace; font-size: 1.2em">${escapeHtml(typed.code)}</p>`] : []),
    paragraph(after), '</div>',
  ].join('\n');
  const parts = [greeting, before, url, ...(typed ? [orType, typed.code] : []), after];
  return { subject, text: `${parts.join('\n\n')}\n`, html, language };
}

function wayToType(language: Language, typed: TypedCode | undefined): string {
  if (!typed) return '';
  return typed.at === null ? OR_TYPE_THERE[language] : OR_TYPE[language](typed.at);
}

/** A name that ends in a full stop ends the sentence too. */
const withOneStop = (sentence: string): string => sentence.replace(/(?<!\.)\.\.(?!\.)/g, '.');

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
