import { normalise } from '../../../platform/search/tokens.ts';
import { soundKey } from '../../../platform/search/scripts.ts';
import type { Likeness } from '../core/likeness.ts';

/** What of a record is compared. `companyIds`: of which companies they are. */
export type Likened = { readonly name: string; readonly identities: readonly { readonly kind: 'email' | 'phone'; readonly key: string }[]; readonly companyIds: readonly string[] };

const WEIGHTS: Record<Likeness, number> = { number: 40, address: 40, name_company: 30, name: 20, name_spelling: 10 };
/** More people than this with one name share a common name, which alone says nothing. */
export const RARE_NAME = 3;
const NUMBER_TAIL = 7;

/** Google's mailboxes read dots as nothing; what stands behind a plus is a note to oneself with most. */
function mailboxOf(key: string): string {
  const at = key.lastIndexOf('@');
  const [local, domain] = [key.slice(0, at).replace(/(?<=.)\+.*$/u, ''), key.slice(at + 1)];
  return domain === 'gmail.com' || domain === 'googlemail.com' ? `${local.replaceAll('.', '')}@gmail.com` : `${local}@${domain}`;
}

const digitsOf = (key: string): string => key.replace(/\D/gu, '').replace(/^0+/u, '');
const wordsOf = (name: string): string[] => normalise(name).split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');

/** A name of two words and more, however it is spelt and in whichever order; null where it says too little. */
function soundOf(name: string): string | null {
  const words = wordsOf(name);
  if (words.length > 6 || words.some((word) => /\p{N}/u.test(word))) return null;
  const sounds = words.map(soundKey).filter((sound) => sound.length > 1).toSorted();
  return sounds.length < 2 ? null : sounds.join(' ');
}

/** By what others who may be the same person are found. */
export function tracesOf({ name, identities, companyIds }: Likened): string[] {
  const sound = soundOf(name);
  const traces = identities.flatMap(({ kind, key }) => {
    if (kind === 'email') return [`address ${mailboxOf(key)}`.slice(0, 400)];
    const digits = digitsOf(key);
    return digits.length < NUMBER_TAIL ? [] : [`number ${digits.slice(-NUMBER_TAIL)}`];
  });
  return [...new Set([...traces, ...(sound === null ? [] : ['name', ...companyIds.map((id) => `colleague ${id}`)].map((kind) => `${kind} ${sound}`.slice(0, 400)))])];
}

/** One number written twice: the whole of a national one stands at the end of the other. */
function sameNumber(a: string, b: string): boolean {
  if (a.startsWith('+') && b.startsWith('+')) return a === b;
  const [long, short] = [digitsOf(a), digitsOf(b)].toSorted((x, y) => y.length - x.length) as [string, string];
  return short.length >= NUMBER_TAIL && long.endsWith(short);
}

const some = (a: Likened, b: Likened, kind: 'email' | 'phone', same: (x: string, y: string) => boolean): boolean =>
  a.identities.some((x) => x.kind === kind && b.identities.some((y) => y.kind === kind && same(x.key, y.key)));

function nameReason(a: Likened, b: Likened, isRare: boolean): Likeness[] {
  if (soundOf(a.name) === null || soundOf(a.name) !== soundOf(b.name)) return [];
  if (a.companyIds.some((id) => b.companyIds.includes(id))) return ['name_company'];
  if (!isRare) return [];
  return [wordsOf(a.name).toSorted().join(' ') === wordsOf(b.name).toSorted().join(' ') ? 'name' : 'name_spelling'];
}

/** What speaks for one person, the strongest first; nothing, when nothing does. `isRare`: hardly anybody else is called so. */
export function likenessOf(a: Likened, b: Likened, isRare: boolean): Likeness[] {
  return [
    ...(some(a, b, 'phone', sameNumber) ? ['number' as const] : []),
    ...(some(a, b, 'email', (x, y) => mailboxOf(x) === mailboxOf(y)) ? ['address' as const] : []),
    ...nameReason(a, b, isRare),
  ];
}

export const weightOf = (reasons: readonly Likeness[]): number => reasons.reduce((sum, reason) => sum + WEIGHTS[reason], 0);
