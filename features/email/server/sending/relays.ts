import type { Actor, Now } from '../../../../kernel/actor.ts';
import type { Page } from '../../../../kernel/contract.ts';
import { AppError } from '../../../../kernel/errors.ts';
import type { Vault } from '../../../../platform/config/vault.ts';
import type { Database, Tx } from '../../../../platform/db/db.ts';
import { newId } from '../../../../platform/db/ids.ts';
import type { Emit } from '../../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../../platform/http/cursor.ts';
import type { MailHosts } from '../../../../platform/mail/hosts.ts';
import type { RelayTokens } from '../../../../platform/mail/relays.ts';
import { countRelays, deleteRelay, findRelay, relayPage, saveRelay, RELAY_PASSWORD, type StoredRelay } from '../../../../platform/mail/relay-store.ts';
import type { ConnectionTest } from '../../core/contract.ts';
import type { RelayPut, RelayTry, RelayView } from '../../core/sending-contract.ts';
import { demand } from '../../../people/core/permissions.ts';
import type { Grants } from '../oauth/grants.ts';
import { demandSignIn } from '../oauth/shown-to.ts';
import { deleteIdleGrant, signedIn } from '../oauth/store.ts';
import { probeRelay } from '../sources/probe.ts';
import { findMailbox } from '../store.ts';

const MAX_RELAYS = 20;

/** The mail servers that a workspace sends through, beside the one of the installation. */
export function createRelaySettings({ db, vault, grants, hosts, emit, now, machineNow }: {
  db: Database; vault: Pick<Vault, 'seal' | 'open'>; grants: Pick<Grants, 'access'>; hosts: MailHosts; emit: Emit; now: Now; machineNow: Now;
}) {
  const manage = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, 'mailboxes.manage');
    return db.work(actor.workspaceId, act);
  };

  const access = async (tx: Tx, { workspaceId }: Actor, id: string): Promise<StoredRelay> => {
    const relay = await findRelay(tx, workspaceId, id);
    if (!relay) throw new AppError('not_found', 'relay.not_found', 'There is no such relay.');
    return relay;
  };

  /** The password to use: the given one, or the kept one as long as it goes where it was meant to go. */
  function passwordFor(workspaceId: string, given: RelayPut, kept: StoredRelay | null): string | null {
    if (given.user === '' || given.auth !== 'password') return null;
    if (given.password !== undefined) return given.password;
    if (!kept || kept.password === null) throw new AppError('invalid', 'relay.password_missing', 'Give the password of this relay, or leave the user name empty.');
    if (kept.host !== given.host || kept.port !== given.port || kept.security !== given.security || kept.user !== given.user) {
      throw new AppError('invalid', 'relay.password_again', 'Give the password again: it is not sent to another server, or for another user, than it was entered for.');
    }
    return vault.open(RELAY_PASSWORD.place(workspaceId, kept.id), kept.password);
  }

  const tokens: RelayTokens = (workspaceId, { auth, mailboxId, user, host }) => {
    if (auth === 'password' || mailboxId === null) throw new Error('this relay is not signed in to');
    return (options) => grants.access({ workspaceId, mailboxId, provider: auth, user, host, way: 'sending' }, options);
  };

  async function checkSignIn(tx: Tx, workspaceId: string, { auth, mailboxId, user, host }: RelayPut): Promise<void> {
    if (auth === 'password') return;
    if (mailboxId === null || !await findMailbox(tx, workspaceId, mailboxId)) {
      throw new AppError('invalid', 'relay.mailbox_missing', 'Say in mailboxId for which mailbox somebody has signed in at the provider.');
    }
    await demandSignIn(tx, { workspaceId, mailboxId, provider: auth, user, host, way: 'sending' });
  }

  async function save(tx: Tx, actor: Actor, given: RelayPut, kept: StoredRelay | null): Promise<RelayView> {
    await checkSignIn(tx, actor.workspaceId, given);
    const { id, version, createdAt } = kept ?? { id: newId(), version: 0, createdAt: machineNow() };
    const password = passwordFor(actor.workspaceId, given, kept);
    const relay: StoredRelay = {
      id, createdAt, version: version + 1, name: given.name, host: given.host, port: given.port, security: given.security, user: given.user,
      auth: given.auth, mailboxId: given.auth === 'password' ? null : given.mailboxId,
      password: password === null ? null : vault.seal(RELAY_PASSWORD.place(actor.workspaceId, id), password), senders: [...new Set(given.senders)], failsOver: given.failsOver,
    };
    await saveRelay(tx, actor.workspaceId, relay);
    await forgetSignIn(tx, actor.workspaceId, kept);
    await tell(tx, actor, id);
    return toView(relay, await signedIn(tx, actor.workspaceId, mailboxesOf([relay])));
  }

  const forgetSignIn = async (tx: Tx, workspaceId: string, before: StoredRelay | null): Promise<void> => {
    const mailboxId = before?.mailboxId ?? null;
    if (mailboxId !== null) await deleteIdleGrant(tx, workspaceId, mailboxId);
  };

  const tell = (tx: Tx, actor: Actor, id: string): Promise<void> =>
    emit(tx, actor.workspaceId, { type: 'mailbox.relays', subjectId: id, actor: { kind: 'person', id: actor.id }, at: now() });

  return {
    /** For whoever sends. */
    tokens,

    list: (actor: Actor, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<RelayView>> =>
      manage(actor, async (tx) => {
        const rows = await relayPage(tx, actor.workspaceId, limit + 1, cursor ? decodeCursor(cursor, ['time', 'id']) : null);
        const able = await signedIn(tx, actor.workspaceId, mailboxesOf(rows));
        return pageOfRows(rows, limit, (row) => [row.createdAt.toISOString(), row.id], (row) => toView(row, able));
      }),

    async create(actor: Actor, given: RelayPut): Promise<RelayView> {
      hosts.relayLookupFor(given);
      return manage(actor, async (tx) => {
        if (await countRelays(tx, actor.workspaceId) >= MAX_RELAYS) throw new AppError('conflict', 'relay.too_many', `There can be ${MAX_RELAYS} relays; remove one first.`);
        return save(tx, actor, given, null);
      });
    },

    async put(actor: Actor, id: string, given: RelayPut): Promise<RelayView> {
      hosts.relayLookupFor(given);
      return manage(actor, async (tx) => save(tx, actor, given, await access(tx, actor, id)));
    },

    remove: (actor: Actor, id: string): Promise<void> =>
      manage(actor, async (tx) => {
        const relay = await access(tx, actor, id);
        await deleteRelay(tx, actor.workspaceId, id);
        await forgetSignIn(tx, actor.workspaceId, relay);
        await tell(tx, actor, id);
      }),

    /** Tries settings without keeping them. */
    async test(actor: Actor, { id, ...given }: RelayTry): Promise<ConnectionTest> {
      const lookup = hosts.relayLookupFor(given);
      const proof = await manage(actor, async (tx) => {
        await checkSignIn(tx, actor.workspaceId, given);
        return given.auth === 'password'
          ? { password: passwordFor(actor.workspaceId, given, id === undefined ? null : await access(tx, actor, id)) }
          : { token: tokens(actor.workspaceId, given) };
      });
      return probeRelay({ ...given, proof, lookup });
    },
  };
}

const mailboxesOf = (relays: readonly StoredRelay[]): string[] => relays.flatMap(({ mailboxId }) => mailboxId ?? []);

const toView = ({ id, name, host, port, security, auth, mailboxId, user, senders, failsOver }: StoredRelay, able: ReadonlySet<string>): RelayView =>
  ({ id, name, host, port, security, auth, mailboxId, user, senders: [...senders], failsOver, canSignIn: mailboxId === null || able.has(mailboxId) });
