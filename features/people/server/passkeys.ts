import { createHash, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { AppError } from '../../../kernel/errors.ts';
import type { Database } from '../../../platform/db/db.ts';
import type { PasskeyAnswer, PasskeyMade } from '../core/two-step-contract.ts';
import { putChallenge, useChallenge, type ChallengePurpose, type PasskeyKey } from './factor-store.ts';

const CHALLENGE_SECONDS = 300;
/** Elliptic curves and RSA, which every authenticator has one of. */
const ALGORITHMS = [-8, -7, -257];

export type Passkeys = ReturnType<typeof createPasskeys>;
export type Options = { options: Record<string, unknown> };
type About = { readonly purpose: ChallengePurpose; readonly personId: string | null };

/** It is large, and most sign-ins need none of it. */
const webauthn = () => import('@simplewebauthn/server');

/** The ceremonies of WebAuthn. Passkeys belong to the host of `publicUrl`; browsers make none for a bare IP address. */
export function createPasskeys({ db, publicUrl }: { db: Pick<Database, 'lookup'>; publicUrl: string }) {
  const { hostname, origin } = new URL(publicUrl);
  const possible = isIP(hostname.replace(/^\[|\]$/g, '')) === 0 && (origin.startsWith('https:') || hostname === 'localhost' || hostname.endsWith('.localhost'));
  const hashOf = (challenge: string): Buffer => createHash('sha256').update(challenge).digest();

  function demandPossible(): void {
    if (!possible) {
      throw new AppError('conflict', 'passkey.not_possible', 'Browsers make passkeys only for https and a host name: set RAPPORT_PUBLIC_URL to an address like https://desk.example.org, or to http://localhost with its port to try it on this machine (not 127.0.0.1).');
    }
  }

  async function newChallenge({ purpose, personId }: About): Promise<Buffer<ArrayBuffer>> {
    demandPossible();
    const challenge = Buffer.from(randomBytes(32));
    await putChallenge(db.lookup, hashOf(challenge.toString('base64url')), purpose, personId, CHALLENGE_SECONDS);
    return challenge;
  }

  const spend = ({ purpose, personId }: About) => (challenge: string): Promise<boolean> =>
    useChallenge(db.lookup, hashOf(challenge), purpose, personId);

  return {
    possible,

    async registrationOptions(person: { id: string; email: string; name: string }, issuer: string, known: readonly PasskeyKey[]): Promise<Options> {
      const challenge = await newChallenge({ purpose: 'register', personId: person.id });
      const { generateRegistrationOptions } = await webauthn();
      const options = await generateRegistrationOptions({
        rpName: issuer, rpID: hostname, userName: person.email, userDisplayName: person.name, userID: new Uint8Array(Buffer.from(person.id)), challenge,
        attestationType: 'none', excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' }, supportedAlgorithmIDs: ALGORITHMS,
      });
      return { options: { ...options } };
    },

    async made(personId: string, made: PasskeyMade): Promise<Omit<PasskeyKey, 'id'>> {
      const { verifyRegistrationResponse } = await webauthn();
      const { registrationInfo } = await verifyRegistrationResponse({
        response: made as unknown as RegistrationResponseJSON, expectedChallenge: spend({ purpose: 'register', personId }),
        expectedOrigin: origin, expectedRPID: hostname, requireUserVerification: false, supportedAlgorithmIDs: ALGORITHMS,
      }).catch(() => ({ registrationInfo: undefined }));
      if (!registrationInfo) throw new AppError('invalid', 'passkey.not_made', 'This passkey could not be taken: it was made for another page, or too late; try again.');
      const { id, publicKey, counter } = registrationInfo.credential;
      return { credentialId: id, publicKey: Buffer.from(publicKey), counter, transports: made.response.transports ?? [] };
    },

    /** `known` empty: whichever passkey the person picks, who must be recognised by the authenticator then. */
    async requestOptions(about: About, known: readonly PasskeyKey[]): Promise<Options> {
      const challenge = await newChallenge(about);
      const { generateAuthenticationOptions } = await webauthn();
      const options = await generateAuthenticationOptions({
        rpID: hostname, challenge, userVerification: about.purpose === 'sign_in' ? 'required' : 'preferred',
        allowCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
      });
      return { options: { ...options } };
    },

    /** The new counter, or null when the answer is not good for this passkey, page and challenge. */
    async counterOf(key: PasskeyKey, answer: PasskeyAnswer, about: About): Promise<number | null> {
      const { verifyAuthenticationResponse } = await webauthn();
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: answer as unknown as AuthenticationResponseJSON, expectedChallenge: spend(about), expectedOrigin: origin, expectedRPID: hostname,
        credential: { id: key.credentialId, publicKey: new Uint8Array(key.publicKey), counter: key.counter, transports: key.transports },
        requireUserVerification: about.purpose === 'sign_in',
      }).catch(() => ({ verified: false as const, authenticationInfo: undefined }));
      return verified && authenticationInfo ? authenticationInfo.newCounter : null;
    },
  };
}
