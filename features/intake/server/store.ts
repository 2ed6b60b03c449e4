import type { Tx } from '../../../platform/db/db.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { KeptQuestion } from '../core/walk.ts';

export type Kind = TicketState['kind'];
export type StoredIntake = { readonly kind: Kind; readonly active: boolean; readonly questions: readonly KeptQuestion[]; readonly updatedAt: Date };

const columns = ['kind', 'active', 'questions', 'updated_at as updatedAt'] as const;

/** At most one for each kind of ticket. */
export const intakesOf = (tx: Tx): Promise<StoredIntake[]> => tx.selectFrom('intakes').select(columns).orderBy('kind').$castTo<StoredIntake>().execute();

export const findIntake = (tx: Tx, kind: Kind): Promise<StoredIntake | undefined> =>
  tx.selectFrom('intakes').select(columns).where('kind', '=', kind).$castTo<StoredIntake>().executeTakeFirst();

export async function putIntake(tx: Tx, workspaceId: string, { kind, active, questions, updatedAt }: StoredIntake): Promise<void> {
  const row = { active, questions: JSON.stringify(questions), updated_at: updatedAt };
  await tx.insertInto('intakes').values({ workspace_id: workspaceId, kind, ...row }).onConflict((conflict) => conflict.columns(['workspace_id', 'kind']).doUpdateSet(row)).execute();
}

export const deleteIntake = (tx: Tx, kind: Kind) => tx.deleteFrom('intakes').where('kind', '=', kind).returning('kind').executeTakeFirst();
