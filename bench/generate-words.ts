import type pg from 'pg';
import { randomBy } from '../kernel/random.ts';
import { soundKey } from '../platform/search/scripts.ts';
import { searchVector } from '../platform/search/stems.ts';
import { wordsIn } from '../platform/search/vocabulary.ts';

/** In a dozen messages of all, spread over all years; in every hundredth message; in every second one. */
export const WORDS = { rare: 'thermostat', common: 'kettle', ubiquitous: 'parcel' } as const;

/** So many phrases and names are made; rows choose theirs by remainder. */
export const PHRASES = 4_000;
export const NAMES = 168;
export const SYLLABLES = 'ba ke lo mi nu pra sti gor vel dra zi hu ter fa clo wen ju ryl sko pi tam bre ox ni'.split(' ');
const FIRST = 'Maria Ivan Anna Petar Ewa Olga Karim James Ruth Nadia Tomasz Elena'.split(' ');
const LAST = 'Petrova Novak Kowalska Smirnova Haddad Whitfield Georgiev Zielinska Morozova Khoury Fletcher Todorov Mazur Stoyanov'.split(' ');
const VOCABULARY = 8_000;
const PHRASE_WORDS = 14;

/**
 * The vocabulary in temporary tables, its vectors made by the product's own stems: phrases that texts are made of, the
 * names of customers, and the words that are sought.
 */
export async function putWords(client: pg.Client): Promise<void> {
  const random = randomBy(42);
  const words = Array.from({ length: VOCABULARY }, (_, n) => Array.from({ length: 2 + (n % 3) }, () => pick(SYLLABLES, random())).join(''));
  // Cubed: a few words are in every text and most are seldom, as in language.
  const phrase = () => Array.from({ length: PHRASE_WORDS }, () => pick(words, random() ** 3)).join(' ');
  await table(client, 'g_phrases', Array.from({ length: PHRASES }, phrase).map((text) => ({ text, vector: searchVector([{ text }], 'en'), sound: null })));
  await table(client, 'g_names', Array.from({ length: NAMES }, (_, n) => `${pick(FIRST, n / NAMES)} ${LAST[n % LAST.length]!}`).map((text) => (
    { text, vector: searchVector([{ text, weight: 'B', names: true }], null), sound: text.toLowerCase().split(' ').map(soundKey).join(' ') })));
  await table(client, 'g_sought', Object.values(WORDS).map((text) => ({ text, vector: searchVector([{ text }], 'en'), sound: null })));
  await client.query('create temp table g_vocabulary (word text)');
  await client.query('insert into g_vocabulary select unnest($1::text[])', [[...Object.values(WORDS), ...FIRST, ...LAST, ...words].flatMap(wordsIn)]);
}

async function table(client: pg.Client, name: string, rows: readonly { text: string; vector: string; sound: string | null }[]): Promise<void> {
  await client.query(`create temp table ${name} (n bigint primary key, text text not null, vector tsvector not null, sound text)`);
  await client.query(`insert into ${name} select r.n, r.text, r.vector::tsvector, r.sound
    from json_to_recordset($1) as r(n bigint, text text, vector text, sound text)`, [JSON.stringify(rows.map((row, n) => ({ n, ...row })))]);
  await client.query(`analyze ${name}`);
}

const pick = <T>(from: readonly T[], share: number): T => from[Math.min(from.length - 1, Math.floor(share * from.length))]!;
