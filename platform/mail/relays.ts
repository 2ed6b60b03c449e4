import type { Vault } from '../config/vault.ts';
import type { Tx } from '../db/db.ts';
import type { MailHosts } from './hosts.ts';
import { createRelay, heardNothing, type Envelope, type Left, type Patience, type Relay, type RelayPlace, type TokenFor } from './relay.ts';
import { relayFor, RELAY_PASSWORD, type StoredRelay } from './relay-store.ts';

/** Of relays that people entered, so many keep their connections at once; the one used the longest ago gives way. */
const MAX_OPEN = 20;

/** Where the tokens of relays come from that somebody signs in to at a provider. */
export type RelayTokens = (workspaceId: string, relay: Pick<StoredRelay, 'auth' | 'mailboxId' | 'user' | 'host'>) => TokenFor;

/** By which relay a mail leaves: tries it, and another one only when that was asked for. */
export type Way = { send(envelope: Envelope, raw: Buffer): Promise<{ response: string; left: Left[] }>; /** Whether a mail would be taken over now, as far as can be told without one. */ answers(withinMs: number): Promise<boolean> };

/** All relays of the installation: its own, and those of its workspaces. */
export function createRelays({ usualUrl, hosts, vault, tokens, connections, patience }: {
  usualUrl: string | null; hosts: MailHosts; vault: Pick<Vault, 'open'>; tokens: RelayTokens; connections: number; patience: Patience;
}) {
  const usual = usualUrl === null ? null : createRelay(usualUrl, { connections, patience });
  const open = new Map<string, { relay: Relay; version: number; busy: number }>();

  function opened(workspaceId: string, stored: StoredRelay) {
    const known = open.get(stored.id);
    open.delete(stored.id);
    if (known?.version === stored.version) {
      open.set(stored.id, known);
      return known;
    }
    // What it is sending may end; it is not given anything more.
    if (known?.busy === 0) known.relay.close();
    const made = { relay: createRelay({ ...stored, proof: proofOf(workspaceId, stored), lookup: hosts.relayLookupFor(stored) }, { connections, patience }), version: stored.version, busy: 0 };
    open.set(stored.id, made);
    makeRoom();
    return made;
  }

  function proofOf(workspaceId: string, stored: StoredRelay): RelayPlace['proof'] {
    if (stored.auth !== 'password') return { token: tokens(workspaceId, stored) };
    return { password: stored.password === null ? null : vault.open(RELAY_PASSWORD.place(workspaceId, stored.id), stored.password) };
  }

  function makeRoom(): void {
    for (const [id, { relay, busy }] of open) {
      if (open.size <= MAX_OPEN) return;
      if (busy > 0) continue;
      relay.close();
      open.delete(id);
    }
  }

  async function sendBy(workspaceId: string, stored: StoredRelay, envelope: Envelope, raw: Buffer): Promise<{ response: string; left: Left[] }> {
    const chosen = opened(workspaceId, stored);
    chosen.busy += 1;
    try {
      return await chosen.relay.send(envelope, raw);
    } catch (error) {
      if (!stored.failsOver || !usual || !heardNothing(error)) throw error;
      return await usual.send(envelope, raw);
    } finally {
      chosen.busy -= 1;
      if (chosen.busy === 0 && open.get(stored.id) !== chosen) chosen.relay.close();
    }
  }

  const answersFor = async (workspaceId: string, stored: StoredRelay, withinMs: number): Promise<boolean> =>
    await opened(workspaceId, stored).relay.answers(withinMs) || (stored.failsOver && usual !== null && usual.answers(withinMs));

  return {
    /** Without it only workspaces with a relay of their own can send. */
    hasUsual: usual !== null,

    async wayFor(tx: Tx, workspaceId: string, from: string): Promise<Way> {
      const stored = await relayFor(tx, workspaceId, from);
      if (stored) return { send: (envelope, raw) => sendBy(workspaceId, stored, envelope, raw), answers: (withinMs) => answersFor(workspaceId, stored, withinMs) };
      return usual ?? { send: () => Promise.reject(Object.assign(new Error(`No relay is set up for mail from ${from}.`), { code: 'ENORELAY' })), answers: () => Promise.resolve(false) };
    },

    close(): void {
      usual?.close();
      for (const { relay } of open.values()) relay.close();
      open.clear();
    },
  };
}
