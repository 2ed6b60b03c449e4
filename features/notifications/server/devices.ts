import { createHash } from 'node:crypto';
import type { Actor, Now } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Vault } from '../../../platform/config/vault.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { areBrowserKeys } from '../../../platform/push/encryption.ts';
import type { Push } from '../../../platform/push/push.ts';
import { newVapidKeys } from '../../../platform/push/vapid.ts';
import { demand } from '../../people/core/permissions.ts';
import { demandSession } from '../../people/core/person.ts';
import type { PushDeviceCreate, PushDeviceView, PushView } from '../core/contract.ts';
import { deviceAt, devicesOf, insertDevice, insertKeys, keepNewest, keysOf, removeDevice, setSubjects, type Device } from './push-store.ts';
import { PUSH_AUTH, PUSH_KEY } from './sealed.ts';

/** Of one person; the oldest one makes room. */
const MOST_DEVICES = 10;

/** The browsers in which a person wants to be told of news. Machine time: sessions end by it. */
export function createDevices({ db, machineNow, push, vault }: { db: Database; machineNow: Now; push: Pick<Push, 'isEndpoint'>; vault: Pick<Vault, 'seal' | 'open'> }) {
  const work = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demandSession(actor);
    demand(actor, 'tickets.read');
    return db.work(actor.workspaceId, act);
  };

  async function publicKey(tx: Tx, { workspaceId }: Actor): Promise<string> {
    const known = await keysOf(tx, workspaceId);
    if (known) return known.publicKey;
    const fresh = newVapidKeys();
    await insertKeys(tx, workspaceId, { publicKey: fresh.publicKey, privateKey: vault.seal(PUSH_KEY.place(workspaceId, workspaceId), fresh.privateKey) }, machineNow());
    return (await keysOf(tx, workspaceId))!.publicKey;
  }

  const view = async (tx: Tx, actor: Actor): Promise<PushDeviceView[]> => (await devicesOf(tx, actor.workspaceId, actor.id)).map(({ id, userAgent, sessionId, subjects, createdAt, toldAt }) =>
    ({ id, userAgent, isThis: sessionId === actor.credential.id, subjects, createdAt: createdAt.toISOString(), toldAt: toldAt?.toISOString() ?? null }));
  const one = async (tx: Tx, actor: Actor, id: string): Promise<PushDeviceView> => {
    const found = (await view(tx, actor)).find((device) => device.id === id);
    if (!found) throw absent();
    return found;
  };

  /** What is known of the browser and still holds. */
  const isSame = (actor: Actor, known: Device, { keys }: PushDeviceCreate): boolean =>
    known.personId === actor.id && known.sessionId === actor.credential.id && known.publicKey === keys.p256dh && vault.open(PUSH_AUTH.place(actor.workspaceId, known.id), known.authSecret) === keys.auth;

  return {
    show: (actor: Actor): Promise<PushView> => work(actor, async (tx) => ({ publicKey: await publicKey(tx, actor), devices: await view(tx, actor) })),

    /** Whoever signs in with a browser takes it over from whoever was there before. */
    add: (actor: Actor, given: PushDeviceCreate): Promise<PushDeviceView> => work(actor, async (tx) => {
      const { endpoint, keys } = given;
      if (!push.isEndpoint(endpoint)) throw new AppError('invalid', 'push.bad_endpoint', 'The endpoint is an https address of a push service; give what PushSubscription.toJSON() says.');
      if (!areBrowserKeys(keys)) throw new AppError('invalid', 'push.bad_keys', 'These are no keys of a browser; give what PushSubscription.toJSON() says.');
      const endpointHash = createHash('sha256').update(endpoint).digest();
      const known = await deviceAt(tx, actor.workspaceId, endpointHash);
      const subjects = given.subjects ?? (known?.personId === actor.id && known.subjects);
      if (known && isSame(actor, known, given) && known.subjects === subjects) return one(tx, actor, known.id);
      if (known) await removeDevice(tx, actor.workspaceId, { id: known.id });
      const id = newId();
      await insertDevice(tx, actor.workspaceId, {
        id, personId: actor.id, sessionId: actor.credential.id, endpoint, publicKey: keys.p256dh, authSecret: vault.seal(PUSH_AUTH.place(actor.workspaceId, id), keys.auth), subjects, createdAt: machineNow(), toldAt: null,
      }, endpointHash);
      await keepNewest(tx, actor.workspaceId, actor.id, MOST_DEVICES);
      return one(tx, actor, id);
    }),

    change: (actor: Actor, id: string, { subjects }: { subjects: boolean }): Promise<PushDeviceView> => work(actor, async (tx) => {
      if (!await setSubjects(tx, actor.workspaceId, { personId: actor.id, id }, subjects)) throw absent();
      return one(tx, actor, id);
    }),

    remove: (actor: Actor, id: string): Promise<void> => work(actor, async (tx) => {
      if (!await removeDevice(tx, actor.workspaceId, { personId: actor.id, id })) throw absent();
    }),
  };
}

const absent = (): AppError => new AppError('not_found', 'push_device.not_found', 'There is no such browser among yours.');
