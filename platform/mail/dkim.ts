import { createPrivateKey, generateKeyPair } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { promisify } from 'node:util';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';

export type Algorithm = 'rsa' | 'ed25519';
/** `publicKey` as it stands in DNS after `p=`; `privateKey` is PEM. */
export type KeyPair = { readonly algorithm: Algorithm; readonly publicKey: string; readonly privateKey: string };
export type SigningKey = { readonly selector: string; readonly algorithm: Algorithm; readonly privateKey: string };

const RSA_BITS = 2048;
/** Of a string in DNS. */
const MAX_STRING = 255;
/** What a reader sees or acts upon; those that matter most are covered once more than they stand there, so that none can be added. */
const COVERED = [
  'From', 'From', 'To', 'To', 'Cc', 'Cc', 'Subject', 'Subject', 'Date', 'Date', 'Message-ID', 'Message-ID', 'Reply-To', 'Reply-To', 'In-Reply-To', 'References',
  'MIME-Version', 'Content-Type', 'Content-Type', 'Content-Transfer-Encoding', 'Content-Language', 'Auto-Submitted', 'List-Unsubscribe', 'List-Unsubscribe-Post',
];

const generate = promisify(generateKeyPair);

export async function makeKeyPair(algorithm: Algorithm): Promise<KeyPair> {
  if (algorithm === 'rsa') {
    const { publicKey, privateKey } = await generate('rsa', { modulusLength: RSA_BITS, publicKeyEncoding: { type: 'spki', format: 'der' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
    return { algorithm, publicKey: publicKey.toString('base64'), privateKey };
  }
  const { publicKey, privateKey } = await generate('ed25519', { publicKeyEncoding: { type: 'spki', format: 'der' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
  // RFC 8463: the 32 bytes alone, without what says what they are.
  return { algorithm, publicKey: publicKey.subarray(-32).toString('base64'), privateKey };
}

/** The value of the TXT record. */
export const dkimRecord = ({ algorithm, publicKey }: Pick<KeyPair, 'algorithm' | 'publicKey'>): string => `v=DKIM1; k=${algorithm}; p=${publicKey}`;

/** As zone files want long values: strings of at most 255 octets. */
export const zoneStrings = (value: string): string =>
  (value.match(new RegExp(`.{1,${MAX_STRING}}`, 'g')) ?? []).map((part) => `"${part}"`).join(' ');

/** The signatures stand before the very bytes that leave. A key that cannot sign keeps no mail back: the others do, or none. */
export async function signMail(raw: Buffer, { domain, keys, at }: { domain: string; keys: readonly SigningKey[]; at: Date }): Promise<Buffer> {
  if (keys.length === 0) return raw;
  const signatureData = keys.map(({ selector, algorithm, privateKey }) => ({
    signingDomain: domainToASCII(domain), selector, algorithm: `${algorithm}-sha256`, privateKey: createPrivateKey(privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
  }));
  const { signatures, errors } = await dkimSign(raw, { ...signatureData[0]!, signatureData, canonicalization: 'relaxed/relaxed', headerList: COVERED, signTime: at });
  if (errors.length > 0 && signatures === '') throw new AggregateError(errors.map(({ err }) => err), 'The mail could not be signed.');
  return Buffer.concat([Buffer.from(signatures), raw]);
}
