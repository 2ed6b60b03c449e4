import type { Actor, Now } from '../../../../kernel/actor.ts';
import { AppError } from '../../../../kernel/errors.ts';
import type { Vault } from '../../../../platform/config/vault.ts';
import type { Database, Tx } from '../../../../platform/db/db.ts';
import { newId } from '../../../../platform/db/ids.ts';
import type { Emit } from '../../../../platform/events/events.ts';
import type { MailHosts } from '../../../../platform/mail/hosts.ts';
import type { Outbox } from '../../../../platform/mail/outbox.ts';
import { createAlarm } from './alarm.ts';
import { createFolders } from './folder.ts';
import { failingBefore, isFailing } from './health.ts';
import { createKeeper } from './keeper.ts';
import { createOpening, type Entrance } from './opening.ts';
import { probeImap, probeRelay } from './probe.ts';
import { createRunner } from './runner.ts';
import { countFailing, deleteSource, foldersOf, insertSource, saveSource, setFolders, sourceOf, sourcesOf, type Source } from './store.ts';
import { createTaking } from './taking.ts';
import type { Log } from '../../../../platform/mail/sender.ts';
import type { ConnectionTest, MailboxView, SourcePut, SourceView } from '../../core/contract.ts';
import { demand } from '../../../people/core/permissions.ts';
import type { Workspaces } from '../../../workspaces/server/workspaces.ts';
import type { Grants } from '../oauth/grants.ts';
import { demandSignIn, type Account } from '../oauth/shown-to.ts';
import { deleteIdleGrant } from '../oauth/store.ts';
import { SOURCE_PASSWORD } from '../sealed.ts';
import { findMailbox, lockMailbox } from '../store.ts';
import type { Take } from '../taking-in.ts';

export type Sources = ReturnType<typeof createSources>;

/** Where mail is fetched from: the settings, whether they work, and the runners that fetch. */
export function createSources({ db, take, hosts, vault, grants, relayUrl, lookAgainMs, outbox, workspaces, publicUrl, emit, now, machineNow, log }: {
  db: Database; take: Take; hosts: MailHosts; vault: Pick<Vault, 'seal' | 'open'>; grants: Pick<Grants, 'access'>; relayUrl: string | null; lookAgainMs?: number | undefined;
  outbox: Pick<Outbox, 'queue'>; workspaces: Pick<Workspaces, 'get'>; publicUrl: string; emit: Emit; now: Now; machineNow: Now; log: Log;
}) {
  const folders = createFolders({ db, taking: createTaking({ db, take, machineNow }), machineNow, log });
  const open = createOpening({ hosts, grants });
  const runner = createRunner({ db, folders, open, vault, alarm: createAlarm({ outbox, workspaces, publicUrl, machineNow }), lookAgainMs, emit, now, machineNow, log });
  const keeper = createKeeper({ db, runner, machineNow, log });

  const manage = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, 'mailboxes.manage');
    return db.work(actor.workspaceId, act);
  };

  async function mailboxHere(tx: Tx, workspaceId: string, mailboxId: string): Promise<void> {
    if (!await findMailbox(tx, workspaceId, mailboxId)) throw new AppError('not_found', 'mailbox.not_found', 'There is no such mailbox.');
  }

  /** The password to use: the given one, or the kept one as long as it goes where it was meant to go. */
  function passwordFor(workspaceId: string, given: SourcePut, kept: Source | undefined): string {
    if (given.password !== undefined) return given.password;
    if (kept?.auth !== 'password') throw new AppError('invalid', 'source.password_missing', 'Give the password of this mail account.');
    if (kept.host !== given.host || kept.port !== given.port || kept.security !== given.security || kept.username !== given.user) {
      throw new AppError('invalid', 'source.password_again', 'Give the password again: it is not sent to another server, or for another user, than it was entered for.');
    }
    return vault.open(SOURCE_PASSWORD.place(workspaceId, kept.id), kept.password);
  }

  /** Whose token the server will be shown; null: a password. */
  async function signInFor(tx: Tx, workspaceId: string, mailboxId: string, { auth, user, host }: SourcePut): Promise<Account | null> {
    if (auth === 'password') return null;
    const account: Account = { workspaceId, mailboxId, provider: auth, user, host, way: 'fetching' };
    await demandSignIn(tx, account);
    return account;
  }

  function changed(workspaceId: string, mailboxId: string, given: SourcePut, kept: Source | undefined): Source {
    const { id, version, lastOkAt, announcedAt, createdAt, takenSince } = kept ?? fresh(machineNow());
    return {
      id, mailboxId, host: given.host, port: given.port, security: given.security, username: given.user,
      auth: given.auth, password: vault.seal(SOURCE_PASSWORD.place(workspaceId, id), given.auth === 'password' ? passwordFor(workspaceId, given, kept) : ''),
      afterwards: given.afterwards, moveTo: given.afterwards === 'move' ? given.moveTo : '', authservId: given.trustedServer,
      takenSince: given.takeExisting ? null : takenSince ?? machineNow(),
      version: version + 1, lastOkAt, errorCode: null, errorWords: null, announcedAt, createdAt,
    };
  }

  const tell = (tx: Tx, actor: Actor, mailboxId: string): Promise<void> =>
    emit(tx, actor.workspaceId, { type: 'mailbox.changed', subjectId: mailboxId, actor: { kind: 'person', id: actor.id }, at: now() });

  return {
    async get(actor: Actor, mailboxId: string): Promise<SourceView> {
      return manage(actor, async (tx) => {
        const source = await sourceOf(tx, actor.workspaceId, mailboxId);
        if (!source) throw new AppError('not_found', 'source.not_found', 'Nothing is fetched for this mailbox.');
        return toView(source, await foldersOf(tx, actor.workspaceId, source.id), machineNow());
      });
    },

    async put(actor: Actor, mailboxId: string, given: SourcePut): Promise<SourceView> {
      check(given);
      hosts.lookupFor(given);
      const view = await manage(actor, async (tx) => {
        if (!await lockMailbox(tx, actor.workspaceId, mailboxId)) throw new AppError('not_found', 'mailbox.not_found', 'There is no such mailbox.');
        await signInFor(tx, actor.workspaceId, mailboxId, given);
        const kept = await sourceOf(tx, actor.workspaceId, mailboxId);
        const source = changed(actor.workspaceId, mailboxId, given, kept);
        if (kept) await saveSource(tx, actor.workspaceId, source);
        else await insertSource(tx, actor.workspaceId, source);
        if (given.auth === 'password') await deleteIdleGrant(tx, actor.workspaceId, mailboxId);
        await setFolders(tx, actor.workspaceId, source.id, [...new Set(given.folders)], { anew: kept !== undefined && beginsAnew(kept, source) });
        await tell(tx, actor, mailboxId);
        return toView(source, await foldersOf(tx, actor.workspaceId, source.id), machineNow());
      });
      keeper.poke();
      return view;
    },

    /** Nothing more is fetched; what came stays. */
    async remove(actor: Actor, mailboxId: string): Promise<void> {
      await manage(actor, async (tx) => {
        if (!await deleteSource(tx, actor.workspaceId, mailboxId)) throw new AppError('not_found', 'source.not_found', 'Nothing is fetched for this mailbox.');
        await deleteIdleGrant(tx, actor.workspaceId, mailboxId);
        await tell(tx, actor, mailboxId);
      });
      keeper.poke();
    },

    /** Tries settings without keeping them. */
    async test(actor: Actor, mailboxId: string, given: SourcePut): Promise<ConnectionTest> {
      check(given);
      const entrance = await manage(actor, async (tx): Promise<Entrance> => {
        await mailboxHere(tx, actor.workspaceId, mailboxId);
        return await signInFor(tx, actor.workspaceId, mailboxId, given)
          ?? { password: passwordFor(actor.workspaceId, given, await sourceOf(tx, actor.workspaceId, mailboxId)) };
      });
      return probeImap(given, { open, entrance });
    },

    async testRelay(actor: Actor): Promise<ConnectionTest> {
      demand(actor, 'mailboxes.manage');
      return probeRelay(relayUrl);
    },

    /** How fetching goes, for each mailbox that has a source. */
    async states(tx: Tx, workspaceId: string, mailboxIds: readonly string[]): Promise<ReadonlyMap<string, MailboxView['source']>> {
      const at = machineNow();
      return new Map((await sourcesOf(tx, workspaceId, mailboxIds)).map((source) => [source.mailboxId, stateOf(source, at)]));
    },

    /** How many sources of this installation have not worked for five minutes; for metrics. */
    failing: (): Promise<number> => countFailing(db.owner, failingBefore(machineNow())),

    /** Fetches what is there now, in this process, whoever runs the source; for tests. */
    fetchOnce: async (workspaceId: string, mailboxId: string) => {
      const source = await db.work(workspaceId, (tx) => sourceOf(tx, workspaceId, mailboxId));
      return source ? runner.once(workspaceId, source.id) : null;
    },

    /** Something was changed: looks at once, if it runs. */
    poke: keeper.poke,
    start: keeper.start,
    stop: keeper.stop,
  };
}

function check({ afterwards, moveTo, folders }: SourcePut): void {
  if (afterwards !== 'move') return;
  if (moveTo === '') throw new AppError('invalid', 'source.move_to_missing', 'Name the folder that messages are moved to.');
  if (folders.some((name) => name.toLowerCase() === moveTo.toLowerCase())) {
    throw new AppError('invalid', 'source.move_to_same', 'Messages cannot be moved to a folder that is fetched itself; name another one.');
  }
}

const fresh = (at: Date) => ({ id: newId(), version: 0, lastOkAt: null, announcedAt: null, createdAt: at, takenSince: at });

/** Another account, or the same one with all that lies there already. */
const beginsAnew = (before: Source, after: Source): boolean =>
  before.host !== after.host || before.port !== after.port || before.username !== after.username || (after.takenSince === null && before.takenSince !== null);

function stateOf(source: Source, at: Date): NonNullable<MailboxView['source']> {
  const failing = isFailing(source, at);
  return {
    state: failing ? 'failing' : source.lastOkAt ? 'working' : 'waiting', since: source.lastOkAt?.toISOString() ?? null,
    trouble: source.errorCode === null ? null : { code: source.errorCode as NonNullable<ConnectionTest['trouble']>['code'], words: source.errorWords ?? '' },
  };
}

const toView = (source: Source, folders: string[], at: Date): SourceView => ({
  host: source.host, port: source.port, security: source.security, user: source.username, auth: source.auth, folders, afterwards: source.afterwards,
  moveTo: source.moveTo, takeExisting: source.takenSince === null, trustedServer: source.authservId, ...stateOf(source, at),
});
