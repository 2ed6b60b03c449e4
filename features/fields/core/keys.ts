import { LANGUAGES } from '../../../kernel/languages.ts';
import { fold } from '../../conditions/core/fold.ts';
import type { Texts } from './types.ts';

const LATIN: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h',
  ц: 'ts', ч: 'ch', ш: 'sh', щ: 'sht', ъ: 'a', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya',
};
const LONGEST = 40;

/** A key that is like the name, in the first language that has one in letters with Latin counterparts; empty where none has. */
export function keyFrom(names: Texts): string {
  for (const language of LANGUAGES) {
    const letters = [...fold(names[language] ?? '')].map((letter) => LATIN[letter] ?? letter).join('');
    const key = letters.replace(/[^a-z0-9]+/g, '_').replace(/^[_0-9]+|_+$/g, '').slice(0, LONGEST);
    if (key !== '' && key !== 'constructor') return key;
  }
  return '';
}

/** The wanted one, or else the first with a number behind it, that is not taken. */
export function freeKey(wanted: string, taken: readonly string[]): string {
  const base = wanted.slice(0, LONGEST - 4);
  for (let number = 1; ; number++) {
    const key = number === 1 ? base : `${base}_${number}`;
    if (!taken.includes(key)) return key;
  }
}
