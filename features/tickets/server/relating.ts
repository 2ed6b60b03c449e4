import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { EventActor } from '../../../platform/events/events.ts';
import { MOST_RELATIONS, type RelationSet, type RelationView } from '../core/relations.ts';
import { byPerson, type Context } from './context.ts';
import { dropRelation, incidentsOf, putRelation, relationsFrom, relationsOf, type Relation } from './relation-store.ts';

/** Who says what of two tickets: a person, or a rule of the workspace. */
export type Doer = { readonly workspaceId: string; readonly id: string; readonly actor: EventActor };
export const doerOf = (actor: Actor): Doer => ({ workspaceId: actor.workspaceId, id: actor.id, actor: byPerson(actor) });

export const relate = (context: Context, tx: Tx, actor: Actor, relation: Pick<Relation, 'fromId' | 'toId' | 'kind'>): Promise<void> => relateAs(context, tx, doerOf(actor), relation);

/** In the caller's unit of work, on tickets that it has looked up; both are told. */
export async function relateAs(context: Context, tx: Tx, doer: Doer, relation: Pick<Relation, 'fromId' | 'toId' | 'kind'>): Promise<void> {
  const at = context.now();
  if (await relationsFrom(tx, relation.fromId) >= MOST_RELATIONS) throw new AppError('conflict', 'relation.too_many', `One ticket points at ${MOST_RELATIONS} others at most.`);
  if (!await putRelation(tx, doer.workspaceId, { ...relation, by: doer.id, at })) throw new AppError('conflict', 'relation.exists', 'These two are related the other way round already; take that back first.');
  await tell(context, tx, doer, relation.fromId, relation.toId, relation.kind, at);
}

async function tell(context: Context, tx: Tx, { workspaceId, actor }: Doer, fromId: string, toId: string, kind: string | null, at: Date): Promise<void> {
  const type = kind === null ? 'ticket.unrelated' : 'ticket.related';
  const data = { fromId, toId, ...(kind !== null && { kind }) };
  await context.emit(tx, workspaceId, { type, ticketId: fromId, subjectId: toId, actor, data, at }, { type, ticketId: toId, subjectId: fromId, actor, data, at });
}

export function createRelating(context: Context) {
  const { work } = context;
  return {
    relations: (actor: Actor, id: string, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<RelationView>> =>
      work(actor, 'tickets.read', async (tx) => {
        await context.look(tx, id);
        const rows = await relationsOf(tx, id, limit + 1, cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']));
        return pageOfRows(rows, limit, (row) => [row.at.toISOString(), row.id], ({ id: otherId, number, subject, status, kind, side, at }) => ({ ticket: { id: otherId, number, subject, status }, kind, side, createdAt: at.toISOString() }));
      }),

    relate: (actor: Actor, id: string, toId: string, { kind }: RelationSet): Promise<void> =>
      work(actor, 'tickets.change', async (tx) => {
        await context.look(tx, toId);
        await context.accessLive(tx, id);
        if (id === toId) throw new AppError('invalid', 'relation.with_itself', 'A ticket is not related to itself.');
        await relate(context, tx, actor, { fromId: id, toId, kind });
      }),

    unrelate: (actor: Actor, id: string, toId: string): Promise<void> =>
      work(actor, 'tickets.change', async (tx) => {
        await context.access(tx, id);
        if (!await dropRelation(tx, id, toId)) throw new AppError('not_found', 'relation.not_found', 'These two tickets are not related.');
        await tell(context, tx, doerOf(actor), id, toId, null, context.now());
      }),

    /** For rooms above, in their unit of work. */
    incidentsOf,
  };
}
