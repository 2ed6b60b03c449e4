import { directionOf, type Language } from '../../../kernel/languages.ts';
import { composeLetter, escapeHtml, type Letter, type LetterWords } from '../../people/core/letters.ts';
import type { IncidentKind, State } from './contract.ts';

type Table<T> = Readonly<Record<Language, T>>;

/** What a state is called, to customers. */
export const STATE_WORDS: Table<Readonly<Record<State, string>>> = {
  en: { investigating: 'We are looking into it', identified: 'We know the cause', monitoring: 'Mended, we are watching it', resolved: 'Over', scheduled: 'Planned', in_progress: 'Under way', completed: 'Done' },
  bg: { investigating: 'Проучваме го', identified: 'Знаем причината', monitoring: 'Поправено, наблюдаваме', resolved: 'Приключи', scheduled: 'Планирано', in_progress: 'В ход', completed: 'Готово' },
  pl: { investigating: 'Sprawdzamy', identified: 'Znamy przyczynę', monitoring: 'Naprawione, obserwujemy', resolved: 'Zakończone', scheduled: 'Zaplanowane', in_progress: 'W toku', completed: 'Gotowe' },
  ru: { investigating: 'Выясняем', identified: 'Причина известна', monitoring: 'Исправлено, наблюдаем', resolved: 'Устранено', scheduled: 'Запланировано', in_progress: 'Идут работы', completed: 'Завершено' },
  ar: { investigating: 'نبحث في الأمر', identified: 'عرفنا السبب', monitoring: 'أُصلح ونراقبه', resolved: 'انتهى', scheduled: 'مخطط له', in_progress: 'جارٍ', completed: 'تمّ' },
};

const MORE: Table<{ readonly page: string; readonly why: string }> = {
  en: { page: 'How it stands now:', why: 'You get this because you asked for it on our status page. One click in your mail program ends it.' },
  bg: { page: 'Как е в момента:', why: 'Получавате това, защото го поискахте на страницата ни за състоянието. Едно щракване в пощата Ви го спира.' },
  pl: { page: 'Aktualny stan:', why: 'Otrzymujesz to, bo poproszono o to na naszej stronie stanu. Jedno kliknięcie w poczcie to kończy.' },
  ru: { page: 'Как обстоят дела сейчас:', why: 'Вы получили это, потому что попросили на нашей странице состояния. Одно нажатие в почте это прекратит.' },
  ar: { page: 'الوضع الآن:', why: 'تصلك هذه الرسالة لأنك طلبتها في صفحة الحالة. نقرة واحدة في برنامج بريدك توقفها.' },
};

/** A title with how it stands; an announcement only says what it says. */
export const titled = (kind: IncidentKind, title: string, word: string): string => (kind === 'announcement' ? title : `${title}: ${word}`);

type Told = { readonly language: Language; readonly kind: IncidentKind; readonly title: string; readonly state: State; readonly text: string; readonly link: string };
const paragraph = (text: string): string => `<p dir="auto">${escapeHtml(text).replaceAll('\n', '<br>')}</p>`;

/** What happened, for whoever asked to be told. */
export function updateLetter({ language, kind, title, state, text, link }: Told, company: string): Letter {
  const { page, why } = MORE[language];
  const word = kind === 'announcement' ? null : STATE_WORDS[language][state];
  return {
    language, subject: `[${company}] ${titled(kind, title, word ?? '')}`, text: `${[title, word].filter((line) => line !== null).join('\n')}\n\n${text}\n\n${page} ${link}\n\n${why}\n`,
    html: `<div dir="${directionOf(language)}" style="font-family: system-ui, sans-serif; line-height: 1.5; max-width: 36em"><p><strong>${escapeHtml(title)}</strong>${word === null ? '' : `<br>${escapeHtml(word)}`}</p>${paragraph(text)}<p>${escapeHtml(page)} <a href="${escapeHtml(link)}">${escapeHtml(link)}</a></p><p>${escapeHtml(why)}</p></div>`,
  };
}

/** The same to somebody whose matter it is, as a message on their ticket. */
export const ticketWords = ({ language, kind, title, state, text, link }: Told): string => `${title}\n${kind === 'announcement' ? '' : `${STATE_WORDS[language][state]}\n`}\n${text}\n\n${MORE[language].page} ${link}`;

const TOUCHED: Table<string> = {
  en: 'You get this because it touches something that you wrote to us about. One click in your mail program ends such news.',
  bg: 'Получавате това, защото засяга нещо, за което сте ни писали. Едно щракване в пощата Ви спира такива новини.',
  pl: 'Otrzymujesz to, bo dotyczy sprawy, w której do nas napisano z Twojego adresu. Jedno kliknięcie w poczcie kończy takie wiadomości.',
  ru: 'Вы получили это, потому что это касается того, о чём вы нам писали. Одно нажатие в почте прекратит такие новости.',
  ar: 'تصلك هذه الرسالة لأنها تخص أمرًا راسلتنا بشأنه. نقرة واحدة في برنامج بريدك توقف مثل هذه الأخبار.',
};

/** A change, for those customers whom it touches. */
export function noticeLetter({ language, title, text, company }: { language: Language; title: string; text: string; company: string }): Letter {
  const why = TOUCHED[language];
  return {
    language, subject: `[${company}] ${title}`, text: `${text}\n\n${company}\n\n${why}\n`,
    html: `<div dir="${directionOf(language)}" style="font-family: system-ui, sans-serif; line-height: 1.5; max-width: 36em">${paragraph(text)}<p>${escapeHtml(company)}</p><p>${escapeHtml(why)}</p></div>`,
  };
}

const CONFIRM: Table<(company: string) => LetterWords> = {
  en: (company) => ({ subject: `Shall we tell you how things stand at ${company}?`, greeting: 'Hello,', before: `somebody, probably you, asked for a mail whenever something changes on the status page of ${company}. Say yes here:`, link: 'Yes, tell me', after: 'If it was not you, do nothing: no more mail comes.' }),
  bg: (company) => ({ subject: `Да Ви съобщаваме ли за състоянието на ${company}?`, greeting: 'Здравейте,', before: `някой, вероятно Вие, поиска писмо при всяка промяна на страницата за състоянието на ${company}. Потвърдете тук:`, link: 'Да, съобщавайте ми', after: 'Ако не сте били Вие, не правете нищо: повече писма няма да има.' }),
  pl: (company) => ({ subject: `Czy informować Cię o stanie usług ${company}?`, greeting: 'Dzień dobry,', before: `ktoś, prawdopodobnie Ty, poprosił o wiadomość przy każdej zmianie na stronie stanu ${company}. Potwierdź tutaj:`, link: 'Tak, informujcie mnie', after: 'Jeśli to nie Ty, nic nie rób: więcej wiadomości nie będzie.' }),
  ru: (company) => ({ subject: `Сообщать вам, как обстоят дела в ${company}?`, greeting: 'Здравствуйте!', before: `Кто-то, вероятно вы, попросил письмо при каждом изменении на странице состояния ${company}. Подтвердите здесь:`, link: 'Да, сообщайте мне', after: 'Если это были не вы, ничего не делайте: больше писем не будет.' }),
  ar: (company) => ({ subject: `هل نُعلمك بحالة خدمات ${company}؟`, greeting: 'مرحبًا،', before: `طلب شخص ما، وهو أنت على الأرجح، رسالة عند كل تغيير في صفحة حالة ${company}. أكّد ذلك هنا:`, link: 'نعم، أعلموني', after: 'إن لم تكن أنت فلا تفعل شيئًا: لن تصلك رسائل أخرى.' }),
};

/** Asks the owner of a mailbox; with nothing in it that anybody could choose. */
export const subscribeLetter = ({ language, company, link }: { language: Language; company: string; link: string }): Letter => composeLetter(language, link, CONFIRM[language](company));
