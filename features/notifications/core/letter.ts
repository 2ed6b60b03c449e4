import type { Language } from '../../../kernel/languages.ts';
import { escapeHtml, type Letter } from '../../people/core/letters.ts';
import { countOf, type Group } from './grouping.ts';
import type { Kind } from './kinds.ts';

type Words = {
  readonly greeting: (name: string) => string;
  readonly before: (workspace: string) => string;
  readonly subject: (workspace: string, count: number) => string;
  readonly more: (count: number) => string;
  readonly open: string; readonly after: string; readonly settings: string;
  readonly kinds: Readonly<Record<Kind, string>>;
};

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    greeting: (name) => `Hello ${name},`, before: (workspace) => `this waits for you at ${workspace}:`, subject: (workspace, count) => `News for you at ${workspace} (${count})`,
    more: (count) => `And ${count} more.`, open: 'Open the desk', after: 'Answers to this mail are not read. How you are told of what is up to you:', settings: 'Choose how you are told',
    kinds: {
      assigned: 'is yours now', answered: 'the customer has answered', noted: 'a colleague wrote a note', mentioned: 'a colleague names you in a note', sla_warned: 'a service level is about to be missed', sla_breached: 'a service level was missed',
      sla_flagged: 'the customer is only being put off', commitment_due: 'what was promised is due soon', commitment_broken: 'what was promised was not kept', commitment_untold: 'the customer could not be told that it takes longer: call them', offered: 'is offered to you',
      nobody_free: 'nobody is free to take it', rule: 'a rule asks you to look', escalated: 'needs a lead', follow_up: 'is to be looked at again now', rule_stopped: 'A rule was stopped', webhook_disabled: 'A webhook was switched off because it cannot be reached', approval_asked: 'an answer waits for your approval', approval_returned: 'your answer came back', approval_approved: 'your answer was approved',
      followed: 'you follow it now', followed_answered: 'the customer wrote; you follow it', followed_written: 'a colleague wrote; you follow it', followed_changed: 'was changed; you follow it',
      aside_answered: 'a third party has answered',
      asked: 'a colleague asks you something', ask_answered: 'a colleague has answered you', reminder_due: 'you wanted to be reminded', deputy_named: 'you stand in for a colleague who will be away', deputy_released: 'the absence in which you stand in was called off', draft_shared: 'a colleague shares a draft of an answer',
    },
  },
  bg: {
    greeting: (name) => `Здравейте, ${name},`, before: (workspace) => `това Ви очаква в ${workspace}:`, subject: (workspace, count) => `Новини за Вас в ${workspace} (${count})`,
    more: (count) => `И още ${count}.`, open: 'Отваряне на работното място', after: 'Отговорите на това писмо не се четат. Вие избирате как да Ви уведомяваме:', settings: 'Избор на известията',
    kinds: {
      assigned: 'вече е Ваше', answered: 'клиентът отговори', noted: 'колега написа бележка', mentioned: 'колега Ви спомена в бележка', sla_warned: 'срокът за обслужване наближава', sla_breached: 'срокът за обслужване е просрочен',
      sla_flagged: 'клиентът получава само уклончиви отговори', commitment_due: 'срокът на обещаното наближава', commitment_broken: 'нарушено обещание', commitment_untold: 'клиентът не може да бъде уведомен за забавянето: обадете му се', offered: 'Ви се предлага',
      nobody_free: 'няма кой да го поеме', rule: 'правило Ви моли да погледнете', escalated: 'има нужда от ръководител', follow_up: 'е време да се погледне отново', rule_stopped: 'Правило беше спряно', webhook_disabled: 'Webhook беше изключен, защото не отговаря', approval_asked: 'отговор чака Вашето одобрение', approval_returned: 'отговорът Ви беше върнат', approval_approved: 'отговорът Ви беше одобрен',
      followed: 'вече я следвате', followed_answered: 'клиентът писа; следвате заявката', followed_written: 'колега писа; следвате заявката', followed_changed: 'беше променена; следвате я',
      aside_answered: 'трета страна отговори',
      asked: 'колега Ви пита нещо', ask_answered: 'колега Ви отговори', reminder_due: 'искахте напомняне', deputy_named: 'ще замествате колега, докато отсъства', deputy_released: 'отсъствието, в което щяхте да замествате, се отменя', draft_shared: 'колега сподели чернова на отговор',
    },
  },
  pl: {
    greeting: (name) => `Dzień dobry, ${name},`, before: (workspace) => `to czeka w ${workspace}:`, subject: (workspace, count) => `Nowości w ${workspace} (${count})`,
    more: (count) => `I jeszcze ${count}.`, open: 'Otwórz Rapport', after: 'Odpowiedzi na tę wiadomość nie są czytane. Sposób powiadamiania można wybrać tutaj:', settings: 'Ustawienia powiadomień',
    kinds: {
      assigned: 'przydzielono Tobie', answered: 'klient odpowiedział', noted: 'ktoś z zespołu dodał notatkę', mentioned: 'ktoś z zespołu wspomniał Cię w notatce', sla_warned: 'zbliża się termin obsługi', sla_breached: 'termin obsługi minął',
      sla_flagged: 'klient jest tylko zbywany', commitment_due: 'zbliża się termin obietnicy', commitment_broken: 'obietnica nie została dotrzymana', commitment_untold: 'nie udało się uprzedzić klienta o opóźnieniu: zadzwoń', offered: 'zaproponowano Ci',
      nobody_free: 'nikt nie może tego przejąć', rule: 'reguła prosi o uwagę', escalated: 'wymaga uwagi kierownika', follow_up: 'pora zajrzeć ponownie', rule_stopped: 'Reguła została zatrzymana', webhook_disabled: 'Webhook został wyłączony, bo nie odpowiada', approval_asked: 'odpowiedź czeka na Twoją akceptację', approval_returned: 'Twoja odpowiedź została zwrócona', approval_approved: 'Twoja odpowiedź została zaakceptowana',
      followed: 'od teraz obserwujesz tę sprawę', followed_answered: 'klient napisał w obserwowanej sprawie', followed_written: 'ktoś z zespołu napisał w obserwowanej sprawie', followed_changed: 'obserwowana sprawa zmieniła się',
      aside_answered: 'strona trzecia odpowiedziała',
      asked: 'współpracownik ma do Ciebie pytanie', ask_answered: 'jest odpowiedź na Twoje pytanie', reminder_due: 'przypomnienie', deputy_named: 'zastępujesz kogoś podczas nieobecności', deputy_released: 'nieobecność, podczas której miało być Twoje zastępstwo, została odwołana', draft_shared: 'ktoś z zespołu udostępnia szkic odpowiedzi',
    },
  },
  ru: {
    greeting: (name) => `Здравствуйте, ${name}!`, before: (workspace) => `В ${workspace} вас ждёт:`, subject: (workspace, count) => `Новости для вас в ${workspace} (${count})`,
    more: (count) => `И ещё ${count}.`, open: 'Открыть рабочее место', after: 'Ответы на это письмо никто не читает. Как вас уведомлять, решаете вы:', settings: 'Настроить уведомления',
    kinds: {
      assigned: 'теперь у вас', answered: 'клиент ответил', noted: 'коллега оставил заметку', mentioned: 'коллега упомянул вас в заметке', sla_warned: 'срок обслуживания скоро истечёт', sla_breached: 'срок обслуживания нарушен',
      sla_flagged: 'клиенту отвечают одними отговорками', commitment_due: 'подходит срок обещанного', commitment_broken: 'обещание нарушено', commitment_untold: 'клиенту не удалось сообщить о задержке: позвоните ему', offered: 'предлагается вам',
      nobody_free: 'некому взять', rule: 'правило просит вас взглянуть', escalated: 'нужно внимание руководителя', follow_up: 'пора посмотреть снова', rule_stopped: 'Правило остановлено', webhook_disabled: 'Вебхук отключён, потому что не отвечает', approval_asked: 'ответ ждёт вашего одобрения', approval_returned: 'ваш ответ вернули', approval_approved: 'ваш ответ одобрен',
      followed: 'теперь вы это отслеживаете', followed_answered: 'клиент написал в отслеживаемой заявке', followed_written: 'коллега написал в отслеживаемой заявке', followed_changed: 'отслеживаемая заявка изменилась',
      aside_answered: 'третья сторона ответила',
      asked: 'коллега спрашивает вас', ask_answered: 'коллега ответил вам', reminder_due: 'напоминание', deputy_named: 'вы замещаете коллегу на время отсутствия', deputy_released: 'отсутствие, на время которого вы замещаете, отменено', draft_shared: 'коллега поделился черновиком ответа',
    },
  },
  ar: {
    greeting: (name) => `مرحبًا ${name}،`, before: (workspace) => `هذا ما ينتظرك في ${workspace}:`, subject: (workspace, count) => `جديدك في ${workspace} (${count})`,
    more: (count) => `وغيرها: ${count}.`, open: 'فتح مكتب العمل', after: 'لا تُقرأ الردود على هذه الرسالة. يمكنك اختيار طريقة إعلامك من هنا:', settings: 'اختيار طريقة الإعلام',
    kinds: {
      assigned: 'أصبحت من مهامك', answered: 'ردّ العميل', noted: 'كتب زميل ملاحظة', mentioned: 'أشار إليك زميل في ملاحظة', sla_warned: 'موعد الخدمة على وشك الفوات', sla_breached: 'فات موعد الخدمة',
      sla_flagged: 'يتلقى العميل ردودًا للمماطلة فقط', commitment_due: 'اقترب موعد ما وُعد به', commitment_broken: 'لم يُوفَ بما وُعد به', commitment_untold: 'تعذّر إبلاغ العميل بالتأخير: اتصل به', offered: 'معروضة عليك',
      nobody_free: 'لا يوجد من يتولاها', rule: 'قاعدة تطلب انتباهك', escalated: 'بحاجة إلى مشرف', follow_up: 'حان وقت النظر فيها مجددًا', rule_stopped: 'أُوقفت إحدى القواعد', webhook_disabled: 'أُوقف أحد الـ webhook لأنه لا يستجيب', approval_asked: 'ردّ بانتظار موافقتك', approval_returned: 'أُعيد ردّك إليك', approval_approved: 'تمت الموافقة على ردّك',
      followed: 'أنت تتابعها الآن', followed_answered: 'كتب العميل في تذكرة تتابعها', followed_written: 'كتب زميل في تذكرة تتابعها', followed_changed: 'تغيّرت تذكرة تتابعها',
      aside_answered: 'ردّ طرف ثالث',
      asked: 'يسألك زميل', ask_answered: 'أجابك زميل', reminder_due: 'تذكير طلبته', deputy_named: 'تنوب عن زميل أثناء غيابه', deputy_released: 'أُلغي الغياب الذي كنت ستنوب فيه', draft_shared: 'شارك زميل مسودة رد',
    },
  },
};

const MOST_SUBJECT = 150;
/** A subject as strangers wrote it, on one line. */
const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim().slice(0, MOST_SUBJECT).toWellFormed();

/** One letter for all that came together, ticket by ticket: numbers and subjects and what happened, nothing of what was written in them. */
export function noticeLetter({ language, name, workspace, groups, count, desk, settings }: {
  language: Language; name: string; workspace: string; groups: readonly Group[]; /** Of all, also those that are not among the groups. */ count: number; desk: string; settings: string;
}): Letter {
  const words = WORDS[language];
  const said = groups.map(({ ticket, what }) => ({
    link: ticket?.link ?? null, title: ticket ? `#${ticket.number} ${plain(ticket.subject)}` : null,
    what: what.map(({ kind, text, count: times }) => `${text === null ? words.kinds[kind] : plain(text)}${times > 1 ? ` (${times})` : ''}`),
  }));
  type Said = (typeof said)[number];
  const sentence = ({ title, what }: Said): string => `${title === null ? '' : `${title}: `}${what.join(', ')}`;
  const [only] = said;
  const more = count > countOf(groups) ? words.more(count - countOf(groups)) : null;
  const text = [
    words.greeting(name), words.before(workspace), ...said.map((group) => `${sentence(group)}${group.link === null ? '' : `\n${group.link}`}`),
    ...(more === null ? [] : [more]), `${words.open}: ${desk}`, `${words.after}\n${settings}`,
  ].join('\n\n');
  const item = ({ title, link, what }: Said): string => {
    const things = what.length === 1 ? escapeHtml(what[0]!) : `<ul>${what.map((one) => `<li>${escapeHtml(one)}</li>`).join('')}</ul>`;
    return `<li>${title === null || link === null ? '' : `<a href="${escapeHtml(link)}"><bdi>${escapeHtml(title)}</bdi></a>: `}${things}</li>`;
  };
  const html = [
    '<div style="font-family: system-ui, sans-serif; line-height: 1.5; max-width: 36em">',
    `<p>${escapeHtml(words.greeting(name))}</p>`, `<p>${escapeHtml(words.before(workspace))}</p>`, `<ul>${said.map(item).join('')}</ul>`,
    ...(more === null ? [] : [`<p>${escapeHtml(more)}</p>`]), `<p><a href="${escapeHtml(desk)}">${escapeHtml(words.open)}</a></p>`,
    `<p>${escapeHtml(words.after)} <a href="${escapeHtml(settings)}">${escapeHtml(words.settings)}</a></p>`, '</div>',
  ].join('\n');
  return { subject: count === 1 && only ? sentence(only) : words.subject(plain(workspace), count), text: `${text}\n`, html, language };
}

/** For a screen that others may see: what happened to which ticket; `subject` and `text` only where its owner wants them there. */
export function pushWords(language: Language, { kind, number, subject, text, workspace }: { kind: Kind; number: number | null; subject: string | null; text: string | null; workspace: string }) {
  const what = text === null ? WORDS[language].kinds[kind] : plain(text);
  return { title: number === null ? what : `#${number}: ${what}`, body: subject === null ? plain(workspace) : plain(subject), lang: language, dir: language === 'ar' ? 'rtl' : 'ltr' };
}
