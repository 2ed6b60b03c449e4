import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

type Options = Record<string, unknown>;
const FLAG = { present: 0x01, verified: 0x04, attested: 0x40 };

/**
 * A security key in software, as far as WebAuthn needs one: it makes one passkey and answers with it. It believes what
 * it is told about the page, so a test can play a phishing site or a copied key.
 */
export function createAuthenticator({ origin, verifies = true }: { origin: string; verifies?: boolean }) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const id = randomBytes(32);
  let counter = 0;

  const clientData = (type: string, options: Options, page: string): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge: options['challenge'], origin: page, crossOrigin: false }));

  function authenticatorData(rpId: string, flags: number, tail: Buffer = Buffer.alloc(0)): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(rpId), Buffer.from([FLAG.present | (verifies ? FLAG.verified : 0) | flags]), count, tail]);
  }

  return {
    id: id.toString('base64url'),
    /** The next answer carries this number, as a copy of the key would that was used elsewhere. */
    count: (to: number) => { counter = to; },

    make(options: Options, page = origin) {
      const cose = Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), Buffer.from(x, 'base64url'), Buffer.from('225820', 'hex'), Buffer.from(y, 'base64url')]);
      const data = authenticatorData(new URL(page).hostname, FLAG.attested, Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cose]));
      const length = Buffer.alloc(2);
      length.writeUInt16BE(data.length);
      // CBOR: {"fmt": "none", "attStmt": {}, "authData": bytes}
      const attestation = Buffer.concat([Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746159', 'hex'), length, data]);
      return {
        id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key', clientExtensionResults: {},
        response: { clientDataJSON: clientData('webauthn.create', options, page).toString('base64url'), attestationObject: attestation.toString('base64url'), transports: ['internal'] },
      };
    },

    answer(options: Options, page = origin) {
      counter += 1;
      const client = clientData('webauthn.get', options, page);
      const data = authenticatorData(new URL(page).hostname, 0);
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey);
      return {
        id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key', clientExtensionResults: {},
        response: { clientDataJSON: client.toString('base64url'), authenticatorData: data.toString('base64url'), signature: signature.toString('base64url') },
      };
    },
  };
}

const sha256 = (bytes: string | Buffer): Buffer => createHash('sha256').update(bytes).digest();
