import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { can, mayNameDeputy } from '../../people/core/permissions.ts';
import type { AbsenceCreate, AbsenceView, PersonRoutingPut, PersonRoutingView } from '../core/contract.ts';
import { byPerson, type Context } from './context.ts';
import { absencesPage, deleteAbsence, endAbsence, findAbsence, insertAbsence, isAway, lockAbsences, type StoredAbsence } from './absence-store.ts';
import { capacityOf, replaceAbilities, skillsOf } from './presence-store.ts';
import { knownSkills } from './queue-store.ts';

export const noSuchAbsence = () => new AppError('not_found', 'absence.not_found', 'There is no such absence.');
const LONGEST_MS = 366 * 86_400_000;
const endOf = ({ to, isOpen }: Pick<StoredAbsence, 'to' | 'isOpen'>): string | null => (isOpen ? null : to.toISOString());

/** Without a beginning from now on; without an end as long as an absence lasts at most. */
function spanOf({ from, to }: Pick<AbsenceCreate, 'from' | 'to'>, at: Date): Pick<StoredAbsence, 'from' | 'to' | 'isOpen'> {
  const begins = from === undefined ? at : new Date(from);
  const isOpen = typeof to !== 'string';
  const ends = isOpen ? new Date(begins.getTime() + LONGEST_MS) : new Date(to);
  if (ends <= at) throw new AppError('invalid', 'absence.over', 'That absence is over already; choose a later end.');
  if (ends.getTime() - begins.getTime() > LONGEST_MS) throw new AppError('invalid', 'absence.too_long', 'An absence lasts a year at most.');
  return { from: begins, to: ends, isOpen };
}

/** Planned absences, and what people can. Tells `absence.planned`, `absence.removed`, `person.routing_changed`. */
export function createAbsences(context: Context) {
  const { people, emit, now } = context;

  async function views(tx: Tx, rows: readonly StoredAbsence[]): Promise<AbsenceView[]> {
    const byId = await people.peopleByIds(tx, rows.flatMap(({ personId, deputyId }) => [personId, ...(deputyId === null ? [] : [deputyId])]));
    const named = (id: string) => ({ id, name: byId.get(id)?.name ?? '' });
    return rows.map(({ id, personId, deputyId, from, to, isOpen, work, reason }) => ({ id, person: named(personId), deputy: deputyId === null ? null : named(deputyId), from: from.toISOString(), to: endOf({ to, isOpen }), work, reason }));
  }

  const nameOf = async (tx: Tx, id: string): Promise<string> => (await people.peopleByIds(tx, [id])).get(id)?.name ?? '';

  return {
    /** Those of others only for who shares work out. */
    absences: (actor: Actor, { limit, cursor, person, deputy }: { limit: number; cursor?: string | undefined; person?: string | undefined; deputy?: string | undefined }): Promise<Page<AbsenceView>> =>
      context.work(actor, 'routing.work', async (tx) => {
        const personId = can(actor, 'routing.share') || deputy === actor.id ? person : actor.id;
        const rows = await absencesPage(tx, { now: now(), personId, deputyId: deputy, limit: limit + 1, after: cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']) });
        const page = pageOfRows(rows, limit, (row) => [row.to.toISOString(), row.id], (row) => row);
        return { items: await views(tx, page.items), nextCursor: page.nextCursor };
      }),

    planAbsence: (actor: Actor, { personId = actor.id, deputyId = null, work, reason, ...span }: AbsenceCreate): Promise<AbsenceView> =>
      context.work(actor, personId === actor.id ? 'routing.work' : 'routing.share', async (tx) => {
        const at = now();
        const spans = spanOf(span, at);
        if (deputyId === personId) throw new AppError('invalid', 'absence.own_deputy', 'Nobody is their own deputy; choose somebody else.');
        const person = await people.requireActive(tx, personId);
        if (deputyId !== null) await people.requireActive(tx, deputyId);
        if (deputyId !== null && !mayNameDeputy(actor, person)) throw new AppError('forbidden', 'absence.deputy_theirs', 'Who stands in for them is for themselves to say, or for somebody of their role; leave the deputy out.');
        const isNow = spans.from <= at;
        if (isNow) await lockAbsences(tx, actor.workspaceId, personId);
        if (isNow && await isAway(tx, personId, at)) throw new AppError('conflict', 'absence.already', 'They are away already; end that absence first.');
        const absence = { id: newId(), personId, deputyId, ...spans, reason, work: work ?? null, lookAt: spans.from, createdAt: at };
        await insertAbsence(tx, actor.workspaceId, absence, actor.id);
        await emit(tx, actor.workspaceId, { type: 'absence.planned', subjectId: absence.id, actor: byPerson(actor), data: { personId, name: await nameOf(tx, personId), deputyId, from: spans.from.toISOString(), to: endOf(absence), sudden: isNow }, at });
        return (await views(tx, [absence]))[0]!;
      }),

    removeAbsence: (actor: Actor, id: string): Promise<void> =>
      context.work(actor, 'routing.work', async (tx) => {
        const absence = await findAbsence(tx, id);
        if (!absence || absence.to <= now() || (absence.personId !== actor.id && !can(actor, 'routing.share'))) throw noSuchAbsence();
        // What a deputy has already goes back first.
        const at = now();
        if (absence.from < at) await endAbsence(tx, id, at);
        else await deleteAbsence(tx, id);
        await emit(tx, actor.workspaceId, { type: 'absence.removed', subjectId: id, actor: byPerson(actor), data: { personId: absence.personId, name: await nameOf(tx, absence.personId), deputyId: absence.deputyId }, at });
      }),

    abilities: (actor: Actor, personId: string): Promise<PersonRoutingView> =>
      context.work(actor, 'routing.read', (tx) => abilitiesOf(tx, personId)),

    setAbilities: (actor: Actor, personId: string, given: PersonRoutingPut): Promise<PersonRoutingView> =>
      context.work(actor, 'routing.share', async (tx) => {
        await people.requireActive(tx, personId);
        const ids = given.skills.map(({ id }) => id);
        if (new Set(ids).size < ids.length) throw new AppError('invalid', 'skill.twice', 'A skill stands there twice.');
        if (await knownSkills(tx, ids) < ids.length) throw new AppError('not_found', 'skill.not_found', 'There is no such skill.');
        await replaceAbilities(tx, actor.workspaceId, personId, given);
        await emit(tx, actor.workspaceId, { type: 'person.routing_changed', subjectId: personId, actor: byPerson(actor), at: now() });
        return abilitiesOf(tx, personId);
      }),
  };

  async function abilitiesOf(tx: Tx, personId: string): Promise<PersonRoutingView> {
    const { id, name } = await people.requireActive(tx, personId);
    return { person: { id, name }, skills: await skillsOf(tx, personId), capacity: await capacityOf(tx, personId) };
  }
}
