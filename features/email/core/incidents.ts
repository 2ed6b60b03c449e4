import { z } from 'zod';
import { Id, PageQuery, Timestamp, pageOf } from '../../../kernel/contract.ts';
import type { Language } from '../../../kernel/languages.ts';

/** GET /tickets/:id/entries/:entryId/misdirection → whom the mail reached, whom not yet, and words that ask to delete it. */
export const MisdirectionView = z.object({ reached: z.array(z.string()), withheld: z.array(z.string()), correction: z.object({ subject: z.string(), text: z.string() }) });
/** POST likewise → 201: what has not left is withdrawn, the correction goes to each who has it, the incident is recorded. */
export const MisdirectionCreate = z.strictObject({
  note: z.string().trim().max(2000).default(''),
  correction: z.strictObject({ subject: z.string().trim().min(1).max(900), text: z.string().trim().min(1).max(20_000) }).nullable().default(null),
});
export type MisdirectionCreate = z.infer<typeof MisdirectionCreate>;

/** GET /email/incidents: mails that went to the wrong person, newest first. */
export const IncidentView = z.object({
  id: Id, ticketId: Id, ticketNumber: z.int(), entryId: Id, subject: z.string(), reached: z.array(z.string()), withheld: z.array(z.string()), note: z.string(),
  sentAt: Timestamp.nullable(), reportedBy: z.object({ id: Id, name: z.string() }), reportedAt: Timestamp, hasCorrection: z.boolean(),
});
export type IncidentView = z.infer<typeof IncidentView>;
export const IncidentPage = pageOf(IncidentView);
export const IncidentQuery = PageQuery;

const WORDS: Record<Language, { subject: string; text: (subject: string, from: string) => string }> = {
  en: {
    subject: 'Please delete our last mail to you',
    text: (subject, from) => `Hello,\n\na mail of ours with the subject “${subject}” was sent to you by mistake; it was meant for somebody else. Please delete it with its attachments, do not pass it on, and write us a short answer once that is done.\n\nWe are sorry for the trouble.\n\n${from}`,
  },
  bg: {
    subject: 'Моля, изтрийте последното ни писмо',
    text: (subject, from) => `Здравейте,\n\nнаше писмо с тема „${subject}“ беше изпратено до Вас по грешка; то беше предназначено за друг човек. Моля, изтрийте го заедно с прикачените файлове, не го препращайте и ни отговорете накратко, когато това е направено.\n\nИзвиняваме се за неудобството.\n\n${from}`,
  },
  pl: {
    subject: 'Prosimy o usunięcie naszej ostatniej wiadomości',
    text: (subject, from) => `Dzień dobry,\n\nnasza wiadomość o temacie „${subject}” trafiła do Państwa przez pomyłkę; była przeznaczona dla kogoś innego. Prosimy ją usunąć razem z załącznikami, nie przekazywać dalej i krótko odpisać, gdy to się stanie.\n\nPrzepraszamy za kłopot.\n\n${from}`,
  },
  ru: {
    subject: 'Пожалуйста, удалите наше последнее письмо',
    text: (subject, from) => `Здравствуйте!\n\nНаше письмо с темой «${subject}» попало к вам по ошибке: оно предназначалось другому человеку. Пожалуйста, удалите его вместе с вложениями, не пересылайте и коротко ответьте нам, когда это будет сделано.\n\nПросим прощения за беспокойство.\n\n${from}`,
  },
  ar: {
    subject: 'نرجو حذف رسالتنا الأخيرة إليكم',
    text: (subject, from) => `مرحبًا،\n\nوصلتكم بالخطأ رسالة منا بعنوان «${subject}»، وكانت موجهة إلى شخص آخر. نرجو حذفها مع مرفقاتها وعدم تمريرها، وإرسال رد قصير إلينا بعد ذلك.\n\nنعتذر عن الإزعاج.\n\n${from}`,
  },
};

/** What is proposed to those who got a mail that was not for them; it says nothing of what was in it but its subject, which they have. */
export const correctionWords = (language: Language, { subject, from }: { subject: string; from: string }): { subject: string; text: string } =>
  ({ subject: WORDS[language].subject, text: WORDS[language].text(subject, from) });
