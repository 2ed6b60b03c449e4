import type { z } from 'zod';
import type { Actor, Now, Role } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { Emit, NewEvent } from '../../../platform/events/events.ts';
import { pageOfRows } from '../../../platform/http/cursor.ts';
import type { Outbox } from '../../../platform/mail/outbox.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import type { MePatch, MeView, PersonPatch } from '../core/contract.ts';
import { can, demand, permissionsOf } from '../core/permissions.ts';
import { demandGrant, demandReach, demandSession, keepAnOwner, stateOf, type Person } from '../core/person.ts';
import { revokeSessions, revokeTokens, voidLinks } from './credential-store.ts';
import type { Sessions } from './sessions.ts';
import { findPerson, lockOwners, lockPerson, peoplePage, saveDeactivation, savePerson } from './store.ts';
import { replaceTeamsOf } from './team-store.ts';
import { nameCursor, requireTeams } from './teams.ts';

type PeopleQuery = { readonly limit: number; readonly cursor?: string | undefined; readonly q?: string | undefined };

/** Who works here and as what. Tells `person.changed`, `person.deactivated` and `person.activated`. */
export function createStaff({ db, now, emit, sessions, workspaces, mailLeaves, ownership, textKeysOf }: {
  db: Database; now: Now; emit: Emit; sessions: Pick<Sessions, 'announceEnd'>; workspaces: Pick<Workspaces, 'get'>; mailLeaves: Outbox['leaves'];
  /** Before somebody is made an owner. */
  ownership: (actor: Actor, role: Role) => Promise<void>;
  textKeysOf: (actor: Actor) => string[];
}) {
  const announce = (tx: Tx, actor: Actor, type: NewEvent['type'], id: string, data: NewEvent['data'] = {}): Promise<void> =>
    emit(tx, actor.workspaceId, { type, subjectId: id, actor: { kind: 'person', id: actor.id }, data, at: now() });

  /** The only way to somebody else's account: locked, after the owners, and only for those who may touch it. */
  async function manage<T>(actor: Actor, id: string, act: (tx: Tx, person: Person, owners: string[]) => Promise<T>): Promise<T> {
    demand(actor, 'people.manage');
    return db.work(actor.workspaceId, async (tx) => {
      const owners = await lockOwners(tx);
      const person = await lockPerson(tx, id);
      if (!person) throw notFound();
      demandReach(actor, person);
      return act(tx, person, owners);
    });
  }

  async function own(tx: Tx, actor: Actor): Promise<Person> {
    const person = await lockPerson(tx, actor.id);
    if (!person) throw notFound();
    return person;
  }

  async function toMe(tx: Tx, actor: Actor, { id, name, email, role, language, theme, teamIds }: Person): Promise<MeView> {
    return {
      id, name, email, role, language, theme, teamIds: [...teamIds], permissions: permissionsOf(actor),
      workspace: await workspaces.get(actor.workspaceId), mailLeaves: can(actor, 'workspace.read') && await mailLeaves(tx, actor.workspaceId),
      ...(actor.credential.kind === 'session' && { textKeys: textKeysOf(actor) }),
    };
  }

  return {
    /** Has joined, and was not deactivated. */
    worksHere: (workspaceId: string, personId: string): Promise<boolean> => db.work(workspaceId, async (tx) => {
      const person = await findPerson(tx, personId);
      return person !== undefined && stateOf(person) === 'active';
    }),

    me: (actor: Actor): Promise<MeView> => db.work(actor.workspaceId, async (tx) => {
      const person = await findPerson(tx, actor.id);
      if (!person) throw notFound();
      return toMe(tx, actor, person);
    }),

    async changeMe(actor: Actor, patch: z.infer<typeof MePatch>): Promise<MeView> {
      demandSession(actor);
      return db.work(actor.workspaceId, async (tx) => {
        const person = await own(tx, actor);
        const changed: Person = {
          ...person, name: patch.name ?? person.name, language: patch.language ?? person.language, theme: patch.theme ?? person.theme,
        };
        await savePerson(tx, changed);
        if (changed.name !== person.name) await announce(tx, actor, 'person.changed', actor.id);
        return toMe(tx, actor, changed);
      });
    },

    async people(actor: Actor, { limit, cursor, q }: PeopleQuery): Promise<Page<Person>> {
      demand(actor, 'people.list');
      const rows = await db.work(actor.workspaceId, (tx) => peoplePage(tx, { limit: limit + 1, after: nameCursor(cursor), q }));
      return pageOfRows(rows, limit, (row) => [row.nameKey, row.id], (person): Person => person);
    },

    changePerson: (actor: Actor, id: string, patch: z.infer<typeof PersonPatch>): Promise<Person> =>
      manage(actor, id, async (tx, person, owners) => {
        const role = patch.role ?? person.role;
        if (role !== person.role) {
          demandGrant(actor, role);
          await ownership(actor, role);
          keepAnOwner(owners, id);
        }
        const teamIds = patch.teamIds ? (await requireTeams(tx, patch.teamIds)).map((team) => team.id).sort() : person.teamIds;
        const changed: Person = { ...person, name: patch.name ?? person.name, role, teamIds };
        await savePerson(tx, changed);
        if (patch.teamIds) await replaceTeamsOf(tx, actor.workspaceId, id, teamIds);
        await announce(tx, actor, 'person.changed', id, role === person.role ? {} : { role: [person.role, role] });
        return changed;
      }),

    /** Ends everything that lets the person in, at once; doing it again changes nothing. */
    deactivate: (actor: Actor, id: string): Promise<Person> =>
      manage(actor, id, async (tx, person, owners) => {
        if (person.deactivatedAt) return person;
        keepAnOwner(owners, id);
        if (id === actor.id) throw new AppError('conflict', 'person.yourself', 'Nobody deactivates themself: ask another admin.');
        const at = now();
        await saveDeactivation(tx, id, { at, by: actor.id });
        await sessions.announceEnd(tx, actor.workspaceId, id, await revokeSessions(tx, id));
        await revokeTokens(tx, id);
        await voidLinks(tx, id);
        await announce(tx, actor, 'person.deactivated', id);
        return { ...person, deactivatedAt: at };
      }),

    /** Back again, with the old password; old sessions and tokens stay dead. */
    activate: (actor: Actor, id: string): Promise<Person> =>
      manage(actor, id, async (tx, person) => {
        if (!person.deactivatedAt) return person;
        await saveDeactivation(tx, id, null);
        await announce(tx, actor, 'person.activated', id);
        return { ...person, deactivatedAt: null };
      }),

    /** For rooms above: somebody who can be given work, or `person.not_found`. */
    async requireActive(tx: Tx, id: string): Promise<Person> {
      const person = await findPerson(tx, id);
      if (!person || stateOf(person) === 'deactivated') throw notFound();
      return person;
    },
  };
}

const notFound = (): AppError => new AppError('not_found', 'person.not_found', 'There is no such person.');
