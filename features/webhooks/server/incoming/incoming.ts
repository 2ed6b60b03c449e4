import { createHash, randomBytes } from 'node:crypto';
import type { Actor, Now } from '../../../../kernel/actor.ts';
import type { Page } from '../../../../kernel/contract.ts';
import { AppError } from '../../../../kernel/errors.ts';
import type { Vault } from '../../../../platform/config/vault.ts';
import type { Database, Tx } from '../../../../platform/db/db.ts';
import { newId } from '../../../../platform/db/ids.ts';
import { refusing } from '../../../../platform/db/refusals.ts';
import type { Emit } from '../../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../../platform/http/cursor.ts';
import { demand } from '../../../people/core/permissions.ts';
import type { CallView, IncomingCreate, IncomingPatch, IncomingView } from '../../core/incoming-contract.ts';
import { applied } from '../../core/mapping.ts';
import { INCOMING_SECRET } from '../sealed.ts';
import { newSecret } from '../signature.ts';
import { callPage, countIncoming, deleteIncoming, findIncoming, incomingPage, insertIncoming, lockIncoming, saveIncoming, type StoredCall, type StoredIncoming } from './store.ts';

const MAX_INCOMING = 50;
const REFUSALS = {
  incoming_webhooks_name: () => new AppError('conflict', 'webhook.name_taken', 'Another incoming webhook has this name; take another.'),
  incoming_webhooks_workspace_id_team_id_fkey: () => new AppError('invalid', 'webhook.no_such_team', 'There is no such team.'),
};

export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

type Paging = { limit: number; cursor?: string | undefined };

/** What those who configure do with the addresses at which programs hand something in. */
export function createIncoming({ db, now, emit, vault, publicUrl }: { db: Database; now: Now; emit: Emit; vault: Pick<Vault, 'seal'>; publicUrl: string }) {
  const work = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, 'webhooks.manage');
    return db.work(actor.workspaceId, act);
  };
  const manage = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => refusing(work(actor, async (tx) => {
    await lockIncoming(tx, actor.workspaceId);
    return act(tx);
  }), REFUSALS);

  async function required(tx: Tx, actor: Actor, id: string): Promise<StoredIncoming> {
    const hook = await findIncoming(tx, actor.workspaceId, id);
    if (!hook) throw new AppError('not_found', 'webhook.incoming_not_found', 'There is no such incoming webhook.');
    return hook;
  }

  const announce = (tx: Tx, actor: Actor, what: 'created' | 'changed' | 'removed', { id, version }: Pick<StoredIncoming, 'id' | 'version'>): Promise<void> =>
    emit(tx, actor.workspaceId, { type: `incoming_webhook.${what}`, subjectId: id, actor: { kind: 'person', id: actor.id }, data: { version }, at: now() });

  async function save(tx: Tx, actor: Actor, before: StoredIncoming, change: Partial<StoredIncoming>): Promise<StoredIncoming> {
    const hook = { ...before, ...change, version: before.version + 1, updatedAt: now() };
    await saveIncoming(tx, actor.workspaceId, hook);
    await announce(tx, actor, 'changed', hook);
    return hook;
  }

  const addressOf = (token: string): string => `${publicUrl}/api/v1/incoming/${token}`;
  const newToken = (): string => randomBytes(32).toString('base64url');

  return {
    list: (actor: Actor, { limit, cursor }: Paging): Promise<Page<IncomingView>> =>
      work(actor, async (tx) => {
        const rows = await incomingPage(tx, actor.workspaceId, limit + 1, cursor === undefined ? null : decodeCursor(cursor, ['string', 'id']));
        return pageOfRows(rows, limit, (row) => [row.nameKey, row.id], present);
      }),

    get: (actor: Actor, id: string): Promise<IncomingView> => work(actor, async (tx) => present(await required(tx, actor, id))),

    create: (actor: Actor, { name, makes, mapping, teamId }: IncomingCreate): Promise<IncomingView & { address: string }> =>
      manage(actor, async (tx) => {
        if (await countIncoming(tx, actor.workspaceId) >= MAX_INCOMING) throw new AppError('conflict', 'webhook.too_many', `There can be ${MAX_INCOMING} incoming webhooks; remove one first.`);
        const [token, at] = [newToken(), now()];
        const hook: StoredIncoming = { id: newId(), name, makes, mapping, teamId, tokenHash: hashOf(token), secret: null, disabledAt: null, lastCallAt: null, version: 1, createdAt: at, updatedAt: at };
        await insertIncoming(tx, actor.workspaceId, hook);
        await announce(tx, actor, 'created', hook);
        return { ...present(hook), address: addressOf(token) };
      }),

    change: (actor: Actor, id: string, { version, isEnabled, ...patch }: IncomingPatch): Promise<IncomingView> =>
      manage(actor, async (tx) => {
        const before = await required(tx, actor, id);
        if (version !== undefined && version !== before.version) {
          throw new AppError('conflict', 'webhook.changed_meanwhile', 'Somebody changed this webhook since it was read; read it again.', { version: before.version });
        }
        return present(await save(tx, actor, before, {
          name: patch.name ?? before.name, makes: patch.makes ?? before.makes, mapping: patch.mapping ?? before.mapping, teamId: patch.teamId === undefined ? before.teamId : patch.teamId,
          disabledAt: isEnabled === undefined ? before.disabledAt : isEnabled ? null : before.disabledAt ?? now(),
        }));
      }),

    remove: (actor: Actor, id: string): Promise<void> =>
      manage(actor, async (tx) => {
        const hook = await required(tx, actor, id);
        await deleteIncoming(tx, actor.workspaceId, id);
        await announce(tx, actor, 'removed', hook);
      }),

    /** The address of before leads nowhere from now on. */
    readdress: (actor: Actor, id: string): Promise<{ address: string }> =>
      manage(actor, async (tx) => {
        const token = newToken();
        await save(tx, actor, await required(tx, actor, id), { tokenHash: hashOf(token) });
        return { address: addressOf(token) };
      }),

    demandSignature: (actor: Actor, id: string): Promise<{ secret: string }> =>
      manage(actor, async (tx) => {
        const secret = newSecret();
        await save(tx, actor, await required(tx, actor, id), { secret: vault.seal(INCOMING_SECRET.place(actor.workspaceId, id), secret) });
        return { secret };
      }),

    waiveSignature: (actor: Actor, id: string): Promise<void> =>
      manage(actor, async (tx) => { await save(tx, actor, await required(tx, actor, id), { secret: null }); }),

    calls: (actor: Actor, id: string, { limit, cursor }: Paging): Promise<Page<CallView>> =>
      work(actor, async (tx) => {
        await required(tx, actor, id);
        const rows = await callPage(tx, actor.workspaceId, id, limit + 1, cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']));
        return pageOfRows(rows, limit, (row) => [row.createdAt.toISOString(), row.id], presentCall);
      }),

    preview(actor: Actor, { makes, mapping, sample }: Pick<IncomingCreate, 'makes' | 'mapping'> & { sample: unknown }) {
      demand(actor, 'webhooks.manage');
      const { mapped, problems } = applied(makes, mapping, sample);
      return { mapped: { ...mapped, tags: [...mapped.tags] }, problems };
    },
  };
}

const present = (hook: StoredIncoming): IncomingView => ({
  id: hook.id, name: hook.name, makes: hook.makes, mapping: hook.mapping, teamId: hook.teamId, isEnabled: hook.disabledAt === null, isSigned: hook.secret !== null,
  lastCallAt: hook.lastCallAt?.toISOString() ?? null, version: hook.version, createdAt: hook.createdAt.toISOString(), updatedAt: hook.updatedAt.toISOString(),
});

const presentCall = ({ id, givenId, ticketId, errorCode, createdAt }: StoredCall): CallView => ({ id, givenId, ticketId, errorCode, createdAt: createdAt.toISOString() });
