import type { RecordState } from './sending-contract.ts';

/** SPF allows so many look-ups in all; with one more, receivers treat the record as broken (RFC 7208, 4.6.4). */
export const MAX_SPF_LOOKUPS = 10;

/** What providers want to stand in SPF, by the name of their relay. */
const SPF_OF: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\.)(?:gmail|googlemail|google)\.com$/, 'include:_spf.google.com'],
  [/(?:^|\.)(?:office365|outlook)\.com$/, 'include:spf.protection.outlook.com'],
  [/(?:^|\.)sendgrid\.net$/, 'include:sendgrid.net'],
  [/(?:^|\.)amazonaws\.com$/, 'include:amazonses.com'],
  [/(?:^|\.)mailgun\.org$/, 'include:mailgun.org'],
  [/(?:^|\.)postmarkapp\.com$/, 'include:spf.mtasv.net'],
  [/(?:^|\.)(?:brevo|sendinblue)\.com$/, 'include:spf.brevo.com'],
  [/(?:^|\.)mailjet\.com$/, 'include:spf.mailjet.com'],
  [/(?:^|\.)zoho\.eu$/, 'include:zoho.eu'],
  [/(?:^|\.)zoho\.com$/, 'include:zoho.com'],
  [/(?:^|\.)fastmail\.com$/, 'include:spf.messagingengine.com'],
  [/(?:^|\.)yandex\.(?:ru|net|com)$/, 'include:_spf.yandex.net'],
  [/(?:^|\.)mail\.ru$/, 'include:_spf.mail.ru'],
];

/** How SPF names the servers that mail leaves through. */
export function spfMechanism(relayHost: string): string {
  const host = relayHost.toLowerCase();
  if (/^[\d.]+$/.test(host)) return `ip4:${host}`;
  if (host.includes(':')) return `ip6:${host}`;
  return SPF_OF.find(([pattern]) => pattern.test(host))?.[1] ?? `a:${host}`;
}

export const spfRecord = (mechanisms: readonly string[]): string => ['v=spf1', ...new Set(mechanisms), '~all'].join(' ');
export const dmarcRecord = (domain: string): string => `v=DMARC1; p=none; rua=mailto:postmaster@${domain}`;

/** What a domain may be asked: all strings of a TXT record in one, or null when nobody answered. */
export type AskTxt = (name: string) => Promise<readonly string[] | null>;
type Seen = { readonly state: RecordState; readonly there: string[] };

const isSpf = (text: string): boolean => /^v=spf1(?:\s|$)/i.test(text);

/** Whether our relays stand in the SPF record, and whether it can be evaluated at all. */
export async function seeSpf(domain: string, wanted: readonly string[], ask: AskTxt): Promise<Seen> {
  const found = await ask(domain);
  if (found === null) return { state: 'unanswered', there: [] };
  const there = found.filter(isSpf);
  if (there.length === 0) return { state: 'missing', there };
  if (there.length > 1) return { state: 'double', there };
  const lookups = await countLookups(there[0]!, ask, new Set([domain]));
  if (lookups > MAX_SPF_LOOKUPS) return { state: 'too_many_lookups', there };
  const terms = termsOf(there[0]!);
  return { state: wanted.every((one) => terms.includes(one.toLowerCase())) ? 'found' : 'different', there };
}

const termsOf = (record: string): string[] => record.toLowerCase().split(/\s+/).slice(1).map((term) => term.replace(/^[+]/, ''));

/** Stops as soon as there are too many: nobody's record may keep us asking. */
async function countLookups(record: string, ask: AskTxt, seen: Set<string>): Promise<number> {
  let count = 0;
  for (const term of termsOf(record)) {
    if (!/^[-~?]?(?:include:|a(?:[:/]|$)|mx(?:[:/]|$)|ptr(?::|$)|exists:|redirect=)/.test(term)) continue;
    count += 1;
    const next = /^[-~?]?(?:include:|redirect=)(\S{1,253})$/.exec(term)?.[1];
    if (next && !seen.has(next) && count <= MAX_SPF_LOOKUPS) {
      seen.add(next);
      count += await countLookups((await ask(next))?.find(isSpf) ?? '', ask, seen);
    }
    if (count > MAX_SPF_LOOKUPS) break;
  }
  return count;
}

/** Whether the key that stands there is ours. */
export async function seeDkim(name: string, publicKey: string, ask: AskTxt): Promise<Seen> {
  const found = await ask(name);
  if (found === null) return { state: 'unanswered', there: [] };
  const there = found.filter((text) => /(?:^|;)\s*p\s*=/i.test(text));
  if (there.length === 0) return { state: 'missing', there };
  if (there.length > 1) return { state: 'double', there };
  const key = /(?:^|;)\s*p\s*=([^;]*)/i.exec(there[0]!)?.[1]?.replace(/\s+/g, '');
  return { state: key === publicKey ? 'found' : 'different', there };
}

/** A domain without a policy of its own has that of the domain above it. */
export async function seeDmarc(domain: string, ask: AskTxt): Promise<Seen> {
  for (const one of [domain, domain.split('.').slice(-2).join('.')]) {
    const found = await ask(`_dmarc.${one}`);
    if (found === null) return { state: 'unanswered', there: [] };
    const there = found.filter((text) => /^v=DMARC1\s*(?:;|$)/i.test(text));
    if (there.length > 1) return { state: 'double', there };
    if (there.length === 1) return { state: /;\s*p\s*=\s*(?:none|quarantine|reject)\s*(?:;|$)/i.test(there[0]!) ? 'found' : 'different', there };
  }
  return { state: 'missing', there: [] };
}

/** Whether mail for the domain comes to our listener; elsewhere is not wrong where it is fetched or forwarded. */
export function seeMx(found: readonly string[] | null, wanted: string): Seen {
  if (found === null) return { state: 'unanswered', there: [] };
  const there = found.map((host) => host.toLowerCase().replace(/\.$/, '')).filter((host) => host !== '');
  if (there.length === 0) return { state: 'missing', there };
  return { state: there.includes(wanted) ? 'found' : 'different', there };
}
