import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { freePort } from './free-port.ts';

const BINARY = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/opt/homebrew/sbin/dovecot'].find((path) => existsSync(path));
export const hasDovecot = BINARY !== undefined;
export const DOVECOT_USER = { user: 'desk', password: 'a mailbox password' } as const;

const START_MS = 15_000;

/** A real Dovecot of its own on a free port, in a folder of its own, without any rights on this machine. */
/** `tokensAskedAt`: where it asks whose token it was shown (XOAUTH2), besides passwords. */
export async function startDovecot({ tokensAskedAt }: { tokensAskedAt?: string } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-dovecot-'));
  const account = accountFor(folder);
  const port = await freePort();
  for (const name of ['run', 'state', 'mail']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'users'), `${DOVECOT_USER.user}:{PLAIN}${DOVECOT_USER.password}:${account.uid}:${account.gid}::${folder}/mail::\n`);
  writeFileSync(join(folder, 'dovecot.conf'), configuration({ folder, port, ...account, tokens: tokensAskedAt !== undefined }));
  writeFileSync(join(folder, 'oauth2.conf'), tokensOf(tokensAskedAt ?? ''));
  for (const name of ['', 'run', 'state', 'mail', 'users', 'dovecot.conf', 'oauth2.conf']) if (account.borrowed) chownSync(join(folder, name), account.uid, account.gid);

  let running = await run({ folder, port, account });

  async function session<T>(act: (client: ImapFlow) => Promise<T>, user = DOVECOT_USER): Promise<T> {
    const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, auth: { user: user.user, pass: user.password }, logger: false });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await act(client);
    } finally {
      client.close();
    }
  }

  return {
    host: '127.0.0.1', port, folder,
    /** What another mail program of the same mailbox does. */
    session,
    /** Puts messages into a folder, in order. */
    deliver: (messages: readonly (string | Buffer)[], into = 'INBOX'): Promise<void> => session(async (client) => {
      for (const message of messages) await client.append(into, typeof message === 'string' ? Buffer.from(message) : message);
    }),
    async restart(): Promise<void> {
      await running.stop();
      running = await run({ folder, port, account });
    },
    stop: (): Promise<void> => running.stop(),
    async resume(): Promise<void> { running = await run({ folder, port, account }); },
    /** Every UID of the folder means something else from now on, as after a server was restored. */
    async forgetUids(): Promise<void> {
      await running.stop();
      for (const name of ['dovecot-uidlist', 'dovecot.index', 'dovecot.index.log', 'dovecot.index.cache']) rmSync(join(folder, 'mail', 'Maildir', name), { force: true });
      rmSync(join(folder, 'mail', 'Maildir', 'dovecot-uidvalidity'), { force: true });
      running = await run({ folder, port, account });
    },
    async close(): Promise<void> {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Account = { uid: number; gid: number; name: string; group: string; borrowed: boolean };

/** Root gives its rights away; everybody else runs it as oneself. */
function accountFor(folder: string): Account {
  const { uid, gid, username } = userInfo();
  const nameOf = (flag: string, of: string) => execFileSync('id', [flag, of], { encoding: 'utf8' }).trim();
  if (uid !== 0) return { uid, gid, name: username, group: nameOf('-gn', username), borrowed: false };
  const name = 'nobody';
  const account = { uid: Number(nameOf('-u', name)), gid: Number(nameOf('-g', name)), name, group: nameOf('-gn', name), borrowed: true };
  chownSync(folder, account.uid, account.gid);
  return account;
}

const tokensOf = (url: string): string => `
introspection_mode = post
introspection_url = ${url}
force_introspection = yes
username_attribute = username
active_attribute = active
active_value = true
`;

const configuration = ({ folder, port, name, group, uid, tokens }: { folder: string; port: number; name: string; group: string; uid: number; tokens: boolean }): string => `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0 secs
default_internal_user = ${name}
default_internal_group = ${group}
default_login_user = ${name}
first_valid_uid = ${Math.min(uid, 500)}
mail_location = maildir:~/Maildir
mail_fsync = never
mailbox_idle_check_interval = 1 secs
namespace inbox {
  inbox = yes
  separator = /
}
${tokens ? `auth_mechanisms = plain login xoauth2
passdb {
  driver = oauth2
  mechanisms = xoauth2
  args = ${folder}/oauth2.conf
}` : ''}
passdb {
  driver = passwd-file
  args = ${folder}/users
}
userdb {
  driver = passwd-file
  args = ${folder}/users
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
protocol imap {
  mail_max_userip_connections = 50
}
`;

async function run({ folder, port, account }: { folder: string; port: number; account: Account }): Promise<{ stop(): Promise<void> }> {
  const child: ChildProcess = spawn(BINARY!, ['-F', '-c', join(folder, 'dovecot.conf')], { ...(account.borrowed && { uid: account.uid, gid: account.gid }), stdio: 'ignore', env: {} });
  const ended = new Promise<void>((resolve) => { child.once('exit', () => { resolve(); }); });
  await answering(port, child);
  return {
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function answering(port: number, child: ChildProcess): Promise<void> {
  const until = Date.now() + START_MS;
  while (Date.now() < until && child.exitCode === null) {
    const greeted = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port, timeout: 1_000 }, () => undefined);
      socket.once('data', () => { socket.destroy(); resolve(true); });
      socket.once('timeout', () => { socket.destroy(); resolve(false); });
      socket.once('error', () => { setImmediate(resolve, false); });
    });
    if (greeted) return;
  }
  throw new Error(`Dovecot does not answer on port ${port}`);
}
