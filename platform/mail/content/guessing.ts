import iconv from 'iconv-lite';

/** How often the letters beyond ASCII are written, the most frequent first: `letters:parts in a thousand`. */
type Habit = ReadonlyMap<string, number>;

const habit = (table: string): Habit => new Map(table.split(' ').flatMap((entry) => {
  const [letters = '', share = ''] = entry.split(':');
  return [...letters].map((letter) => [letter, Math.log(Number(share) / 1_000)] as const);
}));

const RUSSIAN = habit('о:105 е:85 аи:78 нт:65 с:54 р:47 в:45 л:42 к:34 м:32 дп:29 у:26 я:20 ыь:18 гзб:16 ч:14 й:12 х:10 ж:9 шю:7 цщ:5 эф:3 ъё:1');
const BULGARIAN = habit('а:125 ио:95 ет:88 н:72 р:52 с:50 в:45 л:37 дк:33 п:30 м:25 зъ:20 я:17 гбу:15 ч:13 ж:7 щшц:6 х:5 йфю:4 ь:1');
const UKRAINIAN = habit('о:94 а:80 н:68 и:61 і:57 в:54 те:48 р:45 слк:42 у:36 дм:33 п:28 я:27 ьз:21 бг:17 ч:14 йх:11 жцюєї:7 шщф:4 ґ:1');
const GREEK = habit('α:95 ο:80 τ:75 ι:70 εν:65 σς:45 η:45 ρκ:40 πυμλ:38 ά:20 έίό:17 γδήωθχύ:13 φβώ:8 ξζψ:4 ϊϋΐΰ:1');
const HEBREW = habit('יו:105 ה:92 ל:75 א:63 רמ:58 ת:50 בש:48 נ:35 עםד:30 קחפ:22 כןסט:15 גזצ:12 ךףץ:6');
const ARABIC = habit('ا:130 ل:115 ي:75 م:63 ون:58 رت:45 بةع:38 هد:32 سفك:27 قأحج:20 شطصىخ:11 إضزذثءغظئ:6 ؤآ:2 ًٌٍَُِّْ:1 ،؟؛:12');
const WESTERN = habit('é:160 äüö:110 ßáíóñøå:60 èàçãêæ:50 úâôõùìò:30 îûëï:12 œÿý:3 ¿¡:8');
const POLISH = habit('ł:180 ęą:140 óż:110 ś:90 ć:60 ń:40 ź:12');
const CZECH = habit('áíě:110 éřšžčý:80 ůú:40 ňťďóľôäĺŕ:12');
const HUNGARIAN = habit('áé:260 óöőíüúű:80');
const ROMANIAN = habit('ăâîţşșț:150');
const CROATIAN = habit('čćžš:220 đ:80');
const TURKISH = habit('ı:270 üşğç:140 ö:90 âî:5');

/** The first of equals counts. */
const CANDIDATES: readonly (readonly [string, readonly Habit[]])[] = [
  ['windows-1252', [WESTERN]], ['windows-1251', [RUSSIAN, BULGARIAN, UKRAINIAN]], ['koi8-r', [RUSSIAN, BULGARIAN]], ['koi8-u', [UKRAINIAN]], ['windows-1250', [POLISH, CZECH, HUNGARIAN, ROMANIAN, CROATIAN]],
  ['iso-8859-2', [POLISH, CZECH, HUNGARIAN, ROMANIAN, CROATIAN]], ['iso-8859-5', [RUSSIAN, BULGARIAN]], ['cp866', [RUSSIAN]], ['windows-1256', [ARABIC]], ['iso-8859-6', [ARABIC]],
  ['windows-1254', [TURKISH]], ['windows-1253', [GREEK]], ['iso-8859-7', [GREEK]], ['windows-1255', [HEBREW]],
];
/** What is written more often than others, and what hardly any more. */
const BEFOREHAND: Readonly<Record<string, number>> = { 'windows-1252': 0.5, cp866: -1, 'iso-8859-5': -0.3, 'iso-8859-6': -0.3, 'iso-8859-7': -0.3, 'windows-1255': -0.2, gb18030: -0.4, 'euc-jp': -0.4, shift_jis: -0.4 };
const LABELLED = 0.4;
const WIDE = ['gb18030', 'euc-jp', 'shift_jis'] as const;
const SAMPLE = 4_000;
const SIGN = Math.log(0.02);
const STRAY = Math.log(0.0003);
const ALONE = -3;
const CAPITAL = -0.7;
const SHOUTED = -0.2;
/** Languages of Latin letters write few beside each other that are none of ASCII. */
const CROWDED = -1.5;
/** Between letters of one word. */
const MIXED = -4;

/**
 * Which charset a text is written in that has no label, or one that says little, by the letters that come of it.
 * `isWestern`: its label is that of Western Europe, which is right more often than not.
 */
export function guessCharset(bytes: Uint8Array, { isWestern = false }: { isWestern?: boolean } = {}): string {
  const sample = sampleOf(bytes);
  const beforehand = (charset: string): number => (BEFOREHAND[charset] ?? 0) + (isWestern && charset === 'windows-1252' ? LABELLED : 0);
  let best = { charset: 'windows-1252', score: -Infinity };
  for (const [charset, habits] of CANDIDATES) {
    const text = iconv.decode(sample, charset);
    for (const each of habits) {
      const score = likelihood(text, each) + beforehand(charset);
      if (score > best.score) best = { charset, score };
    }
  }
  for (const charset of WIDE) {
    const score = wideLikelihood(sample, charset) + beforehand(charset);
    if (score > best.score) best = { charset, score };
  }
  return best.charset;
}

const KANA = -4;
const EAST: readonly (readonly [RegExp, number])[] = [[/[\u3041-\u30fe]/, KANA], [/[，。、！？：；「」『』（）“”…]/, -3.5], [/[\u4e00-\u9fff]/, -6.2]];
const ELSEWHERE = -10;
/** Signs that are seldom written stand behind those that are often. */
const RARE_SIGN = -3;
const FIRST_RARE: Readonly<Record<(typeof WIDE)[number], number>> = { gb18030: 0xd8, 'euc-jp': 0xd0, shift_jis: 0x98 };

/** The mean for each byte beyond ASCII, of which a character takes two; nothing for what is not written so. */
function wideLikelihood(sample: Buffer, charset: (typeof WIDE)[number]): number {
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(sample.subarray(firstHigh(sample)), { stream: sample.length === SAMPLE });
    const values = [...text].filter((one) => one >= '\u0080').map((one) => EAST.find(([kind]) => kind.test(one))?.[1] ?? ELSEWHERE).map((value) => (charset === 'gb18030' && value === KANA ? ELSEWHERE : value));
    const high = sample.filter((byte) => byte >= 0x80).length;
    const rare = sample.filter((byte, at) => byte >= FIRST_RARE[charset] && (at === 0 || sample[at - 1]! < 0x80)).length;
    return (values.reduce((sum, one) => sum + one, 0) + rare * RARE_SIGN) / Math.max(high, 1);
  } catch {
    return -Infinity;
  }
}

const firstHigh = (sample: Buffer): number => Math.max(sample.findIndex((byte) => byte >= 0x80), 0);

/** From the first letter beyond ASCII on; everything before it says the same in all of them. */
function sampleOf(bytes: Uint8Array): Buffer {
  const first = Math.max(bytes.findIndex((byte) => byte >= 0x80) - 20, 0);
  return Buffer.from(bytes.buffer, bytes.byteOffset + first, Math.min(bytes.byteLength - first, SAMPLE));
}

/** The mean for each character beyond ASCII. */
function likelihood(text: string, known: Habit): number {
  let sum = 0;
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at]! < '\u0080') continue;
    count += 1;
    sum += valueAt(text, at, known);
  }
  return count === 0 ? -Infinity : sum / count;
}

const SIGNS = /[\u00a0\u00a7\u00ab\u00bb\u00a9\u00ae\u00b0\u00b7£€„“”‘’‚–—…№•™½²³´]/;
const ASCII_LETTER = /[A-Za-z]/;
const LATIN: ReadonlySet<Habit> = new Set([WESTERN, POLISH, CZECH, HUNGARIAN, ROMANIAN, CROATIAN, TURKISH]);

function valueAt(text: string, at: number, known: Habit): number {
  const letter = text[at]!;
  const small = letter.toLowerCase();
  const share = known.get(small);
  if (share === undefined) return SIGNS.test(letter) ? SIGN : STRAY;
  const neighbours = [text[at - 1] ?? ' ', text[at + 1] ?? ' '] as const;
  const [before] = neighbours;
  const isInside = known.has(before.toLowerCase()) || (LATIN.has(known) && ASCII_LETTER.test(before));
  return share + (LATIN.has(known) ? latinValue(neighbours, known) : neighbours.some((one) => ASCII_LETTER.test(one)) ? MIXED : 0)
    + (small === letter ? 0 : capitalValue(before, isInside));
}

function latinValue(neighbours: readonly [string, string], known: Habit): number {
  if (neighbours.some((one) => known.has(one.toLowerCase()))) return CROWDED;
  return neighbours.some((one) => ASCII_LETTER.test(one)) ? 0 : ALONE;
}

/** A capital begins a word, or stands among capitals. */
const capitalValue = (before: string, isInside: boolean): number => (!isInside ? CAPITAL : before === before.toLowerCase() ? STRAY : SHOUTED);
