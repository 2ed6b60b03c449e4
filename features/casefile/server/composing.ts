import type { Language } from '../../../kernel/languages.ts';
import { apart } from '../../../platform/print/apart.ts';
import type { Block } from '../../../platform/print/paper.ts';
import type { FieldView } from '../../fields/core/contract.ts';
import type { FieldValue } from '../../fields/core/types.ts';
import type { EntryView, TicketView } from '../../tickets/core/contract.ts';
import type { SayCase } from './words.ts';

/** How it is said, and by which clock. */
export type Manner = { readonly say: SayCase; readonly language: Language; readonly timeZone: string };

/** Figures as the app writes them, in every language. */
const localeOf = (language: Language): string => (language === 'ar' ? 'ar-u-nu-latn' : language);
export const momentOf = (iso: string, { language, timeZone }: Manner): string => new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long', timeStyle: 'short', timeZone }).format(new Date(iso));

const comma = ({ language }: Manner): string => (language === 'ar' ? '، ' : ', ');

const KB = 1_024;
function sizeOf(bytes: number, { language }: Manner): string {
  const [value, unit] = bytes < KB * KB ? [Math.max(1, Math.round(bytes / KB)), 'kilobyte'] : [Math.round(bytes / KB / KB * 10) / 10, 'megabyte'];
  return new Intl.NumberFormat(localeOf(language), { style: 'unit', unit }).format(value);
}

function valueOf(value: FieldValue, { options }: FieldView, language: Language): string {
  const named = (key: string): string => { const texts = options.find((option) => option.key === key)?.names; return texts?.[language] ?? texts?.en ?? key; };
  return Array.isArray(value) ? value.map((key: string) => named(key)).join(' › ') : typeof value === 'string' ? named(value) : String(value);
}

const addressed = ({ name, address }: { readonly name: string; readonly address: string | null }): string => (name && address && address !== name ? `${apart(name)} ${apart(`<${address}>`)}` : apart(name || (address ?? '')));

/** What the ticket is. What is empty is left out. */
export function headOf(ticket: TicketView, fields: readonly FieldView[], manner: Manner): Block[] {
  const { say, language } = manner;
  const { number, subject, customer, company, mergedInto } = ticket;
  const own = fields.flatMap((field): [string, string][] => {
    const value = ticket.fields[field.key];
    return value === undefined ? [] : [[field.names[language] ?? field.names.en ?? field.key, valueOf(value, field, language)]];
  });
  const facts: [string, string][] = [
    [say('case.customer'), addressed({ name: customer.name, address: customer.email })], [say('case.company'), company?.name ?? ''],
    [say('case.kind'), say(`case.kind.${ticket.kind}`)], [say('case.status'), [say(`case.status.${ticket.status}`), ...(ticket.deletedAt === null ? [] : [say('case.deleted')]), ...(mergedInto ? [say('case.merged', { number: String(mergedInto.number) })] : [])].join(' · ')],
    [say('case.priority'), say(`case.priority.${ticket.priority}`)], [say('case.assignee'), ticket.assignee?.name ?? ''], [say('case.team'), ticket.team?.name ?? ''], [say('case.tags'), ticket.tags.map(apart).join(comma(manner))],
    [say('case.created'), momentOf(ticket.createdAt, manner)], ...own,
  ];
  return [{ kind: 'title', text: `#${number} ${subject || say('case.no_subject')}` }, ...facts.filter(([, text]) => text.trim() !== '').map(([label, text]): Block => ({ kind: 'fact', label, text }))];
}

/** One item of the timeline: who, when, by which channel, and what was said. */
export function entryOf(entry: EntryView, manner: Manner): Block[] {
  const { say } = manner;
  const { author, recipients, text, quoted, attachments } = entry;
  const who = author.kind === 'system' ? apart(author.name || say('case.desk')) : addressed(author);
  const head = [who, apart(momentOf(entry.createdAt, manner)), entry.type === 'note' ? say('case.note') : say(`case.channel.${entry.channel}`)].join(' · ');
  const names = [...recipients?.to ?? [], ...recipients?.cc ?? []].map(addressed).join(comma(manner));
  return [
    { kind: 'heading', text: head },
    ...(names === '' ? [] : [{ kind: 'small', text: say('case.to', { names }) } as const]),
    text.trim() === '' ? { kind: 'small', text: say('case.empty') } : { kind: 'text', text },
    ...(quoted.trim() === '' ? [] : [{ kind: 'small', text: `${say('case.quoted')}\n${quoted}` } as const]),
    ...attachments.map(({ name, size, sha256 }): Block => ({ kind: 'small', text: say('case.file', { name: apart(name), size: apart(sizeOf(size, manner)), hash: sha256 }) })),
  ];
}
