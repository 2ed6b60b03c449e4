/**
 * Names across scripts: Мария, Maria and ماريا get one key. The key is a coarse Latin spelling, not a transliteration
 * to show: sounds that the scripts write differently (v/w/f, o/u, j/y/i, doubled letters) fall together.
 */

const CYRILLIC: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ж: 'z', з: 'z', и: 'i', й: 'i', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o',
  п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h', ц: 'C', ч: 'C', ш: 's', щ: 'st', ъ: 'a', ы: 'i', ь: '', э: 'e',
  ю: 'iu', я: 'ia', і: 'i', ї: 'i', є: 'e', ґ: 'g', ј: 'i', љ: 'l', њ: 'n', ћ: 'C', ђ: 'd', џ: 'z',
};

const ARABIC: Record<string, string> = {
  ا: 'a', ب: 'b', ت: 't', ث: 't', ج: 'i', ح: 'h', خ: 'h', د: 'd', ذ: 'd', ر: 'r', ز: 'z', س: 's', ش: 's', ص: 's', ض: 'd',
  ط: 't', ظ: 'z', ع: 'a', غ: 'g', ف: 'f', ق: 'k', ك: 'k', ل: 'l', م: 'm', ن: 'n', ه: 'h', و: 'u', ي: 'i', ة: 'a', ئ: 'i',
  ؤ: 'u', ء: '', پ: 'b', چ: 'C', ژ: 'z', گ: 'g', ک: 'k', ی: 'i', ڤ: 'f',
};

/** In this order: longer spellings before the letters they are made of. A capital C is the sound ts or ch, already read. */
const LATIN: readonly (readonly [RegExp, string])[] = [
  [/shch/gu, 'st'], [/sch|sh|sz|š|ş/gu, 's'], [/zh|rz|ż|ź|ž/gu, 'z'], [/tch|ch|cz|č/gu, 'C'], [/tz|ts/gu, 'C'],
  [/kh/gu, 'h'], [/ph/gu, 'f'], [/th/gu, 't'], [/gh/gu, 'g'], [/dj/gu, 'i'], [/ck/gu, 'k'], [/x/gu, 'ks'], [/q/gu, 'k'],
  [/ł/gu, 'l'], [/ś/gu, 's'], [/ć/gu, 'C'], [/c(?=[eiy])/gu, 'C'], [/c/gu, 'k'], [/C/gu, 'c'],
];

/** The same for every spelling that differs only in how vowels and doubled letters are written; '' when nothing is left. */
export function soundKey(word: string): string {
  let latin = '';
  for (const letter of word) latin += CYRILLIC[letter] ?? ARABIC[letter] ?? letter;
  for (const [spelling, sound] of LATIN) latin = latin.replace(spelling, sound);
  return latin
    .normalize('NFD')
    .replace(/[^a-z]/gu, '')
    .replace(/[jy]/gu, 'i')
    .replace(/[vw]/gu, 'f')
    .replaceAll('o', 'u')
    .replace(/(.)\1+/gu, '$1')
    .replace(/^ie/u, 'e');
}

/** Arabic leaves short vowels out (محمد), so names also meet by their first letter and consonants; '' when too few to mean anything. */
export function consonantKey(word: string): string {
  const sound = soundKey(word);
  const first = /^i[aeu]/u.test(sound) ? 'y' : /^[aeiu]/u.test(sound) ? 'a' : sound.slice(0, 1);
  const key = (first + sound.slice(1).replace(/[aeiu]/gu, '')).replace(/(.)\1+/gu, '$1');
  return key.length >= 3 ? key : '';
}

/** The lexemes under which a name is indexed, and with which a word is looked up among names. No written word begins with `~`. */
export function nameLexemes(word: string): string[] {
  if (/\d/u.test(word)) return [];
  const [sound, consonants] = [soundKey(word), consonantKey(word)];
  return [...(sound.length >= 2 ? [`~${sound}`] : []), ...(consonants === '' ? [] : [`~~${consonants}`])];
}
