/** Letters of other alphabets, digits and pairs that pass for a Latin letter at a glance. */
const PASSES_FOR: Readonly<Record<string, string>> = {
  а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x', і: 'i', ј: 'j', ѕ: 's', һ: 'h', ԁ: 'd', ԛ: 'q', ԝ: 'w', в: 'b', к: 'k', м: 'm', н: 'h', т: 't',
  α: 'a', ο: 'o', ν: 'v', ρ: 'p', τ: 't', ι: 'i', κ: 'k', ɡ: 'g', ı: 'i', '0': 'o', '1': 'l', '5': 's', '3': 'e', '$': 's', '|': 'l', i: 'l',
};

/** Two names with the same sight are taken for each other. */
const sightOf = (name: string): string =>
  [...name.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')].map((letter) => PASSES_FOR[letter] ?? letter).join('')
    .replaceAll('rn', 'm').replaceAll('vv', 'w').replaceAll('cl', 'd').replaceAll('-', '');

const LEAST = 5;

/** Which of our domains another one is dressed up as; null when it is one of them, lies below one, or looks like none. */
export function dressedUpAs(domain: string, ours: Iterable<string>): string | null {
  const plain = asUnicode(domain);
  let found: string | null = null;
  for (const own of ours) {
    if (plain === own || plain.endsWith(`.${own}`) || own.endsWith(`.${plain}`)) return null;
    if (own.length >= LEAST && sightOf(plain) === sightOf(own)) found = own;
  }
  return found;
}

/** `xn--` names are compared as they are read. */
function asUnicode(domain: string): string {
  if (!domain.includes('xn--')) return domain;
  return domain.split('.').map((label) => (label.startsWith('xn--') ? decodePunycode(label.slice(4)) ?? label : label)).join('.');
}

const BASE = 36;

/** RFC 3492, for one label; null when it is none. */
function decodePunycode(label: string): string | null {
  const end = label.lastIndexOf('-');
  const letters = [...(end > 0 ? label.slice(0, end) : '')];
  let [code, bias, place] = [128, 72, 0];
  for (let at = end > 0 ? end + 1 : 0; at < label.length;) {
    const before = place;
    for (let weight = 1, k = BASE; ; k += BASE) {
      const digit = digitOf(label.charCodeAt(at++));
      if (digit === null) return null;
      place += digit * weight;
      const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    const count = letters.length + 1;
    bias = adapted(place - before, count, before === 0);
    code += Math.floor(place / count);
    place %= count;
    // Nor is it one when the numbers have grown beyond counting.
    if (!(code <= 0x10ffff)) return null;
    letters.splice(place++, 0, String.fromCodePoint(code));
  }
  return letters.join('');
}

const digitOf = (code: number): number | null => (code >= 48 && code <= 57 ? code - 22 : code >= 97 && code <= 122 ? code - 97 : null);

function adapted(delta: number, count: number, first: boolean): number {
  let left = first ? Math.floor(delta / 700) : delta >> 1;
  left += Math.floor(left / count);
  let k = 0;
  for (; left > 455; k += BASE) left = Math.floor(left / 35);
  return k + Math.floor((36 * left) / (left + 38));
}
