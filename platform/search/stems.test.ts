import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bulgarianStems } from './bulgarian.ts';
import { consonantKey, soundKey } from './scripts.ts';
import { searchQuery, searchVector } from './stems.ts';
import { normalise } from './tokens.ts';

const lexemes = (text: string, names = false) => searchVector([{ text, names }], null).split(' ');

test.each([
  'поръчка поръчки поръчката поръчките', 'рекламация рекламации рекламацията', 'клиент клиента клиентът клиентите',
  'работа работата', 'чайник чайникът чайници', 'пакет пакета пакети', 'счупен счупена счупено счупени',
])('Bulgarian: the forms of one word share a stem: %s', (forms) => {
  const [first = [], ...others] = forms.split(' ').map(bulgarianStems);
  for (const stems of others) expect(stems.some((stem) => first.includes(stem)), stems.join()).toBe(true);
});

test('different words keep different stems', () => {
  const words = ['поръчка', 'доставка', 'чайник', 'пакет', 'цена', 'магазин', 'размер', 'обувка'];
  expect(new Set(words.map((word) => bulgarianStems(word)[0])).size).toBe(words.length);
});

test.each([
  'Мария Maria ماريا Marya Mariya', 'Йордан Yordan Jordan', 'Иванов Ivanov Ivanoff', 'Юлия Yuliya Julia', 'Elena Yelena Елена',
  'Stanisław Станислав Stanislav', 'Łukasz Lukasz', 'Цветан Tsvetan', 'Щерев Shterev', 'Дмитрий Dmitry Dmitriy', 'عائشة Aisha Аиша',
])('one sound: %s', (names) => {
  expect(new Set(names.split(' ').map((name) => soundKey(normalise(name)))).size).toBe(1);
});

test.each(['محمد Mohammed Muhammad Мохамед', 'أحمد Ahmed Ahmad Ахмед', 'يوسف Yusuf Yousef Юсуф', 'فاطمة Fatima Фатима'])(
  'Arabic without its short vowels meets the written ones: %s', (names) => {
    expect(new Set(names.split(' ').map((name) => consonantKey(normalise(name)))).size).toBe(1);
  });

test('different names sound different', () => {
  const names = ['Maria', 'Martin', 'Mira', 'Marek', 'Peter', 'Petra', 'Anna', 'Ivan', 'Oleg', 'Omar'];
  expect(new Set(names.map((name) => soundKey(normalise(name)))).size).toBe(names.length);
});

test('digits, case, ё, accents and invisible signs make no difference', () => {
  expect(lexemes('٣٤ ۵')).toEqual(["'34'", "'5'"]);
  expect(lexemes('ЁЛКА')).toEqual(lexemes('елка'));
  expect(lexemes('Ко\u00adфе\u200b')).toEqual(lexemes('кофе'));
  expect(lexemes('ﻣﺤﻤّﺪ')).toEqual(lexemes('محمد'));
  expect(lexemes('Zażółć')).toContain("'zazolc'");
});

test('what somebody types becomes words, never syntax', () => {
  expect(searchQuery("it's | & !:* ( \\ '")?.exact).toBe("( 'it' & 's' )");
  for (const nothing of ['', '   ', '—!?', '🙂', '\u200f', '\u0302', '\u0302.\u0489', '\u0302'.repeat(70)]) expect(searchQuery(nothing)).toBeNull();
  expect(searchQuery('chaos.\u0317\u0318')?.exact).toBe(searchQuery('chaos')?.exact);
});

test('any text gives literals with balanced quotes, and no lexeme that PostgreSQL would refuse', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
    for (const lexeme of searchVector([{ text, names: true }], null).match(/'(?:[^']|'')*'/gu) ?? []) {
      expect(Buffer.byteLength(lexeme)).toBeLessThan(2_046);
    }
    const query = searchQuery(text);
    if (query) expect(query.exact.replace(/'(?:[^']|'')+'/gu, 'x')).toMatch(/^(?!.*\( *\))[x |&()]+$/u);
  }));
});

test('lines of a file in letters bring nothing into the index, and fingerprints, long words and codes do', () => {
  const line = 'a1b2c3d4'.repeat(9);
  const kept = ['0123456789abcdef'.repeat(4), 'donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft', 'ab-1042'];
  const found = lexemes(`Here it is: ${line} ${kept.join(' ')} ${line.toUpperCase()}`).join(' ');
  expect(found).not.toContain('a1b2c3d4a1b2');
  for (const word of kept) expect(found).toContain(word.slice(0, 28));
});

test('a huge text is cut, not refused', () => {
  const words = Array.from({ length: 60_000 }, (_, i) => `word${i}`).join(' ');
  const vector = searchVector([{ text: 'subject', weight: 'A' }, { text: words }], 'en');
  expect(vector.startsWith("'subject':1A")).toBe(true);
  expect(vector.length).toBeLessThan(500_000);
});
