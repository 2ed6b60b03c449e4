import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.ts';
import { readCondition } from '../../conditions/core/check.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import { demand, type Permission } from '../../people/core/permissions.ts';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Policy } from '../core/approval.ts';
import { MOST_POLICIES, type PolicyCreate, type PolicyPatch, type PolicyView } from '../core/contract.ts';
import { deletePolicy, insertPolicy, policiesOf, savePlaces, updatePolicy } from './policy-store.ts';
import type { Reviewing } from './reviewing.ts';

/** Which answers somebody else has to see. */
export function createPolicies({ db, now, emit, tickets, reviewing }: { db: Database; now: Now; emit: Emit; tickets: Pick<Tickets, 'attributes'>; reviewing: Pick<Reviewing, 'check'> }) {
  const work = <T>(actor: Actor, permission: Permission, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, permission);
    return db.work(actor.workspaceId, act);
  };
  const changed = (tx: Tx, actor: Actor, id: string) =>
    emit(tx, actor.workspaceId, { type: 'approval.policies_changed', subjectId: id, actor: { kind: 'person', id: actor.id }, at: now() });
  const read = async (tx: Tx, json: unknown): Promise<Condition | null> => (json === null ? null : readCondition(json, await tickets.attributes(tx, TICKET_FIELDS), { pointer: '#/conditions' }));
  const absent = () => new AppError('not_found', 'approval_policy.not_found', 'There is no such policy.');

  return {
    list: (actor: Actor, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<PolicyView>> =>
      work(actor, 'approvals.list', async (tx) => {
        const all = (await policiesOf(tx, actor.workspaceId)).map(present);
        const from = cursor === undefined ? 0 : Number(decodeCursor(cursor, ['number'])[0]);
        return { items: all.slice(from, from + limit), nextCursor: all.length > from + limit ? encodeCursor([from + limit]) : null };
      }),

    create: (actor: Actor, { conditions, ...given }: PolicyCreate): Promise<PolicyView> =>
      work(actor, 'approvals.manage', async (tx) => {
        if ((await policiesOf(tx, actor.workspaceId)).length >= MOST_POLICIES) throw new AppError('conflict', 'approval_policy.too_many', `There can be ${MOST_POLICIES} policies; remove one first.`);
        await reviewing.check(tx, given.reviewers);
        const policy: Policy = { ...given, id: newId(), conditions: await read(tx, conditions), createdAt: now(), updatedAt: now() };
        await insertPolicy(tx, actor.workspaceId, policy);
        await changed(tx, actor, policy.id);
        return present(policy);
      }),

    /** What waits already stays with those who were named when it was written. */
    change: (actor: Actor, id: string, { conditions, ...patch }: PolicyPatch): Promise<PolicyView> =>
      work(actor, 'approvals.manage', async (tx) => {
        const before = (await policiesOf(tx, actor.workspaceId)).find((one) => one.id === id);
        if (!before) throw absent();
        if (patch.reviewers) await reviewing.check(tx, patch.reviewers);
        const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Partial<Policy>;
        const policy: Policy = { ...before, ...given, conditions: conditions === undefined ? before.conditions : await read(tx, conditions), updatedAt: now() };
        await updatePolicy(tx, actor.workspaceId, policy);
        await changed(tx, actor, id);
        return present(policy);
      }),

    order: (actor: Actor, ids: readonly string[]): Promise<void> =>
      work(actor, 'approvals.manage', async (tx) => {
        const there = new Set((await policiesOf(tx, actor.workspaceId)).map(({ id }) => id));
        if (ids.length !== there.size || new Set(ids).size !== there.size || !ids.every((id) => there.has(id))) {
          throw new AppError('conflict', 'approval_policy.order_changed', 'There are other policies by now; read the list again and put all of them in order.');
        }
        await savePlaces(tx, actor.workspaceId, ids);
        if (ids[0] !== undefined) await changed(tx, actor, ids[0]);
      }),

    remove: (actor: Actor, id: string): Promise<void> =>
      work(actor, 'approvals.manage', async (tx) => {
        if (!await deletePolicy(tx, actor.workspaceId, id)) throw absent();
        await changed(tx, actor, id);
      }),
  };
}

const present = ({ id, name, enabled, conditions, writers, channels, reviewers, updatedAt }: Policy): PolicyView =>
  ({ id, name, enabled, conditions, writers: [...writers], channels: [...channels], reviewers, updatedAt: updatedAt.toISOString() });
