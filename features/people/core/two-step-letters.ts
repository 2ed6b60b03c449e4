import type { Language } from '../../../kernel/languages.ts';
import { composeLetter, type Letter, type LetterWords } from './letters.ts';

type Values = { language: Language; name: string; workspace: string; link: string };
type Table = Readonly<Record<Language, (values: { name: string; workspace: string }) => LetterWords>>;

/** Tells somebody that a second step was added or removed, so that nobody can do it behind their back. */
export const twoStepChangedLetter = ({ language, name, workspace, link }: Values): Letter =>
  composeLetter(language, link, CHANGED[language]({ name, workspace }));

/** Tells somebody that an administrator took their second steps away. */
export const twoStepResetLetter = ({ language, name, workspace, link }: Values): Letter =>
  composeLetter(language, link, RESET[language]({ name, workspace }));

const CHANGED: Table = {
  en: ({ name, workspace }) => ({
    subject: `Two-step sign-in to ${workspace} was changed`,
    greeting: `Hello ${name},`,
    before: `a way to prove who you are when you sign in to ${workspace} was added or removed. If it was you, all is well. If not, choose a new password at once, and look at your settings:`,
    link: 'Look at the settings',
    after: 'And tell whoever manages people in your company.',
  }),
  bg: ({ name, workspace }) => ({
    subject: `Влизането в две стъпки в ${workspace} беше променено`,
    greeting: `Здравейте, ${name},`,
    before: `беше добавен или премахнат начин да потвърдите самоличността си при влизане в ${workspace}. Ако сте били Вие, всичко е наред. Ако не, веднага сменете паролата си и прегледайте настройките:`,
    link: 'Преглед на настройките',
    after: 'И уведомете човека, който управлява потребителите във Вашата фирма.',
  }),
  pl: ({ name, workspace }) => ({
    subject: `Zmieniono logowanie dwuetapowe do ${workspace}`,
    greeting: `Dzień dobry, ${name},`,
    before: `dodano lub usunięto sposób potwierdzania tożsamości przy logowaniu do ${workspace}. Jeśli to Twoja zmiana, wszystko jest w porządku. Jeśli nie, od razu zmień hasło i sprawdź ustawienia:`,
    link: 'Sprawdź ustawienia',
    after: 'Powiadom też osobę, która zarządza użytkownikami w firmie.',
  }),
  ru: ({ name, workspace }) => ({
    subject: `Изменён вход в два шага для ${workspace}`,
    greeting: `Здравствуйте, ${name}!`,
    before: `Добавлен или удалён способ подтвердить вашу личность при входе в ${workspace}. Если это сделали вы, всё в порядке. Если нет, сразу смените пароль и проверьте настройки:`,
    link: 'Проверить настройки',
    after: 'И сообщите тому, кто управляет пользователями в вашей компании.',
  }),
  ar: ({ name, workspace }) => ({
    subject: `تم تغيير تسجيل الدخول بخطوتين إلى ${workspace}`,
    greeting: `مرحبًا ${name}،`,
    before: `أُضيفت أو أُزيلت طريقة لإثبات هويتك عند تسجيل الدخول إلى ${workspace}. إذا كنت أنت من فعل ذلك فلا مشكلة، وإلا فغيّر كلمة مرورك فورًا وراجع إعداداتك:`,
    link: 'مراجعة الإعدادات',
    after: 'وأبلغ من يدير المستخدمين في شركتك.',
  }),
};

const RESET: Table = {
  en: ({ name, workspace }) => ({
    subject: `Your second step for ${workspace} was removed`,
    greeting: `Hello ${name},`,
    before: `an administrator removed your authenticator app, passkeys and recovery codes at ${workspace}, and signed you out everywhere. Your password is the same. Sign in, and set up a second step again:`,
    link: 'Sign in',
    after: 'If you did not ask for this, ask whoever manages people in your company.',
  }),
  bg: ({ name, workspace }) => ({
    subject: `Втората Ви стъпка за ${workspace} беше премахната`,
    greeting: `Здравейте, ${name},`,
    before: `администратор премахна Вашето приложение за кодове, ключовете за достъп и резервните кодове в ${workspace} и Ви отписа навсякъде. Паролата Ви е същата. Влезте и настройте отново втора стъпка:`,
    link: 'Влизане',
    after: 'Ако не сте искали това, попитайте човека, който управлява потребителите във Вашата фирма.',
  }),
  pl: ({ name, workspace }) => ({
    subject: `Usunięto drugi etap logowania do ${workspace}`,
    greeting: `Dzień dobry, ${name},`,
    before: `administrator usunął aplikację uwierzytelniającą, klucze dostępu i kody zapasowe w ${workspace} oraz wylogował wszystkie urządzenia. Hasło pozostaje bez zmian. Zaloguj się i ponownie ustaw drugi etap:`,
    link: 'Zaloguj się',
    after: 'Jeśli to nie była Twoja prośba, zapytaj osobę, która zarządza użytkownikami w firmie.',
  }),
  ru: ({ name, workspace }) => ({
    subject: `Второй шаг входа в ${workspace} удалён`,
    greeting: `Здравствуйте, ${name}!`,
    before: `Администратор удалил ваше приложение для кодов, ключи доступа и резервные коды в ${workspace} и завершил все ваши сеансы. Пароль остался прежним. Войдите и снова настройте второй шаг:`,
    link: 'Войти',
    after: 'Если вы об этом не просили, обратитесь к тому, кто управляет пользователями в вашей компании.',
  }),
  ar: ({ name, workspace }) => ({
    subject: `تمت إزالة خطوتك الثانية في ${workspace}`,
    greeting: `مرحبًا ${name}،`,
    before: `أزال أحد المسؤولين تطبيق المصادقة ومفاتيح المرور ورموز الاسترداد الخاصة بك في ${workspace}، وسجّل خروجك من جميع الأجهزة. كلمة مرورك لم تتغير. سجّل الدخول وأعد إعداد الخطوة الثانية:`,
    link: 'تسجيل الدخول',
    after: 'إذا لم تطلب ذلك فاسأل من يدير المستخدمين في شركتك.',
  }),
};
