import type { Now } from '../../../kernel/actor.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Vault } from '../../../platform/config/vault.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { DueWork } from '../../../platform/jobs/due.ts';
import type { Push, PushOutcome } from '../../../platform/push/push.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import { pushWords } from '../core/letter.ts';
import { outOfQuiet } from '../core/times.ts';
import { preferencesOf, timesOf } from './preference-store.ts';
import { claim, dueMessages, keysOf, markTold, putOff, removeDevice, removeMessage, type MessageKey, type PushJob, type StoredKeys } from './push-store.ts';
import { PUSH_AUTH, PUSH_KEY } from './sealed.ts';

const MINUTE_MS = 60_000;
/** A push service answers within this, or another process tries. */
const CLAIM_MS = 2 * MINUTE_MS;
const PAUSES_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, 30 * MINUTE_MS, 60 * MINUTE_MS];
const MOST_REFUSALS = 5;
const AT_ONCE = 16;
const DAY_S = 86_400;
/** Whoever comes back later finds the offer gone. */
const OFFER_S = 60;

/**
 * Tells browsers of notices while nobody looks at the desk in them: what happened to which ticket, in the reader's language, its
 * subject only where that was allowed, and nothing that was written in it.
 */
export function createPushing({ db, now, workspaces, push, vault, log }: { db: Database; now: Now; workspaces: Pick<Workspaces, 'get'>; push: Pick<Push, 'send'>; vault: Pick<Vault, 'open'>; log: Log }): DueWork {
  /** What is to be sent now; null when nothing is. */
  async function take(tx: Tx, message: MessageKey): Promise<{ job: PushJob; keys: StoredKeys } | null> {
    const at = now();
    const { workspaceId } = message;
    const job = await claim(tx, message, { at, until: new Date(at.getTime() + CLAIM_MS) });
    const keys = await keysOf(tx, workspaceId);
    if (!job || !keys) return null;
    const { personId } = job.device;
    const [said] = await preferencesOf(tx, workspaceId, [personId], job.kind);
    if (!job.isWanted || said?.push === false || job.tries > PAUSES_MS.length + 1) {
      await removeMessage(tx, message);
      return null;
    }
    const times = (await timesOf(tx, workspaceId, [personId])).get(personId)!;
    const until = outOfQuiet(times, at, job.urgent);
    if (until > at) {
      await putOff(tx, message, { until, tries: job.tries - 1 });
      return null;
    }
    return { job, keys };
  }

  async function settle(tx: Tx, message: MessageKey, job: PushJob, outcome: PushOutcome): Promise<void> {
    const at = now();
    if (outcome.state === 'gone') {
      await removeDevice(tx, message.workspaceId, { id: message.deviceId });
      return;
    }
    if (outcome.state === 'later') {
      const pause = PAUSES_MS[job.tries - 1];
      if (pause === undefined) await removeMessage(tx, message);
      else await putOff(tx, message, { until: new Date(at.getTime() + Math.max(pause, outcome.afterMs ?? 0)), tries: job.tries });
      return;
    }
    await removeMessage(tx, message);
    if (await markTold(tx, message, outcome.state, at) >= MOST_REFUSALS) await removeDevice(tx, message.workspaceId, { id: message.deviceId });
  }

  async function tell(message: MessageKey): Promise<void> {
    const { workspaceId, noticeId } = message;
    const taken = await db.work(workspaceId, (tx) => take(tx, message));
    if (!taken) return;
    const { job, keys } = taken;
    const { device } = job;
    const outcome = await push.send({
      endpoint: device.endpoint, keys: { p256dh: device.publicKey, auth: vault.open(PUSH_AUTH.place(workspaceId, device.id), device.authSecret) },
      vapid: { publicKey: keys.publicKey, privateKey: vault.open(PUSH_KEY.place(workspaceId, workspaceId), keys.privateKey) },
    }, {
      payload: {
        ...pushWords(job.language, { kind: job.kind, number: job.number, subject: device.subjects ? job.subject : null, text: device.subjects && typeof job.data['text'] === 'string' ? job.data['text'] : null, workspace: (await workspaces.get(workspaceId)).name }),
        tag: job.ticketId ?? noticeId, url: job.ticketId === null ? '/inbox/mine' : `/inbox/active/${job.ticketId}`,
      },
      ttl: job.kind === 'offered' ? OFFER_S : DAY_S, urgent: job.urgent || job.kind === 'offered', topic: (job.ticketId ?? noticeId).replaceAll('-', ''),
    });
    await db.work(workspaceId, (tx) => settle(tx, message, job, outcome));
  }

  return {
    name: 'notices to browsers',
    async handle(at, limit) {
      const messages = await dueMessages(db.owner, at, limit);
      for (let done = 0; done < messages.length; done += AT_ONCE) {
        for (const one of await Promise.allSettled(messages.slice(done, done + AT_ONCE).map(tell))) {
          // It waits until its time is over, and is tried again.
          if (one.status === 'rejected') log.error({ err: one.reason as unknown }, 'a browser could not be told of a notice');
        }
      }
      return messages.length;
    },
  };
}
