import { Readable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import { authenticate } from 'mailauth';
import { isPublicAddress } from '../egress/addresses.ts';
import { covers } from './covered.ts';
import { fieldsOf, fromItsHead, headOf } from './fields.ts';
import { inDns } from './header.ts';
import { systemResolver, type DNSResolver } from './resolver.ts';
import { resultsIn } from './results.ts';
import { wordOfSealers } from './sealers.ts';
import type { Log } from './sender.ts';

export type Verdict = 'pass' | 'fail' | 'none' | 'unknown';
/** Whether the domain of the author vouches for a message; `by` is who looked: `us`, or a server that is believed. */
export type Authentication = {
  readonly verdict: Verdict; readonly domain: string | null;
  readonly spf: string | null; readonly dkim: string | null; readonly dmarc: string | null; readonly arc: string | null; readonly by: string;
  /** It is vouched for, but whom it was for besides us anybody may have added. */
  readonly isOpen?: boolean;
  /** Whom the head names, as whoever looked reads it; not kept. */
  readonly author?: string;
  /** Whose word made it a pass (RFC 8617): somebody trusted passed the message on, and saw before that the author's domain vouched. */
  readonly sealer?: string;
};
/** Where a message came from. `client` null: nobody who handed it over is known. `believed`: servers whose results stand in its head. */
export type Origin = { readonly client: { readonly address: string; readonly name: string } | null; readonly envelopeFrom: string; readonly believed: readonly string[] };

/** For all of it; nothing has been promised about the time of other people's name servers. */
const CAP_MS = 3_000;
const HEAD_BYTES = 256 * 1024;
const PIECE_BYTES = 32 * 1024;
const NOTHING = { domain: null, spf: null, dkim: null, dmarc: null, arc: null, by: 'us' } as const;
const UNKNOWN: Authentication = { verdict: 'unknown', ...NOTHING };

export type Authenticate = (raw: Buffer, origin: Origin) => Promise<Authentication>;

/**
 * SPF, DKIM, DMARC and ARC of a message that is ours already. Too slow is `unknown`, never a pass; only when we know who
 * handed it over can it be a `fail`, since SPF cannot be asked otherwise. `sealers`: domains whose word is taken for what
 * they passed on.
 */
export function createAuthentication({ resolver = systemResolver(), capMs = CAP_MS, sealers = [], log }: {
  resolver?: DNSResolver | undefined; capMs?: number; sealers?: readonly string[]; log: Log;
}): Authenticate {
  return async (bytes, origin) => {
    const raw = fromItsHead(bytes);
    const head = headOf(raw, HEAD_BYTES);
    const told = resultsOf(head, origin.believed);
    if (told && !mayBeSealed(told, head, sealers)) return told;
    const found = await looked(raw, head, origin);
    // Beside what a server told that is believed, only a sealer's word counts.
    return told && found.sealer === undefined ? told : found;
  };

  async function looked(raw: Buffer, head: string, origin: Origin): Promise<Authentication> {
    if (isEndless(head)) return UNKNOWN;
    const client = origin.client && isPublicAddress(origin.client.address) ? origin.client : null;
    // Nothing that could be asked about: no name server needs to be.
    if (!client && !/^(?:dkim|arc-message)-signature:/im.test(head)) return { verdict: 'none', ...NOTHING };
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<Authentication>((resolve) => { timer = setTimeout(() => { resolve(UNKNOWN); }, capMs); });
    try {
      return await Promise.race([look(raw, head, { ...origin, client }, { resolver, sealers }), tooLong]);
    } catch (error) {
      log.warn({ err: error }, 'the sender of a message could not be looked up');
      return UNKNOWN;
    } finally {
      clearTimeout(timer);
    }
  }
}

const mayBeSealed = ({ verdict }: Authentication, head: string, sealers: readonly string[]): boolean =>
  verdict !== 'pass' && sealers.length > 0 && /^arc-seal:/im.test(head);

async function look(raw: Buffer, head: string, { envelopeFrom, client }: Origin, { resolver, sealers }: { resolver: DNSResolver; sealers: readonly string[] }): Promise<Authentication> {
  const found = await authenticate(raw.length > PIECE_BYTES ? Readable.from(inPieces(raw)) : raw, {
    ...(client && { ip: client.address, helo: client.name }), sender: envelopeFrom, mta: 'rapport', resolver, disableBimi: true, rejectRsaSha1: true,
  });
  const domain = domainIn(found.dkim.headerFrom[0]);
  const signatures = found.dkim.results.map(({ status }) => ({ result: status.result, aligned: Boolean(status.aligned) }));
  const spf = client && found.spf;
  const told = { spf: resultOf(spf), dkim: bestOf(signatures), dmarc: resultOf(found.dmarc), arc: resultOf(found.arc) };
  const isSentByThem = Boolean(spf && told.spf === 'pass' && isRelated(spf.domain, domain));
  const aligned = signatures.some((one) => one.result === 'pass' && one.aligned) || isSentByThem;
  const uncertain = [told.spf, told.dmarc, ...signatures.map(({ result }) => result)].some((result) => result?.startsWith('temper'));
  const askable = client !== null;
  const verdict = nobodys(told.dmarc, found.dkim.headerFrom, askable) ?? verdictOf({ ...told, aligned, uncertain, askable });
  const proof = verdict === 'pass' && !isSentByThem ? bySignatureAlone(found.dkim.results, head, askable) : { verdict };
  const [author = ''] = found.dkim.headerFrom;
  return { ...bySealer(proof, found, { domain, head, sealers, askable }), domain, ...told, by: 'us', author };
}

type Proof = Pick<Authentication, 'verdict' | 'isOpen' | 'sealer'>;
type Asked = { readonly domain: string | null; readonly head: string; readonly sealers: readonly string[]; readonly askable: boolean };

/** What was proved, or else the word of somebody trusted who passed the message on. */
function bySealer(proof: Proof, { arc, dkim }: Awaited<ReturnType<typeof authenticate>>, { domain, head, sealers, askable }: Asked): Proof {
  if (proof.verdict === 'pass' || domain === null || dkim.headerFrom.length !== 1) return proof;
  const word = wordOfSealers(arc, { domain, trusted: sealers, head });
  return word ? { verdict: 'pass', sealer: word.sealer, ...(askable && word.isOpen && { isOpen: true }) } : proof;
}

/** DMARC is silent about several authors, and about none; a reader is shown one of them all the same. */
function nobodys(dmarc: string | null, authors: readonly string[], askable: boolean): Verdict | null {
  if (dmarc !== null || authors.length === 1) return null;
  return askable ? 'fail' : 'none';
}

/** What anybody may have handed on: vouched for as far as the signatures go. */
function bySignatureAlone(results: Awaited<ReturnType<typeof authenticate>>['dkim']['results'], head: string, askable: boolean): Pick<Authentication, 'verdict' | 'isOpen'> {
  const theirs = results.filter(({ status }) => status.result === 'pass' && status.aligned);
  const isWhole = theirs.some((one) => covers(one, head, ['from', 'subject']));
  const isOpen = askable && !theirs.some((one) => covers(one, head, ['from', 'subject', 'to', 'cc']));
  return { verdict: isWhole ? 'pass' : 'none', ...(isOpen && { isOpen }) };
}

type Signature = { readonly result: string; readonly aligned: boolean };

/** The signature that says most for the author. */
const bestOf = (signatures: readonly Signature[]): string | null =>
  (signatures.find(({ result, aligned }) => result === 'pass' && aligned) ?? signatures.find(({ result }) => result === 'pass') ?? signatures[0])?.result ?? null;

const resultOf = (found: false | null | undefined | { status: { result: string } }): string | null => (found ? found.status.result : null);

type Signs = { dmarc: string | null; spf: string | null; dkim: string | null; aligned: boolean; uncertain: boolean; askable: boolean };

/** One word for all of it. A name server that did not answer proves nothing, in neither direction. */
function verdictOf({ dmarc, spf, dkim, aligned, uncertain, askable }: Signs): Verdict {
  if (dmarc === 'pass' || (dmarc !== 'fail' && aligned)) return 'pass';
  if (uncertain) return 'unknown';
  if (askable && (dmarc === 'fail' || (spf === 'fail' && dkim !== 'pass'))) return 'fail';
  return 'none';
}

/**
 * What was found, for the author whom people are shown. Two readers of one head can find two authors in it: what the domain
 * of the one vouches for is forged when it bears the name of the other.
 */
export function forAuthor({ author, ...found }: Authentication, address: string): Authentication {
  if (found.verdict !== 'pass' || found.domain === null) return found;
  const [vouched, shown] = [found.domain, domainIn(address) ?? ''].map(inDns) as [string, string];
  // Other servers may name the organisation.
  const isSame = found.by === 'us' ? vouched === shown : isRelated(vouched, shown);
  if (!isSame) return { ...found, verdict: 'fail' };
  return author === undefined || isNamedAs(author, address) ? found : { ...found, verdict: 'none' };
}

/** Of one domain, and still another person's name. Letters beyond ASCII are not compared: the other reader may have them in another charset. */
const isNamedAs = (author: string, shown: string): boolean => localIn(author) === localIn(shown) || /[^ -~]/.test(shown);
const localIn = (address: string): string => address.slice(0, address.lastIndexOf('@')).trim().toLowerCase();

const domainIn = (address: string | undefined): string | null => address?.split('@').at(-1)?.trim().toLowerCase() || null;

const isRelated = (one: string, other: string | null): boolean =>
  other !== null && one !== '' && (one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`));

/** What a server of ours wrote on top (RFC 8601). Anybody can write such a line: only names that are believed count, the first of them. */
export function resultsOf(head: string, believed: readonly string[]): Authentication | null {
  if (believed.length === 0) return null;
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, by = '', results = ''] = /^authentication-results:\s*([^\s;]{1,255})[^;]{0,20};(.*)$/i.exec(line) ?? [];
    if (believed.includes(by.toLowerCase())) return toldBy(by.toLowerCase(), results);
  }
  return null;
}

function toldBy(by: string, written: string): Authentication {
  const { author: domain, ...results } = resultsIn(written);
  return { verdict: VERDICTS[results.dmarc ?? ''] ?? 'none', domain, ...results, by };
}

const VERDICTS: Readonly<Record<string, Verdict>> = { pass: 'pass', bestguesspass: 'pass', fail: 'fail', temperror: 'unknown' };

/** The body is hashed here, line by line: between the pieces of a large one, other work gets its turn. */
async function* inPieces(raw: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < raw.length; at += PIECE_BYTES) {
    await breathe();
    yield raw.subarray(at, at + PIECE_BYTES);
  }
}

const MAX_LINES = 2_000;
const MAX_SIGNATURES = 30;
const MAX_AUTHORS = 8 * 1024;

/** Longer than any that people send. Looking them through takes time that grows with the square of it, of everybody's. */
function isEndless(head: string): boolean {
  if (head.length >= HEAD_BYTES || head.split('\n', MAX_LINES + 1).length > MAX_LINES) return true;
  const fields = fieldsOf(head);
  return fields.filter((field) => /^(?:dkim|arc-message)-signature[ \t]*:/i.test(field)).length > MAX_SIGNATURES
    || fields.some((field) => field.length > MAX_AUTHORS && /^(?:from|sender|dkim-signature|arc-[a-z-]{1,30})[ \t]*:/i.test(field));
}
