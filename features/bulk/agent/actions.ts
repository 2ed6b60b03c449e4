import type { BulkAction } from '../core/contract.ts';

/** What somebody chose in the form; null and empty: it stays as it is. */
export type Choice = {
  readonly status: 'open' | 'waiting_customer' | 'waiting_third_party' | 'resolved' | null;
  readonly priority: 'low' | 'normal' | 'high' | 'urgent' | null;
  /** `none`: nobody. */
  readonly assigneeId: string | null;
  readonly teamId: string | null;
  readonly macroId: string | null;
  readonly addTags: string;
  readonly removeTags: string;
  /** As the field for a moment writes it, in the time of the browser. */
  readonly snoozeUntil: string;
  readonly reply: string;
};
export const NOTHING: Choice = { status: null, priority: null, assigneeId: null, teamId: null, macroId: null, addTags: '', removeTags: '', snoozeUntil: '', reply: '' };

const tagsIn = (text: string): string[] => [...new Set(text.split(',').map((tag) => tag.trim()).filter((tag) => tag !== ''))];
const orNobody = (id: string): string | null => (id === 'none' ? null : id);

/** In the order in which they are done. */
export function actionsOf(choice: Choice): BulkAction[] {
  const { status, priority, assigneeId, teamId, macroId, snoozeUntil } = choice;
  const [added, removed, reply] = [tagsIn(choice.addTags), tagsIn(choice.removeTags), choice.reply.trim()];
  return [
    ...(macroId === null ? [] : [{ type: 'macro' as const, macroId }]),
    ...(status === null ? [] : [{ type: 'set_status' as const, status }]),
    ...(priority === null ? [] : [{ type: 'set_priority' as const, priority }]),
    ...(assigneeId === null ? [] : [{ type: 'set_assignee' as const, personId: orNobody(assigneeId) }]),
    ...(teamId === null ? [] : [{ type: 'set_team' as const, teamId: orNobody(teamId) }]),
    ...(added.length === 0 ? [] : [{ type: 'add_tags' as const, tags: added }]),
    ...(removed.length === 0 ? [] : [{ type: 'remove_tags' as const, tags: removed }]),
    ...(snoozeUntil === '' ? [] : [{ type: 'snooze' as const, until: new Date(snoozeUntil).toISOString() }]),
    ...(reply === '' ? [] : [{ type: 'reply' as const, text: reply }]),
  ];
}
