import type { Language } from '../../../kernel/languages.ts';

/** The page behind the link for whoever does not want a kind of mail any more. */
export const UNSUBSCRIBE_WORDS: Readonly<Record<Language, { title: string; ask: string; verb: string; done: string }>> = {
  en: { title: 'Unsubscribe', ask: 'Send no more of these mails to {address}?', verb: 'Unsubscribe', done: 'Done: {address} gets no more of these mails.' },
  bg: { title: 'Отписване', ask: 'Да не се изпращат повече такива писма до {address}?', verb: 'Отпиши ме', done: 'Готово: {address} няма да получава повече такива писма.' },
  pl: { title: 'Rezygnacja', ask: 'Nie wysyłać więcej takich wiadomości na {address}?', verb: 'Zrezygnuj', done: 'Gotowe: {address} nie dostanie więcej takich wiadomości.' },
  ru: { title: 'Отписка', ask: 'Больше не присылать таких писем на {address}?', verb: 'Отписаться', done: 'Готово: на {address} такие письма больше не придут.' },
  ar: { title: 'إلغاء الاشتراك', ask: 'ألّا تُرسل رسائل كهذه إلى {address} بعد الآن؟', verb: 'إلغاء الاشتراك', done: 'تمّ: لن تصل رسائل كهذه إلى {address}.' },
};
