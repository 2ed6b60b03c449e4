import { statSync } from 'node:fs';
import { dirname, parse } from 'node:path';

export type Account = { readonly uid: number; readonly gid: number };

/** PostgreSQL refuses to run as root. 65534 needs no entry in any user database. */
const NOBODY: Account = { uid: 65_534, gid: 65_534 };

/** The account that PostgreSQL must run under; null: our own. */
export const postgresAccount = (uid = process.getuid?.()): Account | null => (uid === 0 ? NOBODY : null);

/** The first folder on the way to `path`, or `path` itself, that the account may not pass through; null: none. */
export function blockedAt(path: string, account: Account): string | null {
  const root = parse(path).root;
  const steps = [path];
  while (steps[0] !== root) steps.unshift(dirname(steps[0]!));
  return steps.find((step) => !mayPass(step, account)) ?? null;
}

function mayPass(folder: string, { uid, gid }: Account): boolean {
  const { mode, uid: owner, gid: group } = statSync(folder);
  if (owner === uid) return (mode & 0o100) !== 0;
  return (mode & (group === gid ? 0o010 : 0o001)) !== 0;
}
