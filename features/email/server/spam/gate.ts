import type { Now } from '../../../../kernel/actor.ts';
import { keepIn } from '../../../../kernel/bounded.ts';
import type { Database } from '../../../../platform/db/db.ts';
import { readHead } from '../../../../platform/mail/head.ts';
import { addressKey, splitPlus, type MailName } from '../../core/addresses.ts';
import type { Judgement } from '../../core/quarantine.ts';
import { ruleFor } from '../../core/spam/senders.ts';
import { isTooMany, oldestSlot, slotOf, type Limits } from '../../core/spam/traffic.ts';
import { countTraffic } from './filter-store.ts';
import type { Filters } from './filters.ts';

/** A message that is kept but not looked into. */
export type Held = { readonly judgement: Judgement; readonly from: MailName | null; readonly subject: string };
type Comer = {
  readonly raw: Buffer; readonly envelopeFrom: string; readonly receivedAt: Date;
  /** Of whoever handed it over; empty: nobody is known. */
  readonly network: string;
  /** Whether the domain of this author vouches for the message; asked for those who write much. */
  readonly isVouchedFor: (author: string) => Promise<boolean>;
};
export type Gate = (workspaceId: string, comer: Comer) => Promise<Held | null>;

/** Reports of mail systems are about our own mail, and open nothing. */
const DAEMONS = /^(?:mailer-daemon|mailerdaemon|mail-daemon)@/;
/** So many messages of one sender in a slot cost no row. */
const FREE = 10;
const MAX_SENDERS = 20_000;
/** RFC 5321, 6.3: more than anybody's way is long. */
const MAX_HOPS = 100;
/** A sender that people allow may send so many times as much; not without end, since anybody can write that name. */
const ALLOWED_TIMES = 20;

/** Who is beyond the limit by this slot alone stays so until it ends: what comes then is counted by the hundred. */
const SAVED_EVERY = 100;

type Recent = { slot: number; count: number; unsaved: number; isOver: boolean };
type Sender = { readonly address: string; readonly network: string; isVouchedFor(): Promise<boolean> };

/** Before a message is taken apart: whether its sender is blocked or sends more than a person does, or servers pass it round. */
export function createGate({ db, filters, now, machineNow }: { db: Database; filters: Filters; now: Now; machineNow: Now }): Gate {
  /** The present slot of each sender, as far as this process has seen it. */
  const recent = new Map<string, Recent>();

  /** Limits keep the machine's time: where business time stands still, a sender would be over the limit for ever. */
  const onMachine = (at: Date): Date => new Date(at.getTime() + machineNow().getTime() - now().getTime());

  function seen(key: string, slot: number): Recent {
    const known = recent.get(key);
    const sender = known?.slot === slot ? known : { slot, count: 0, unsaved: 0, isOver: false };
    sender.count += 1;
    keepIn(recent, key, sender, MAX_SENDERS);
    return sender;
  }

  /**
   * Only what their domain vouches for counts against an address; anybody can write its name, and what they write counts
   * against that name from their own network alone.
   */
  async function exceeds(workspaceId: string, { address, network, isVouchedFor }: Sender, at: Date, limits: Limits): Promise<boolean> {
    const slot = slotOf(at);
    const unproven = `from:${address} by ${network}`;
    const near = seen(`near ${workspaceId} ${unproven}`, slot);
    near.unsaved += 1;
    if (near.count <= Math.min(FREE, Math.floor(limits.perTenMinutes / 2))) return false;
    const first = near.unsaved;
    near.unsaved = 0;
    const key = await isVouchedFor() ? `from:${address}` : unproven;
    const sender = seen(`${workspaceId} ${key}`, slot);
    sender.unsaved += first;
    if (sender.isOver && sender.unsaved < SAVED_EVERY) return true;
    const more = sender.unsaved;
    sender.unsaved = 0;
    const counts = await db.work(workspaceId, (tx) =>
      countTraffic(tx, workspaceId, { key, slot: new Date(slot), since: new Date(oldestSlot(at)), more }));
    const slots = counts.map((one) => ({ slot: one.slot.getTime(), count: one.count }));
    sender.isOver = isTooMany(slots.filter((one) => one.slot === slot), at, limits);
    return isTooMany(slots, at, limits);
  }

  return async (workspaceId, { raw, envelopeFrom, receivedAt, network, isVouchedFor }) => {
    const filter = await filters.get(workspaceId);
    const { hops, ...head } = await readHead(raw);
    const author = head.from?.address ?? envelopeFrom;
    const rule = ruleFor(filter.rules, author);
    const named = rule ?? ruleFor(filter.rules, envelopeFrom);
    if (named?.verdict === 'block') return { judgement: { reason: 'blocked_sender', words: `blocked ${named.name}` }, ...head };
    if (hops > MAX_HOPS) return { judgement: { reason: 'loop', words: `hops ${hops}` }, ...head };
    const sender = addressKey(splitPlus(author).base).slice(0, 320);
    if (sender === '' || DAEMONS.test(sender)) return null;
    const times = rule ? ALLOWED_TIMES : 1;
    const limits = { perTenMinutes: filter.perTenMinutes * times, perHour: filter.perHour * times };
    return await exceeds(workspaceId, { address: sender, network, isVouchedFor: () => isVouchedFor(author) }, onMachine(receivedAt), limits) ? { judgement: { reason: 'too_many', words: `sender ${sender}` }, ...head } : null;
  };
}
