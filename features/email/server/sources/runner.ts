import { setTimeout as pause } from 'node:timers/promises';
import type { Now } from '../../../../kernel/actor.ts';
import type { Vault } from '../../../../platform/config/vault.ts';
import type { Database } from '../../../../platform/db/db.ts';
import type { Emit } from '../../../../platform/events/events.ts';
import type { ImapFlow } from '../../../../platform/mail/imap.ts';
import type { Log } from '../../../../platform/mail/sender.ts';
import { troubleOf, type Trouble } from '../../../../platform/mail/trouble.ts';
import { SOURCE_PASSWORD } from '../sealed.ts';
import { findMailbox } from '../store.ts';
import type { Alarm } from './alarm.ts';
import { isFailing } from './health.ts';
import type { Entrance, Open } from './opening.ts';
import type { Folders } from './folder.ts';
import { foldersOf, lockSource, saveState, type Source } from './store.ts';

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;
/** Nobody mends these within seconds, and servers lock out who insists. */
const PATIENT_PAUSE_MS = 3 * 60_000;
const NEEDS_A_PERSON: readonly Trouble['code'][] = ['password', 'app_password', 'oauth_needed', 'oauth_expired', 'oauth_refused', 'oauth_client', 'secret_unreadable', 'too_busy'];
/** News that IDLE did not bring, and folders that it does not watch, are found this late at most. */
const LOOK_AGAIN_MS = 60_000;

export type Runner = ReturnType<typeof createRunner>;
type Opened = { readonly source: Source; readonly address: string; readonly folders: readonly string[] };

/** Keeps one source running: connect, take what is there, wait for news, and after trouble come back with growing pauses. */
export function createRunner({ db, folders, open, vault, alarm, lookAgainMs = LOOK_AGAIN_MS, emit, now, machineNow, log }: {
  db: Database; folders: Folders; open: Open; alarm: Alarm; lookAgainMs?: number | undefined; vault: Pick<Vault, 'open'>; emit: Emit; now: Now; machineNow: Now; log: Log;
}) {
  async function find(workspaceId: string, id: string): Promise<Opened | null> {
    return db.work(workspaceId, async (tx) => {
      const source = await lockSource(tx, workspaceId, id);
      const mailbox = source && await findMailbox(tx, workspaceId, source.mailboxId);
      return mailbox ? { source, address: mailbox.address, folders: await foldersOf(tx, workspaceId, id) } : null;
    });
  }

  const entranceOf = (workspaceId: string, { id, auth, mailboxId, password, username, host }: Source): Entrance =>
    (auth === 'password' ? { password: vault.open(SOURCE_PASSWORD.place(workspaceId, id), password) } : { workspaceId, mailboxId, provider: auth, user: username, host, way: 'fetching' });

  /** One connection, for as long as it lasts; `once`: until everything that is there is ours. */
  async function connected(workspaceId: string, { source, address, folders: names }: Opened, signal: AbortSignal, { once }: { once: boolean }): Promise<void> {
    const { host, port, security, username } = source;
    const client = await open({ host, port, security, user: username }, entranceOf(workspaceId, source));
    if (signal.aborted) client.close();
    const hangUp = (): void => { client.close(); };
    signal.addEventListener('abort', hangUp);
    const watch = watchFor(client, { folder: names[0] ?? 'INBOX', readOnly: source.afterwards === 'leave', lookAgainMs });
    try {
      while (!signal.aborted) {
        // The one that is watched comes last, so that nothing falls between reading and watching.
        for (const name of names.toReversed()) {
          watch.forget();
          await folders.read({ workspaceId, source, address, client, signal, gently: source.errorCode !== null }, name);
        }
        await note(workspaceId, source.id, null);
        if (once) return;
        await watch.news();
      }
    } finally {
      signal.removeEventListener('abort', hangUp);
      hangUp();
    }
  }

  /** What the source is like now. That it has failed for a while, or works again, is told once. */
  async function note(workspaceId: string, id: string, trouble: Trouble | null): Promise<void> {
    await db.work(workspaceId, async (tx) => {
      const source = await lockSource(tx, workspaceId, id);
      if (!source) return;
      const at = machineNow();
      const tell = async (news: 'failing' | 'recovered', data: Record<string, string>): Promise<void> => {
        await emit(tx, workspaceId, { type: `mailbox.${news}`, subjectId: source.mailboxId, actor: { kind: 'system', id: null }, data, at: now() });
        await alarm.tell(tx, workspaceId, source, news);
      };
      if (!trouble) {
        await saveState(tx, workspaceId, { ...source, lastOkAt: at, errorCode: null, errorWords: null, announcedAt: null });
        if (source.announcedAt !== null) await tell('recovered', {});
        return;
      }
      const announces = source.announcedAt === null && isFailing({ ...source, errorCode: trouble.code }, at);
      await saveState(tx, workspaceId, { ...source, errorCode: trouble.code, errorWords: trouble.words, announcedAt: announces ? at : source.announcedAt });
      if (announces) await tell('failing', { code: trouble.code });
    });
  }

  /** Null when it went well. */
  async function attempt(workspaceId: string, id: string, signal: AbortSignal, options: { once: boolean }): Promise<Trouble | null> {
    let host = '';
    try {
      const opened = await find(workspaceId, id);
      if (!opened) return null;
      ({ host } = opened.source);
      await connected(workspaceId, opened, signal, options);
      return null;
    } catch (error) {
      if (signal.aborted) return null;
      const trouble = troubleOf(error, host);
      log.warn({ sourceId: id, code: trouble.code, words: trouble.words }, 'mail could not be fetched');
      await note(workspaceId, id, trouble).catch((again: unknown) => log.warn({ err: again, sourceId: id }, 'the state of a mail source could not be noted'));
      return trouble;
    }
  }

  return {
    /** Takes everything that is there, once. */
    once: (workspaceId: string, id: string): Promise<Trouble | null> => attempt(workspaceId, id, new AbortController().signal, { once: true }),

    /** Until it is told to stop. */
    async run(workspaceId: string, id: string, signal: AbortSignal): Promise<void> {
      for (let failures = 0; !signal.aborted;) {
        const began = machineNow().getTime();
        const trouble = await attempt(workspaceId, id, signal, { once: false });
        if (signal.aborted) return;
        failures = machineNow().getTime() - began > LOOK_AGAIN_MS ? 1 : failures + 1;
        const longest = trouble && NEEDS_A_PERSON.includes(trouble.code) ? PATIENT_PAUSE_MS : Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
        await pause(longest * (0.8 + 0.4 * Math.random()), undefined, { signal }).catch(() => undefined);
      }
    },
  };
}

/** Waits for what the server says by itself about one folder. */
function watchFor(client: ImapFlow, { folder, readOnly, lookAgainMs }: { folder: string; readOnly: boolean; lookAgainMs: number }) {
  let came = false;
  let wake: (() => void) | null = null;
  client.on('exists', () => {
    came = true;
    wake?.();
  });
  return {
    forget: (): void => { came = false; },

    /** Resolves when something came, or it is time to look; rejects when the connection is gone. */
    async news(): Promise<void> {
      const lock = await client.getMailboxLock(folder, { readOnly });
      let timer: NodeJS.Timeout | undefined;
      let lost: (() => void) | undefined;
      try {
        await new Promise<void>((resolve, reject) => {
          lost = () => { reject(Object.assign(new Error('The connection was lost.'), { code: 'NoConnection' })); };
          client.once('close', lost);
          if (!client.usable) lost();
          wake = resolve;
          if (came) resolve();
          timer = setTimeout(resolve, lookAgainMs);
          client.idle().catch(reject);
        });
      } finally {
        wake = null;
        clearTimeout(timer);
        if (lost) client.off('close', lost);
        lock.release();
      }
    },
  };
}
