import { isLanguage, type Language } from '../../../kernel/languages.ts';
import { MailAddress } from '../../../kernel/contract.ts';
import { emailIdentity, phoneIdentity, type IdentityKey } from '../../customers/core/identity.ts';
import { isHeadOf, readCell, type TableField } from '../../fields/core/cells.ts';
import { MOST_VALUES_LENGTH } from '../../fields/core/contract.ts';
import type { FieldValue, FieldValues } from '../../fields/core/types.ts';

/** What a column can be. Own fields are `fields.` and their key. */
export const TARGETS = {
  customers: ['externalId', 'name', 'email', 'phone', 'language', 'company'],
  companies: ['externalId', 'name', 'domains', 'address', 'vatId', 'notes'],
} as const;
export type TableKind = keyof typeof TARGETS;
/** For each column what it is; null: nothing. */
export type Mapping = readonly (string | null)[];
export const OWN = 'fields.';

export type RowFault = { readonly column: string; readonly code: 'missing' | 'bad_address' | 'bad_phone' | 'bad_language' | 'bad_value' | 'bad_domain' | 'no_such_company' | 'belongs_to_two' | 'too_long' | 'refused'; readonly detail: string };
export type CustomerRow = { readonly externalId: string; readonly name: string; readonly identities: readonly IdentityKey[]; readonly language: Language | null; readonly company: string; readonly fields: FieldValues };
export type CompanyRow = { readonly externalId: string; readonly name: string; readonly domains: readonly string[]; readonly address: string; readonly vatId: string; readonly notes: string; readonly fields: FieldValues };
export type ReadRow<R> = { readonly row: R } | { readonly fault: RowFault };

const KNOWN: Readonly<Record<string, readonly string[]>> = {
  externalId: ['id', 'externalid', 'customerid', 'number', 'номер', 'ид', 'identyfikator', 'numer', 'المعرف', 'الرقم'],
  name: ['name', 'fullname', 'customer', 'company', 'companyname', 'име', 'клиент', 'фирма', 'nazwa', 'imięinazwisko', 'firma', 'klient', 'имя', 'фио', 'компания', 'название', 'الاسم', 'الشركة'],
  email: ['email', 'mail', 'emailaddress', 'addresses', 'имейл', 'поща', 'емейл', 'adresemail', 'почта', 'электроннаяпочта', 'البريد', 'البريدالإلكتروني'],
  phone: ['phone', 'numbers', 'telephone', 'mobile', 'phonenumber', 'tel', 'телефон', 'gsm', 'мобилен', 'telefon', 'komórka', 'الهاتف', 'الجوال'],
  language: ['language', 'lang', 'locale', 'език', 'język', 'язык', 'اللغة'],
  company: ['company', 'organisation', 'organization', 'фирма', 'компания', 'firma', 'организация', 'الشركة'],
  domains: ['domain', 'domains', 'website', 'домейн', 'домейни', 'сайт', 'domena', 'domeny', 'домен', 'домены', 'النطاق'],
  address: ['address', 'адрес', 'adres', 'العنوان'],
  vatId: ['vat', 'vatid', 'vatnumber', 'taxid', 'ддс', 'еик', 'булстат', 'nip', 'инн', 'الرقمالضريبي'],
  notes: ['notes', 'note', 'comment', 'бележки', 'бележка', 'uwagi', 'заметки', 'примечание', 'ملاحظات'],
};
const plain = (head: string): string => head.toLowerCase().normalize('NFC').replace(/[^\p{L}\p{N}]/gu, '');

/** What the columns most likely are, by their heads; each thing once, but addresses and numbers. */
export function likelyMapping(kind: TableKind, heads: readonly string[], definitions: readonly TableField[]): (string | null)[] {
  const taken = new Set<string>();
  return heads.map((head) => {
    const word = plain(head);
    const own = definitions.find((one) => isHeadOf(head, one, plain));
    // A column `company` of a table of customers is their company and not their name.
    const target = (kind === 'customers' ? TARGETS.customers.toReversed() : TARGETS.companies).find((one) => KNOWN[one]?.includes(word)) ?? (own ? OWN + own.key : null);
    if (word === '' || target === null || (taken.has(target) && target !== 'email' && target !== 'phone')) return null;
    taken.add(target);
    return target;
  });
}

const LONGEST = { name: 300, externalId: 300, company: 300, address: 2_000, vatId: 40, notes: 10_000 } as const;
const fault = (column: string, code: RowFault['code'], detail: string): { fault: RowFault } => ({ fault: { column, code, detail } });

const cellsOf = (mapping: Mapping, cells: readonly string[], target: string): string[] =>
  mapping.flatMap((one, i) => (one === target ? [bare(cells[i] ?? '')] : [])).filter((cell) => cell !== '');
/** Also of a table that this program wrote: an apostrophe keeps spreadsheets from taking words for formulas. */
const bare = (cell: string): string => cell.normalize('NFC').replaceAll('\u0000', '').toWellFormed().trim().replace(/^'(?=[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/, '');

function tooLong(given: Readonly<Partial<Record<keyof typeof LONGEST, string>>>): { fault: RowFault } | null {
  const long = (Object.keys(given) as (keyof typeof LONGEST)[]).find((key) => (given[key]?.length ?? 0) > LONGEST[key]);
  return long ? fault(long, 'too_long', `At most ${LONGEST[long]} characters.`) : null;
}

/** Several addresses in one cell are parted as people part them. */
const several = (cells: readonly string[]): string[] => cells.flatMap((cell) => cell.split(/[;,\s]+/)).filter((one) => one !== '');

function identitiesIn(mapping: Mapping, cells: readonly string[]): readonly IdentityKey[] | { fault: RowFault } {
  const addresses = several(cellsOf(mapping, cells, 'email'));
  const bad = addresses.find((one) => !MailAddress.safeParse(one).success);
  if (bad !== undefined) return fault('email', 'bad_address', `"${bad.slice(0, 100)}" is no mail address.`);
  const numbers = cellsOf(mapping, cells, 'phone').flatMap((cell) => cell.split(/[;,/]+/)).map((one) => one.trim()).filter((one) => one !== '');
  const identities: IdentityKey[] = addresses.map(emailIdentity);
  for (const number of numbers) {
    const identity = phoneIdentity(number);
    if (!identity) return fault('phone', 'bad_phone', `"${number.slice(0, 100)}" is no phone number: it has 3 to 15 digits.`);
    identities.push(identity);
  }
  return [...new Map(identities.map((one) => [`${one.kind} ${one.key}`, one])).values()];
}

function valuesIn(mapping: Mapping, cells: readonly string[], definitions: readonly TableField[]): { values: FieldValues } | { fault: RowFault } {
  const values: Record<string, FieldValue> = {};
  for (const definition of definitions) {
    const [given] = cellsOf(mapping, cells, OWN + definition.key);
    if (given === undefined) continue;
    const read = readCell(definition, given);
    if ('wrong' in read) return fault(OWN + definition.key, 'bad_value', `"${given.slice(0, 100).toWellFormed()}" ${read.wrong}`);
    if (read.value !== null) values[definition.key] = read.value;
  }
  return JSON.stringify(values).length > MOST_VALUES_LENGTH ? fault(OWN, 'too_long', `All fields of a record together hold ${MOST_VALUES_LENGTH} characters.`) : { values };
}

const isFault = (given: object): given is { fault: RowFault } => 'fault' in given;

function unknownBy({ name, externalId, identities }: Pick<CustomerRow, 'name' | 'externalId' | 'identities'>): { fault: RowFault } | null {
  if (identities.length > 0) return null;
  if (name === '') return fault('name', 'missing', 'A customer has a name, an address or a number.');
  return externalId === '' ? fault('email', 'missing', 'Without an address, a number or an id the same row would come in again.') : null;
}

function languageIn(given: string): { language: Language | null } | { fault: RowFault } {
  const language = given.toLowerCase().slice(0, 2);
  if (given === '') return { language: null };
  return isLanguage(language) ? { language } : fault('language', 'bad_language', `"${given.slice(0, 50)}" is none of en, bg, pl, ru, ar.`);
}

const firstOf = (mapping: Mapping, cells: readonly string[], target: string): string => cellsOf(mapping, cells, target)[0] ?? '';

export function readCustomer(mapping: Mapping, cells: readonly string[], definitions: readonly TableField[]): ReadRow<CustomerRow> {
  const [externalId, name, company] = [firstOf(mapping, cells, 'externalId'), firstOf(mapping, cells, 'name'), firstOf(mapping, cells, 'company')];
  const identities = identitiesIn(mapping, cells);
  if (isFault(identities)) return identities;
  const unknown = unknownBy({ name, externalId, identities });
  if (unknown) return unknown;
  const spoken = languageIn(firstOf(mapping, cells, 'language'));
  if (isFault(spoken)) return spoken;
  const values = valuesIn(mapping, cells, definitions);
  if ('fault' in values) return values;
  return tooLong({ name, externalId, company }) ?? { row: { externalId, name, identities, language: spoken.language, company, fields: values.values } };
}

export function readCompany(mapping: Mapping, cells: readonly string[], definitions: readonly TableField[]): ReadRow<CompanyRow> {
  const [externalId = '', name = '', address = '', vatId = '', notes = ''] = ['externalId', 'name', 'address', 'vatId', 'notes'].map((target) => cellsOf(mapping, cells, target)[0]);
  if (name === '') return fault('name', 'missing', 'A company has a name.');
  const domains = [...new Set(several(cellsOf(mapping, cells, 'domains')).map((one) => one.toLowerCase().replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/.*$/, '')))];
  const values = valuesIn(mapping, cells, definitions);
  if ('fault' in values) return values;
  return tooLong({ name, externalId, address, vatId, notes }) ?? { row: { externalId, name: name.slice(0, 200), domains, address, vatId, notes, fields: values.values } };
}
