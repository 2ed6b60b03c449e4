import { createHash, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { emailKey } from '../core/address.ts';
import type { SignIn } from '../core/contract.ts';
import { readCredential, type CookieNames, type CredentialHeaders } from '../core/credentials.ts';
import { demandSession } from '../core/person.ts';
import {
  devicesPage, insertSession, revokeSessions, sessionHolder, signInCandidates, tokenHolder, touchSession, touchToken,
  type AgeCursor, type Device, type Holder,
} from './credential-store.ts';
import type { Attempt, Limits } from './limits.ts';
import type { Passwords } from './passwords.ts';
import { lockPassword } from './store.ts';

/** Where a request comes from, as far as it can be known. */
export type Client = {
  readonly address: string;
  readonly userAgent: string;
  /** The cookie of a device that signed in before. */
  readonly device: string | null;
  /** The session that the browser had until now; a sign-in ends it. */
  readonly session: string | null;
};
export type OpenedSession = { readonly token: string; readonly expiresAt: Date; readonly device: string };
type PageOf = { readonly limit: number; readonly cursor?: string | undefined };

export type Sessions = ReturnType<typeof createSessions>;

export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** Sign-in, devices, and the one answer to "who is asking?". */
export function createSessions({ db, now, emit, limits, passwords, names }: {
  db: Database; now: Now; emit: Emit; limits: Limits; passwords: Passwords; names: CookieNames;
}) {
  /** Tries every person with the address; always at least one hash, so that unknown addresses take as long. */
  async function match(input: z.infer<typeof SignIn>): Promise<{ workspaceId: string; personId: string; passwordHash: string } | null> {
    const candidates = (await signInCandidates(db.lookup, emailKey(input.email)))
      .filter(({ workspaceId }) => input.workspaceId === undefined || workspaceId === input.workspaceId);
    for (const candidate of candidates) {
      if (await passwords.matches(candidate.passwordHash, input.password)) return candidate;
    }
    if (candidates.length === 0) await passwords.matchesNobody(input.password);
    return null;
  }

  /** A new session for somebody who has just proved who they are. The secret is known to the browser alone. */
  async function open(tx: Tx, workspaceId: string, personId: string, email: string, client: Client): Promise<OpenedSession> {
    const token = newSecret();
    const expiresAt = await insertSession(tx, workspaceId, {
      id: newId(), personId, tokenHash: hashOf(token), userAgent: client.userAgent, address: client.address,
    });
    await emit(tx, workspaceId, { type: 'person.signed_in', subjectId: personId, actor: { kind: 'person', id: personId }, at: now() });
    const device = limits.knownDevice(newSecret(), { emailKey: emailKey(email), device: client.device, address: client.address });
    return { token, expiresAt, device };
  }

  async function holderOf(headers: CredentialHeaders): Promise<{ kind: 'session' | 'token'; holder: Holder } | null> {
    const credential = readCredential(headers, names);
    if (!credential) return null;
    const find = credential.kind === 'session' ? sessionHolder : tokenHolder;
    const holder = await find(db.lookup, hashOf(credential.secret));
    return holder ? { kind: credential.kind, holder } : null;
  }

  const touch = (kind: 'session' | 'token', { workspaceId, credentialId }: Holder): Promise<void> =>
    db.work(workspaceId, (tx) => (kind === 'session' ? touchSession : touchToken)(tx, credentialId));

  async function end(workspaceId: string, personId: string, which: { id?: string; keep?: string }): Promise<string[]> {
    return db.work(workspaceId, async (tx) => {
      const ended = await revokeSessions(tx, personId, which);
      await announceEnd(tx, workspaceId, personId, ended);
      return ended;
    });
  }

  async function announceEnd(tx: Tx, workspaceId: string, personId: string, ended: readonly string[]): Promise<void> {
    await emit(tx, workspaceId, ...ended.map((id) => ({
      type: 'session.revoked' as const, subjectId: id, actor: { kind: 'person' as const, id: personId }, data: { personId }, at: now(),
    })));
  }

  async function leave(secret: string | null): Promise<void> {
    if (secret === null) return;
    const holder = await sessionHolder(db.lookup, hashOf(secret));
    if (holder) await end(holder.workspaceId, holder.personId, { id: holder.credentialId });
  }

  const doors = {
    /** The one check for every door: null unless the request carries exactly one credential that is good right now. */
    async authenticate(headers: CredentialHeaders): Promise<Actor | null> {
      const found = await holderOf(headers);
      if (!found) return null;
      const { kind, holder } = found;
      // When it was last seen is worth knowing, and not worth refusing anybody.
      if (holder.stale) await touch(kind, holder).catch(() => undefined);
      return {
        id: holder.personId, workspaceId: holder.workspaceId, role: holder.role, teamIds: holder.teamIds,
        credential: { kind, id: holder.credentialId }, scopes: holder.scopes,
      };
    },

    /** Refuses in the same words and the same time whether the address, the password or the account is wrong. */
    async signIn(input: z.infer<typeof SignIn>, client: Client): Promise<OpenedSession> {
      const attempt: Attempt = { emailKey: emailKey(input.email), address: client.address, device: client.device };
      const giveBack = await limits.signIn(attempt);
      const person = await match(input);
      if (!person) throw wrongCredentials();
      const opened = await db.work(person.workspaceId, async (tx) => {
        const current = await lockPassword(tx, person.personId);
        if (current?.hash !== person.passwordHash) throw wrongCredentials();
        return open(tx, person.workspaceId, person.personId, input.email, client);
      });
      await giveBack();
      await leave(client.session);
      return opened;
    },

    async signOut(actor: Actor | null): Promise<void> {
      if (actor?.credential.kind === 'session') await end(actor.workspaceId, actor.id, { id: actor.credential.id });
    },

    /** One's own devices, newest first. */
    async devices(actor: Actor, { limit, cursor }: PageOf): Promise<Page<Device>> {
      const rows = await db.work(actor.workspaceId, (tx) => devicesPage(tx, actor.id, { limit: limit + 1, after: ageCursor(cursor) }));
      return pageOfRows(rows, limit, ageKey, (device) => device);
    },

    async endDevice(actor: Actor, id: string): Promise<void> {
      demandSession(actor);
      const ended = await end(actor.workspaceId, actor.id, { id });
      if (ended.length === 0) throw new AppError('not_found', 'session.not_found', 'You have no such device.');
    },
  };

  return { open, announceEnd, doors };
}

export const ageKey = (row: { createdAt: Date; id: string }): [string, string] => [row.createdAt.toISOString(), row.id];

export function ageCursor(cursor: string | undefined): AgeCursor | null {
  if (cursor === undefined) return null;
  const [at, id] = decodeCursor(cursor, ['string', 'string']);
  return { at: new Date(checkedMoment(at)), id: checkedId(id) };
}

/** Whoever edits a cursor gets the same refusal as for a broken one. */
export const checkedId = (id: string): string => {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw badCursor();
  return id;
};

const checkedMoment = (at: string): string => {
  if (Number.isNaN(Date.parse(at))) throw badCursor();
  return at;
};

const badCursor = (): AppError =>
  new AppError('invalid', 'request.bad_cursor', 'Use the nextCursor of the previous page, unchanged and with the same filters.');

const wrongCredentials = (): AppError =>
  new AppError('unauthenticated', 'session.wrong_credentials', 'The address or the password is wrong.');
