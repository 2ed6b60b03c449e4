import type { z } from 'zod';
import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { refusing } from '../../../platform/db/refusals.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { USUAL_REOPEN_DAYS, type TeamCreate, type TeamPatch } from '../core/contract.ts';
import { demand } from '../core/permissions.ts';
import { stateOf } from '../core/person.ts';
import { checkedId } from './sessions.ts';
import { findPeople, type NameCursor } from './store.ts';
import { archiveTeam, findTeams, insertTeam, lockTeam, replaceMembers, saveTeam, teamsPage, type Team } from './team-store.ts';

const TAKEN = { teams_name: () => new AppError('conflict', 'team.name_taken', 'There is a team of this name; choose another one.') };

type PageOf = { readonly limit: number; readonly cursor?: string | undefined };

export const nameCursor = (cursor: string | undefined): NameCursor | null => {
  if (cursor === undefined) return null;
  const [name, id] = decodeCursor(cursor, ['string', 'string']);
  return { name, id: checkedId(id) };
};

/** Tells `team.created`, `team.changed` and `team.archived`, and `person.changed` of everybody who came or went: what they see is other now. */
export function createTeams({ db, now, emit }: { db: Database; now: Now; emit: Emit }) {
  const announce = (tx: Tx, actor: Actor, type: 'team.created' | 'team.changed' | 'team.archived', id: string): Promise<void> =>
    emit(tx, actor.workspaceId, { type, subjectId: id, actor: { kind: 'person', id: actor.id }, at: now() });

  const announceMoved = (tx: Tx, actor: Actor, before: readonly string[], after: readonly string[]): Promise<void> =>
    emit(tx, actor.workspaceId, ...[...before.filter((id) => !after.includes(id)), ...after.filter((id) => !before.includes(id))]
      .map((id) => ({ type: 'person.changed' as const, subjectId: id, actor: { kind: 'person' as const, id: actor.id }, at: now() })));

  async function access(tx: Tx, id: string): Promise<Team> {
    const team = await lockTeam(tx, id);
    if (!team) throw new AppError('not_found', 'team.not_found', 'There is no such team.');
    return team;
  }

  async function setMembers(tx: Tx, workspaceId: string, teamId: string, personIds: readonly string[]): Promise<string[]> {
    const wanted = [...new Set(personIds)];
    const known = (await findPeople(tx, wanted)).filter((person) => stateOf(person) !== 'deactivated');
    if (known.length < wanted.length) throw new AppError('not_found', 'person.not_found', 'A member is not there, or is deactivated.');
    await replaceMembers(tx, workspaceId, teamId, wanted);
    return wanted.sort();
  }

  return {
    async teams(actor: Actor, { limit, cursor }: PageOf): Promise<Page<Team>> {
      demand(actor, 'people.list');
      const rows = await db.work(actor.workspaceId, (tx) => teamsPage(tx, { limit: limit + 1, after: nameCursor(cursor) }));
      return pageOfRows(rows, limit, (row) => [row.nameKey, row.id], (team): Team => team);
    },

    async createTeam(actor: Actor, { name, memberIds, reopenDays = USUAL_REOPEN_DAYS }: z.infer<typeof TeamCreate>): Promise<Team> {
      demand(actor, 'teams.manage');
      return refusing(db.work(actor.workspaceId, async (tx) => {
        const id = newId();
        await insertTeam(tx, actor.workspaceId, { id, name, reopenDays, at: now() });
        const members = await setMembers(tx, actor.workspaceId, id, memberIds);
        await announce(tx, actor, 'team.created', id);
        await announceMoved(tx, actor, [], members);
        return { id, name, memberIds: members, reopenDays };
      }), TAKEN);
    },

    async changeTeam(actor: Actor, id: string, patch: z.infer<typeof TeamPatch>): Promise<Team> {
      demand(actor, 'teams.manage');
      return refusing(db.work(actor.workspaceId, async (tx) => {
        const team = await access(tx, id);
        const { name, reopenDays } = { name: patch.name ?? team.name, reopenDays: patch.reopenDays ?? team.reopenDays };
        await saveTeam(tx, { id, name, reopenDays });
        const members = patch.memberIds ? await setMembers(tx, actor.workspaceId, id, patch.memberIds) : team.memberIds;
        await announce(tx, actor, 'team.changed', id);
        await announceMoved(tx, actor, team.memberIds, members);
        return { id, name, memberIds: members, reopenDays };
      }), TAKEN);
    },

    async archiveTeam(actor: Actor, id: string): Promise<void> {
      demand(actor, 'teams.manage');
      await db.work(actor.workspaceId, async (tx) => {
        const { memberIds } = await access(tx, id);
        await archiveTeam(tx, id, now());
        await announce(tx, actor, 'team.archived', id);
        await announceMoved(tx, actor, memberIds, []);
      });
    },
  };
}

/** For rooms above: every id is a living team of the workspace, or `team.not_found`. */
export async function requireTeams(tx: Tx, ids: readonly string[]): Promise<Team[]> {
  const wanted = [...new Set(ids)];
  const teams = await findTeams(tx, wanted);
  if (teams.length < wanted.length) throw new AppError('not_found', 'team.not_found', 'There is no such team.');
  return teams;
}
