import { hash, randomBytes } from 'node:crypto';
import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { askedTogether } from '../../../platform/db/together.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { emailKey } from '../core/address.ts';
import { readCredential, type CookieNames, type CredentialHeaders } from '../core/credentials.ts';
import { demandSession } from '../core/person.ts';
import {
  devicesPage, insertSession, rememberedOfSession, revokeSessions, sessionHolders, tokenHolder, touchSession, touchToken,
  type AgeCursor, type Device, type Holder, type StepDone,
} from './credential-store.ts';
import { deleteRemembered, insertRemembered } from './factor-store.ts';
import type { Limits } from './limits.ts';

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
export type Opening = {
  readonly personId: string; readonly email: string; readonly client: Client; readonly secondStep: StepDone;
  /** The remembered device that stood for the second step. */
  readonly rememberedId?: string | null;
  /** From now on this device stands for the second step. */
  readonly remember?: boolean;
};
type PageOf = { readonly limit: number; readonly cursor?: string | undefined };

/** So long requests of a crowd wait for each other: who sends them is asked for all. */
const GATHER_MS = 4;

export type Sessions = ReturnType<typeof createSessions>;

export const hashOf = (secret: string): Buffer => hash('sha256', secret, 'buffer');
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** Sessions, devices, and the one answer to "who is asking?". */
export function createSessions({ db, now, emit, limits, names }: {
  db: Database; now: Now; emit: Emit; limits: Limits; names: CookieNames;
}) {
  const sessionHolder = askedTogether((tokenHashes: readonly Buffer[]) => sessionHolders(db.lookup, tokenHashes), { gatherMs: GATHER_MS });

  /** A new session for somebody who has just proved who they are. The secret is known to the browser alone. */
  async function open(tx: Tx, workspaceId: string, { personId, email, client, secondStep, rememberedId = null, remember = false }: Opening): Promise<OpenedSession> {
    const token = newSecret();
    // Whoever is to be remembered gets a new device secret: an older one may have been copied.
    const device = limits.knownDevice(newSecret(), { emailKey: emailKey(email), device: remember ? null : client.device, address: client.address });
    const remembered = remember ? newId() : rememberedId;
    if (remember && remembered) {
      await insertRemembered(tx, workspaceId, { id: remembered, personId, deviceHash: hashOf(device), userAgent: client.userAgent, address: client.address });
    }
    const expiresAt = await insertSession(tx, workspaceId, {
      id: newId(), personId, tokenHash: hashOf(token), userAgent: client.userAgent, address: client.address, secondStep, rememberedId: remembered,
    });
    await emit(tx, workspaceId, {
      type: 'person.signed_in', subjectId: personId, actor: { kind: 'person', id: personId }, data: { secondStep }, at: now(),
    });
    return { token, expiresAt, device };
  }

  async function holderOf(headers: CredentialHeaders): Promise<{ kind: 'session' | 'token'; holder: Holder } | null> {
    const credential = readCredential(headers, names);
    if (!credential) return null;
    const tokenHash = hashOf(credential.secret);
    const holder = await (credential.kind === 'session' ? sessionHolder(tokenHash) : tokenHolder(db.lookup, tokenHash));
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
    const holder = await sessionHolder(hashOf(secret));
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

    async signOut(actor: Actor | null): Promise<void> {
      if (actor?.credential.kind === 'session') await end(actor.workspaceId, actor.id, { id: actor.credential.id });
    },

    /** One's own devices, newest first. */
    async devices(actor: Actor, { limit, cursor }: PageOf): Promise<Page<Device>> {
      demandSession(actor);
      const rows = await db.work(actor.workspaceId, (tx) => devicesPage(tx, actor.id, { limit: limit + 1, after: ageCursor(cursor) }));
      return pageOfRows(rows, limit, ageKey, (device) => device);
    },

    /** What is signed out here is not remembered there any more. */
    async endDevice(actor: Actor, id: string): Promise<void> {
      demandSession(actor);
      await db.work(actor.workspaceId, async (tx) => {
        const ended = await end(actor.workspaceId, actor.id, { id });
        if (ended.length === 0) throw new AppError('not_found', 'session.not_found', 'You have no such device.');
        const rememberedId = await rememberedOfSession(tx, actor.id, id);
        if (rememberedId) await deleteRemembered(tx, actor.id, rememberedId);
      });
    },
  };

  return { open, leave, announceEnd, doors };
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
