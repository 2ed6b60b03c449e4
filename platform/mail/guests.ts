import { keepIn } from '../../kernel/bounded.ts';
import { networkOf } from '../../kernel/network.ts';
import { inNetworks } from '../http/client-address.ts';
import { countedAs } from './header.ts';

/** Places in all, and how many of them strangers may take: those whom we know always find one. */
const PLACES = 500;
const STRANGERS = 450;
/** From here on, those who keep us waiting are asked to go sooner. */
const CROWDED = 225;
const MINUTE_MS = 60_000;
const MAX_NETWORKS = 20_000;
const MAX_SENDERS = 20_000;
const MAX_NAME = 320;
const MEGABYTE = 1024 * 1024;
const BYTES = 256 * MEGABYTE;

export const LOOPBACK = ['127.0.0.0/8', '::1'];

/** Of one client address (of IPv6, one /64). Far above what a mail server does that has something to say to one desk. */
export const PER_CLIENT = { atOnce: 20, bytes: 100 * MEGABYTE, connections: 120, messages: 120, recipients: 600, offences: 60 };
/** Messages a minute of one envelope sender from there: a mail server brings those of many people, a flood is of one. */
export const PER_SENDER = 60;

type PerMinute = 'connections' | 'messages' | 'recipients' | 'offences';
type Guest = Record<PerMinute, number> & { inside: number; bytes: number; since: number };

/**
 * Who may come in and how much each may bring. Kept in memory: it guards this process against load, there is no secret
 * behind it that could be guessed, and a message that is put off is not lost. `trusted` networks (this very machine, mail
 * servers of ours in front) share the places and are not counted.
 */
export function createGuests({ trusted, now }: { trusted: readonly string[]; now: () => number }) {
  const isTrusted = inNetworks(trusted);
  const guests = new Map<string, Guest>();
  const senders = new Map<string, { since: number; count: number }>();
  const turnedAway = new Map<string, number>();
  let inside = 0;
  let strangers = 0;
  let bytes = 0;

  function guestAt(address: string): Guest {
    const at = now();
    const network = networkOf(address);
    let guest = guests.get(network);
    if (!guest) {
      if (guests.size >= MAX_NETWORKS) forget(at);
      guest = { ...freshMinute(at), inside: 0, bytes: 0 };
      guests.set(network, guest);
    }
    if (at - guest.since >= MINUTE_MS) Object.assign(guest, freshMinute(at));
    return guest;
  }

  function forget(at: number): void {
    for (const [network, guest] of guests) {
      if (guest.inside === 0 && guest.bytes === 0 && at - guest.since >= MINUTE_MS) guests.delete(network);
    }
    // So many in one minute are a flood of addresses; the oldest go first, and nobody inside.
    for (const [network, guest] of guests) {
      if (guests.size < MAX_NETWORKS) return;
      if (guest.inside === 0 && guest.bytes === 0) guests.delete(network);
    }
  }

  /** True while it is within the limit. */
  function takes(address: string, what: PerMinute): boolean {
    if (isTrusted(address)) return true;
    const guest = guestAt(address);
    guest[what] += 1;
    return guest[what] <= PER_CLIENT[what] || away(what);
  }

  function away(why: string): false {
    turnedAway.set(why, (turnedAway.get(why) ?? 0) + 1);
    return false;
  }

  function mayEnter(address: string): boolean {
    if (isTrusted(address)) return inside < PLACES || away('places');
    const guest = guestAt(address);
    if (strangers >= STRANGERS || inside >= PLACES) return away('places');
    if (guest.inside >= PER_CLIENT.atOnce) return away('at_once');
    if (guest.offences > PER_CLIENT.offences) return away('offences');
    return takes(address, 'connections');
  }

  return {
    isTrusted,

    /** False: no place for this one now. Who was let in must `leave`. */
    enter(address: string): boolean {
      if (!mayEnter(address)) return false;
      inside += 1;
      if (!isTrusted(address)) {
        strangers += 1;
        guestAt(address).inside += 1;
      }
      return true;
    },

    leave(address: string): void {
      inside -= 1;
      if (isTrusted(address)) return;
      strangers -= 1;
      guestAt(address).inside -= 1;
    },

    takes,

    /**
     * One message more of this sender; ask once `takes` had room for it. Anybody can write anybody's name, so what comes from
     * elsewhere under it is not counted here; reports, which have no sender, are not either.
     */
    takesFrom(address: string, sender: string): boolean {
      if (sender === '' || isTrusted(address)) return true;
      const key = `${networkOf(address)} ${countedAs(sender).slice(0, MAX_NAME)}`;
      const known = senders.get(key);
      const mine = known && now() - known.since < MINUTE_MS ? known : { since: now(), count: 0 };
      mine.count += 1;
      keepIn(senders, key, mine, MAX_SENDERS);
      return mine.count <= PER_SENDER || away('sender');
    },

    isCrowded: (): boolean => strangers >= CROWDED,

    /** Room for so many bytes more of a message that is coming in, until `unload`. */
    load(address: string, count: number): boolean {
      const own = isTrusted(address) ? null : guestAt(address);
      if (bytes + count > BYTES || (own !== null && own.bytes + count > PER_CLIENT.bytes)) return away('bytes');
      bytes += count;
      if (own) own.bytes += count;
      return true;
    },
    unload(address: string, count: number): void {
      bytes -= count;
      if (!isTrusted(address)) guestAt(address).bytes -= count;
    },

    /** How many were turned away since the start, and why; for the figures of the operator. */
    turnedAway: (): ReadonlyMap<string, number> => turnedAway,
    inside: (): number => inside,
  };
}

const freshMinute = (since: number): Record<PerMinute, number> & { since: number } => ({ connections: 0, messages: 0, recipients: 0, offences: 0, since });
