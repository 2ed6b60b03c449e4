import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { can } from '../../people/core/permissions.ts';
import { stateOf } from '../../people/core/person.ts';
import type { People } from '../../people/server/people.ts';
import type { Routing } from '../../routing/server/routing.ts';
import type { Reviewers } from '../core/contract.ts';
import type { Details } from './store.ts';

const MOST_TOLD = 100;
type Asked = { readonly writerId: string | null; readonly reviewers: Reviewers; readonly details?: Pick<Details, 'wordsOf'> };
export type Decider = (asked: Asked, teamId: string | null) => Promise<boolean>;
type Seats = readonly { readonly ownerId: string; readonly deputyId: string | null }[];
export type Reviewing = ReturnType<typeof createReviewing>;

/** Who sent it, and everybody whose words it holds. */
export const isWriter = ({ writerId, details }: Pick<Asked, 'writerId' | 'details'>, id: string): boolean => id === writerId || (details?.wordsOf ?? []).some((one) => one.id === id);

/** Who may see an answer before it leaves: whom a policy names, or who is there in their place, and administrators and owners; never who wrote it. */
export function createReviewing({ people, deputiesOf }: { people: Pick<People, 'peopleByIds' | 'requireTeams' | 'whoLeads'>; deputiesOf: Routing['deputiesOf'] }) {
  async function namedBy(tx: Tx, reviewers: Reviewers, teamId: string | null): Promise<readonly string[]> {
    if (reviewers.by === 'leads') return people.whoLeads(tx, teamId);
    if (reviewers.by === 'people') return reviewers.ids;
    return (await people.requireTeams(tx, [reviewers.id]).catch(gone))[0]?.memberIds ?? [];
  }

  /** A writer's deputy decides as little of what the writer wrote as the writer does. */
  async function seatsOf(tx: Tx, reviewers: Reviewers, teamId: string | null): Promise<Seats> {
    const ids = await namedBy(tx, reviewers, teamId);
    const deputies = await deputiesOf(tx, ids);
    return ids.map((ownerId) => ({ ownerId, deputyId: deputies.get(ownerId) ?? null }));
  }

  /** Of these, who is here and may answer customers. */
  async function able(tx: Tx, ids: readonly string[], asked: Asked): Promise<string[]> {
    const known = await people.peopleByIds(tx, ids);
    return ids.filter((id) => {
      const person = known.get(id);
      return !isWriter(asked, id) && person !== undefined && stateOf(person) === 'active' && can({ role: person.role, scopes: null }, 'tickets.reply');
    }).slice(0, MOST_TOLD);
  }

  /** Whether this person may decide, for many: who is named in the same way is looked up once. */
  function decider(tx: Tx, actor: Actor): Decider {
    const known = new Map<string, Promise<Seats>>();
    const named = (reviewers: Reviewers, teamId: string | null): Promise<Seats> => {
      const key = JSON.stringify([reviewers, teamId]);
      const found = known.get(key) ?? seatsOf(tx, reviewers, teamId);
      known.set(key, found);
      return found;
    };
    return async (asked, teamId) => {
      if (isWriter(asked, actor.id) || !can(actor, 'tickets.reply')) return false;
      return can(actor, 'approvals.decide_all') || (await named(asked.reviewers, teamId)).some(({ ownerId, deputyId }) => !isWriter(asked, ownerId) && (ownerId === actor.id || deputyId === actor.id));
    };
  }

  return {
    decider,

    mayDecide: (tx: Tx, actor: Actor, asked: Asked, teamId: string | null): Promise<boolean> => decider(tx, actor)(asked, teamId),

    /** Whom to tell; where nobody named is there, those who may always. Refused when it is nobody at all: then it would wait for ever. */
    async whom(tx: Tx, asked: Asked, teamId: string | null): Promise<string[]> {
      const named = await able(tx, await namedBy(tx, asked.reviewers, teamId), asked);
      if (named.length > 0) return [...new Set([...named, ...await able(tx, [...(await deputiesOf(tx, named)).values()], asked)])];
      const all = await people.whoLeads(tx, null);
      const known = await people.peopleByIds(tx, all);
      const managers = await able(tx, all.filter((id) => { const one = known.get(id); return one !== undefined && can({ role: one.role, scopes: null }, 'approvals.decide_all'); }), asked);
      if (managers.length === 0) throw new AppError('conflict', 'approval.nobody', 'Somebody else has to approve this, and there is nobody else who may: an administrator can name more people in the settings.');
      return managers;
    },

    /** Whom somebody is about to name is there. */
    async check(tx: Tx, reviewers: Reviewers): Promise<void> {
      if (reviewers.by === 'team') await people.requireTeams(tx, [reviewers.id]);
      if (reviewers.by !== 'people') return;
      const found = await able(tx, [...new Set(reviewers.ids)], { writerId: null, reviewers });
      if (found.length < new Set(reviewers.ids).size) throw new AppError('invalid', 'approval.no_such_reviewer', 'Answers are approved by people who work here and answer customers; name somebody else.');
    },
  };
}

const gone = (error: unknown): [] => {
  if (error instanceof AppError) return [];
  throw error;
};
