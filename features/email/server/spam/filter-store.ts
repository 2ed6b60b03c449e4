import { sql } from 'kysely';
import type { Database, Tx } from '../../../../platform/db/db.ts';
import type { Sensitivity } from '../../core/spam/judgement.ts';
import type { SenderVerdict } from '../../core/spam/senders.ts';

export type FilterSettings = { readonly sensitivity: Sensitivity; readonly perTenMinutes: number; readonly perHour: number; readonly equalTexts: number };
export type FilterState = FilterSettings & { readonly lessons: { readonly spam: number; readonly ham: number } };

/** For a workspace that has changed nothing. */
const USUAL: FilterState = { sensitivity: 'normal', perTenMinutes: 300, perHour: 1_000, equalTexts: 1_000, lessons: { spam: 0, ham: 0 } };

const columns = ['sensitivity', 'per_ten_minutes as perTenMinutes', 'per_hour as perHour', 'equal_texts as equalTexts', 'spam_lessons as spam', 'ham_lessons as ham'] as const;

export async function filterState(tx: Tx, workspaceId: string): Promise<FilterState> {
  const row = await tx.selectFrom('spam_filters').select(columns).where('workspace_id', '=', workspaceId).executeTakeFirst();
  if (!row) return USUAL;
  const { spam, ham, ...settings } = row;
  return { ...settings, lessons: { spam, ham } };
}

/** Until the transaction ends nobody else learns or changes anything in this workspace. */
export async function lockFilter(tx: Tx, workspaceId: string): Promise<FilterState> {
  await tx.insertInto('spam_filters').values({ workspace_id: workspaceId, ...rowOf(USUAL) }).onConflict((conflict) => conflict.doNothing()).execute();
  const { spam, ham, ...settings } = await tx.selectFrom('spam_filters').select(columns).where('workspace_id', '=', workspaceId).forUpdate().executeTakeFirstOrThrow();
  return { ...settings, lessons: { spam, ham } };
}

export async function saveFilter(tx: Tx, workspaceId: string, filter: FilterState): Promise<void> {
  await tx.updateTable('spam_filters').set(rowOf(filter)).where('workspace_id', '=', workspaceId).execute();
}

const rowOf = ({ sensitivity, perTenMinutes, perHour, equalTexts, lessons }: FilterState) => ({
  sensitivity, per_ten_minutes: perTenMinutes, per_hour: perHour, equal_texts: equalTexts, spam_lessons: lessons.spam, ham_lessons: lessons.ham,
});

/** Every rule of a workspace; they are few, by `MAX_RULES`. */
export async function allRules(tx: Tx, workspaceId: string): Promise<Map<string, SenderVerdict>> {
  const rows = await tx.selectFrom('sender_rules').select(['value', 'verdict']).where('workspace_id', '=', workspaceId).execute();
  return new Map(rows.map(({ value, verdict }) => [value, verdict]));
}

/** Counts messages of `key` in a slot, and says how many the slots from `since` on have had. */
export async function countTraffic(tx: Tx, workspaceId: string, { key, slot, since, more }: { key: string; slot: Date; since: Date; more: number }): Promise<{ slot: Date; count: number }[]> {
  const counted = await tx.insertInto('sender_traffic').values({ workspace_id: workspaceId, key, slot, count: more })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'key', 'slot']).doUpdateSet({ count: sql`sender_traffic.count + excluded.count` }))
    .returning(['slot', 'count']).executeTakeFirstOrThrow();
  const others = await tx.selectFrom('sender_traffic').select(['slot', 'count']).where('workspace_id', '=', workspaceId).where('key', '=', key)
    .where('slot', '>=', since).where('slot', '!=', slot).execute();
  return [counted, ...others];
}

/** What no window reaches back to any more, of every workspace. */
export async function forgetTraffic(owner: Database['owner'], before: Date): Promise<void> {
  await owner.deleteFrom('sender_traffic').where('slot', '<', before).execute();
}
