import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../../kernel/errors.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { BrandSite } from '../../workspaces/server/workspaces.ts';
import { addressKey, type Context } from './context.ts';
import type { Client } from './limits.ts';
import type { Mailing } from './mailing.ts';
import { endSessions, insertSession, insertSignIn, sessionByToken, sessionsOf, signInByLink, touchSession, tryCode, useSignIn, type Session } from './store.ts';

const WAY_IN_MS = 15 * 60_000;
/** Of a code of eight digits: one guess in twenty million finds it. */
const MOST_TRIES = 5;
const DAY_MS = 86_400_000;
const IDLE_MS = 30 * DAY_MS;
const LIFE_MS = 90 * DAY_MS;
const SEEN_MS = 10 * 60_000;
const MOST_SESSIONS = 50;

/** Longer than any of its tokens is good. */
const TOKEN_S = 2 * 3_600;

const SECRET = /^[A-Za-z0-9_-]{43}$/;
const CODE = /^\d{8}$/;

/** A customer who has proven a mailbox. `customerId` null: nobody here has that address (any more). */
export type Guest = {
  readonly workspaceId: string; readonly sessionId: string; readonly address: string; readonly addressKey: string; readonly customerId: string | null;
  readonly proof: Session['proof'];
  /** At whose host they are; what they begin there is a matter of that brand. */
  readonly brand?: BrandSite | null;
};
export type Opened = { readonly token: string; readonly seconds: number };
type SignInForm = { readonly address: string; readonly language: Language };

export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
export const newSecret = (): string => randomBytes(32).toString('base64url');
/** A code alone would be found again from its hash in no time: it is hashed with what nobody has. */
const codeHashOf = (id: string, code: string, key: Buffer): Buffer => createHash('sha256').update(key).update(`${id}\n${code}`).digest();
const gone = (): AppError => new AppError('not_found', 'sign_in.gone', 'This way in was used, or is too old; ask for another mail.');

/** Who a customer is, proven by their mailbox. Opening a link uses nothing up: scanners of mail follow every link. */
export function createSigningIn({ db, now, customers, companies, chat, limits, machineNow, key }: Context, mailing: Mailing) {
  /** Somebody of a company is known from then on, so that they see what it shows them. */
  async function proven(tx: Tx, workspaceId: string, address: string): Promise<void> {
    if (await companies.isOfCompany(tx, workspaceId, address)) await customers.resolve(tx, workspaceId, { email: address, proven: 'mailbox', at: now() });
    else await customers.proven(tx, workspaceId, { address, how: 'mailbox', at: now() });
  }

  async function openSession(tx: Tx, workspaceId: string, { address, proof, client }: { address: string; proof: Session['proof']; client: Client }): Promise<Opened> {
    const [token, at] = [newSecret(), machineNow()];
    const session: Session = {
      id: newId(), address, addressKey: addressKey(address), proof, userAgent: client.userAgent.slice(0, 300), createdAt: at, lastSeenAt: at, expiresAt: new Date(at.getTime() + LIFE_MS),
    };
    await insertSession(tx, workspaceId, session, hashOf(token));
    if (proof === 'mail') await proven(tx, workspaceId, address);
    return { token, seconds: LIFE_MS / 1000 };
  }

  const enter = async (tx: Tx, workspaceId: string, signIn: { id: string; address: string }, client: Client): Promise<Opened> => {
    if (!await useSignIn(tx, workspaceId, signIn.id, machineNow())) throw gone();
    return openSession(tx, workspaceId, { address: signIn.address, proof: 'mail', client });
  };

  return {
    /** One mail with a link and a code, or none; what is answered is the same whoever asks about whomever. The answer names the attempt, for typing the code. */
    async askForWayIn(workspaceId: string, { address, language }: SignInForm, client: Client): Promise<string> {
      await limits.askForWayIn(workspaceId, client);
      const [id, secret, code] = [newId(), newSecret(), String(randomInt(100_000_000)).padStart(8, '0')];
      await db.work(workspaceId, async (tx) => {
        const known = await customers.having(tx, address);
        const mayGo = await mailing.reaches(tx, workspaceId, address) && await limits.mayMailWayIn(workspaceId, address, known !== null);
        if (!mayGo) return;
        const at = machineNow();
        await insertSignIn(tx, workspaceId, { id, address, codeHash: codeHashOf(id, code, key), linkHash: hashOf(secret), createdAt: at, expiresAt: new Date(at.getTime() + WAY_IN_MS) });
        await mailing.wayIn(tx, workspaceId, { address, language: known?.language ?? language, brand: client.brand ?? null }, { secret, code });
      });
      return id;
    },

    async enterByCode(workspaceId: string, { id, code }: { id: string; code: string }, client: Client): Promise<Opened> {
      await limits.guess(workspaceId, client);
      const typed = code.replace(/\D/g, '');
      // A unit of work of its own: a wrong guess counts.
      const tried = await db.work(workspaceId, (tx) => tryCode(tx, workspaceId, id, MOST_TRIES, machineNow()));
      if (!tried || !CODE.test(typed) || !timingSafeEqual(tried.codeHash, codeHashOf(id, typed, key))) {
        throw new AppError('invalid', 'sign_in.wrong_code', 'This code is not right, was used, or is too old.');
      }
      return db.work(workspaceId, (tx) => enter(tx, workspaceId, { id, address: tried.address }, client));
    },

    /** Looks only. */
    async readLink(workspaceId: string, secret: string): Promise<{ address: string }> {
      const found = SECRET.test(secret) ? await db.work(workspaceId, (tx) => signInByLink(tx, workspaceId, hashOf(secret), machineNow())) : undefined;
      if (!found) throw gone();
      return { address: found.address };
    },

    enterByLink: (workspaceId: string, secret: string, client: Client): Promise<Opened> => db.work(workspaceId, async (tx) => {
      const found = SECRET.test(secret) ? await signInByLink(tx, workspaceId, hashOf(secret), machineNow()) : undefined;
      if (!found) throw gone();
      return enter(tx, workspaceId, found, client);
    }),

    /** Whom the company's own server vouches for: looks only. The token says their address. */
    async readToken(workspaceId: string, token: string, client: Client): Promise<{ address: string }> {
      await limits.guess(workspaceId, client);
      return { address: addressIn(await chat.vouched(workspaceId, token)) };
    },

    /** A token lets in once: whoever finds it in a history or a log later finds it used. */
    async enterByToken(workspaceId: string, token: string, client: Client): Promise<Opened> {
      await limits.guess(workspaceId, client);
      const address = addressIn(await chat.vouched(workspaceId, token));
      if (!await limits.once(workspaceId, `token ${hashOf(signedPart(token)).toString('base64url')}`, TOKEN_S)) throw gone();
      return db.work(workspaceId, (tx) => openSession(tx, workspaceId, { address, proof: 'company', client }));
    },

    /** Whoever used a link that was sent to that mailbox for another purpose has proven it as well. */
    openSession,

    /** Who is behind a cookie; null: nobody. */
    async guest(workspaceId: string, token: string | null): Promise<Guest | null> {
      if (token === null || !SECRET.test(token)) return null;
      return db.work(workspaceId, async (tx) => {
        const session = await sessionByToken(tx, workspaceId, hashOf(token));
        const at = machineNow().getTime();
        if (!session || session.expiresAt.getTime() <= at || session.lastSeenAt.getTime() + IDLE_MS <= at) return null;
        if (session.lastSeenAt.getTime() + SEEN_MS < at) await touchSession(tx, workspaceId, session.id, new Date(at));
        const customer = await customers.having(tx, session.address);
        return { workspaceId, sessionId: session.id, address: session.address, addressKey: session.addressKey, customerId: customer?.id ?? null, proof: session.proof };
      });
    },

    sessions: (guest: Guest): Promise<(Session & { isThis: boolean })[]> => db.work(guest.workspaceId, async (tx) =>
      (await sessionsOf(tx, guest.workspaceId, guest.addressKey, machineNow(), MOST_SESSIONS)).map((session) => ({ ...session, isThis: session.id === guest.sessionId }))),

    /** One device, or all others. */
    endSessions: (guest: Guest, which: { readonly id: string } | 'others'): Promise<void> => db.work(guest.workspaceId, async (tx) => {
      await endSessions(tx, guest.workspaceId, guest.addressKey, which === 'others' ? { but: guest.sessionId } : which, machineNow());
    }),
  };
}

/** What makes it this token and no other: a signature can be spelled in several ways, and of ES256 there is a second one. */
const signedPart = (token: string): string => token.split('.').slice(0, 2).join('.');

function addressIn({ email }: { email?: string | undefined }): string {
  if (email === undefined) throw new AppError('unauthenticated', 'visitor.no_address', 'The token has to say the address of the customer (email).');
  return email;
}
