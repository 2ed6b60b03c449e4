import { addressKey, splitPlus } from '../addresses.ts';

export type SenderKind = 'address' | 'domain';
export type NamedSender = { readonly kind: SenderKind; readonly value: string };
export type SenderVerdict = 'block' | 'allow';

const MAX_LABELS = 10;
const LABEL = /^[\p{L}\p{N}_](?:[\p{L}\p{N}\p{M}_-]{0,61}[\p{L}\p{N}\p{M}_])?$/u;

/** What somebody typed: `ana@example.org`, or a domain as `example.org`, `@example.org` or `*.example.org`. Null: neither. */
export function readSender(typed: string): NamedSender | null {
  const text = addressKey(typed).replace(/^(?:\*?@|\*\.)/, '');
  const at = text.lastIndexOf('@');
  if (at === -1) return isDomain(text) ? { kind: 'domain', value: text } : null;
  const local = text.slice(0, at);
  const isAddress = /^[^\s@<>,;"]{1,64}$/.test(local) && isDomain(text.slice(at + 1));
  return isAddress ? { kind: 'address', value: text } : null;
}

/** At least two names: nobody blocks a whole country by a slip. */
const isDomain = (text: string): boolean => text.length <= 253 && text.includes('.') && text.split('.').every((label) => LABEL.test(label));

/** Everything that a rule can name to mean this address: itself, without its plus, its domain and each domain above. */
export function namesFor(address: string): string[] {
  const key = addressKey(address);
  const labels = key.slice(key.lastIndexOf('@') + 1).split('.').slice(-MAX_LABELS);
  const domains = labels.map((_label, from) => labels.slice(from).join('.')).filter((domain) => domain.includes('.'));
  return [...new Set([key, splitPlus(key).base, ...domains])];
}

/** The rule that decides about a sender: the one that names it most exactly. */
export function ruleFor(rules: ReadonlyMap<string, SenderVerdict>, address: string): { verdict: SenderVerdict; name: string } | null {
  if (rules.size === 0) return null;
  for (const name of namesFor(address)) {
    const verdict = rules.get(name);
    if (verdict) return { verdict, name };
  }
  return null;
}
