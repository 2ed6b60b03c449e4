import { createHash, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { ROLES, type Actor, type Now, type Role } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { refusing } from '../../../platform/db/refusals.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit } from '../../../platform/events/events.ts';
import type { WorkspacePatch } from '../core/contract.ts';
import {
  countWorkspaces, findWorkspace, insertFirstWorkspace, insertSetupLink, insertWorkspace, isSetupLinkGood, lockWorkspace,
  saveTwoStepRoles, saveWorkspace, useSetupLink, workspaceAt, type BrandSite, type NewWorkspace, type PublicFace, type Workspace,
} from './store.ts';

export type { BrandSite, Workspace } from './store.ts';
export type Workspaces = ReturnType<typeof createWorkspaces>;

/** What must be there before anybody hears of the new workspace: its owner. Runs in the transaction that makes it. */
export type Settle<T> = (tx: Tx, workspaceId: string, at: Date) => Promise<T>;
export type Founding = { readonly name: string; readonly language: Language };

const SETUP_LINK_HOURS = 24;
const REFUSALS = { workspaces_public_host: () => new AppError('conflict', 'workspace.host_taken', 'Another workspace of this installation shows its pages under this host; name another.') };

/**
 * The front door of the workspaces room. Rights are a word of the people room above, so `mayRead` and `mayManage` are handed in.
 * Tells `workspace.created` (with its owner already there) and `workspace.changed`.
 */
export function createWorkspaces({ db, now, emit, publicUrl, mayRead, mayManage }: {
  db: Database; now: Now; emit: Emit; publicUrl: string; mayRead: (actor: Actor) => boolean; mayManage: (actor: Actor) => boolean;
}) {
  async function found<T>({ name, language }: Founding, insert: (tx: Tx, workspace: NewWorkspace) => Promise<void>, settle: Settle<T>): Promise<T> {
    const workspace = { id: newId(), name, language, createdAt: now() };
    return db.work(workspace.id, async (tx) => {
      await insert(tx, workspace);
      const settled = await settle(tx, workspace.id, workspace.createdAt);
      await emit(tx, workspace.id, {
        type: 'workspace.created', subjectId: workspace.id, actor: { kind: 'system', id: null }, at: workspace.createdAt,
      });
      return settled;
    });
  }

  const insertFirst = async (tx: Tx, workspace: NewWorkspace): Promise<void> => {
    if (!(await insertFirstWorkspace(tx, workspace))) {
      throw new AppError('conflict', 'setup.done', 'This installation is set up already; sign in, or ask its owner for an invitation.');
    }
  };

  const get = (workspaceId: string): Promise<Workspace> => db.work(workspaceId, (tx) => required(findWorkspace(tx, workspaceId)));

  /** The installation's own, while several companies share it: it leads to none of them, so that none receives what is meant for another. */
  const isCommonHost = async (host: string): Promise<boolean> => {
    const own = new URL(publicUrl);
    return [own.host, own.hostname].includes(host) && (await countWorkspaces(db.lookup)) > 1;
  };

  return {
    get,
    isCommonHost,

    /** Whose public pages a host shows: the workspace that has it as its own, else the only one there is; null when nobody can say. */
    at: async (host: string): Promise<PublicFace | null> => (await workspaceAt(db.lookup, host)) ?? null,

    /** Where customers of a workspace, or of a brand of it, find its pages; without a slash at the end. */
    async publicUrlOf(workspaceId: string, brand: Pick<BrandSite, 'host'> | null = null): Promise<string> {
      if (brand) return `${new URL(publicUrl).protocol}//${brand.host}`;
      const { publicHost } = await get(workspaceId);
      return publicHost === null ? publicUrl.replace(/\/$/, '') : `${new URL(publicUrl).protocol}//${publicHost}`;
    },

    async show(actor: Actor): Promise<Workspace> {
      if (!mayRead(actor)) throw new AppError('forbidden', 'permission.denied', 'This needs the right workspace.read; give the token the scope "read".', { permission: 'workspace.read' });
      return get(actor.workspaceId);
    },

    async change(actor: Actor, patch: z.infer<typeof WorkspacePatch>): Promise<Workspace> {
      if (!mayManage(actor)) throw new AppError('forbidden', 'permission.denied', 'Only owners and admins change the workspace.', { permission: 'workspace.manage' });
      if (patch.timeZone !== undefined) checkTimeZone(patch.timeZone);
      if (patch.publicHost && await isCommonHost(patch.publicHost)) throw REFUSALS.workspaces_public_host();
      return refusing(db.work(actor.workspaceId, async (tx) => {
        const workspace = await required(lockWorkspace(tx, actor.workspaceId));
        const changed: Workspace = {
          ...workspace, name: patch.name ?? workspace.name, language: patch.language ?? workspace.language,
          timeZone: patch.timeZone ?? workspace.timeZone, publicHost: patch.publicHost === undefined ? workspace.publicHost : patch.publicHost,
        };
        await saveWorkspace(tx, changed);
        await emit(tx, actor.workspaceId, {
          type: 'workspace.changed', subjectId: actor.workspaceId, actor: { kind: 'person', id: actor.id }, at: now(),
        });
        return changed;
      }), REFUSALS);
    },

    /** Whether somebody may say so is asked in the people room, which knows who could be shut out. */
    requireTwoStep: (actor: Actor, roles: readonly Role[]): Promise<void> => db.work(actor.workspaceId, async (tx) => {
      const required = ROLES.filter((role) => roles.includes(role));
      await saveTwoStepRoles(tx, actor.workspaceId, required);
      await emit(tx, actor.workspaceId, {
        type: 'workspace.changed', subjectId: actor.workspaceId, actor: { kind: 'person', id: actor.id }, data: { twoStepRoles: required }, at: now(),
      });
    }),

    isEmpty: async (): Promise<boolean> => (await countWorkspaces(db.lookup)) === 0,

    /** A one-time link for whoever started the server, while there is no workspace; null afterwards. */
    async ensureSetupLink(publicUrl: string): Promise<string | null> {
      if ((await countWorkspaces(db.lookup)) > 0) return null;
      const token = randomBytes(32).toString('base64url');
      await insertSetupLink(db.lookup, hashOf(token), SETUP_LINK_HOURS);
      return `${publicUrl}/setup?token=${token}`;
    },

    async checkSetupLink(token: string): Promise<void> {
      if (!(await isSetupLinkGood(db.lookup, hashOf(token)))) throw badSetupLink();
    },

    /** Uses the set-up link and makes the first workspace, both or neither. */
    foundBySetupLink: <T>(token: string, founding: Founding, settle: Settle<T>): Promise<T> =>
      found(founding, async (tx, workspace) => {
        if (!(await useSetupLink(tx, hashOf(token)))) throw badSetupLink();
        await insertFirst(tx, workspace);
      }, settle),

    /** The first workspace, for a start that nobody watches; refused (`setup.done`) when there is one. */
    foundFirst: <T>(founding: Founding, settle: Settle<T>): Promise<T> => found(founding, insertFirst, settle),

    /** One more workspace in this installation. */
    create: <T>(founding: Founding, settle: Settle<T>): Promise<T> => found(founding, insertWorkspace, settle),
  };
}

async function required(found: Promise<Workspace | undefined>): Promise<Workspace> {
  const workspace = await found;
  if (!workspace) throw new AppError('not_found', 'workspace.not_found', 'There is no such workspace.');
  return workspace;
}

function checkTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw new AppError('invalid', 'workspace.unknown_time_zone', 'Name a time zone of the IANA list, such as Europe/Sofia.', { timeZone });
  }
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

const badSetupLink = (): AppError => new AppError('not_found', 'setup.link_not_found',
  'This set-up link was used, has expired, or is not ours; restart the server to get a new one.');
