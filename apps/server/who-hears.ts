import type { Permission } from '../../features/people/core/permissions.ts';
import type { FollowedEvent } from '../../platform/events/followers.ts';

/** What is of one person's own: for nobody else, or for them in any case. */
export function isTheirs(personId: string, { type, subjectId, actor, data }: Pick<FollowedEvent, 'type' | 'subjectId' | 'actor' | 'data'>, teamIds: readonly string[] = []): boolean | null {
  if (type.startsWith('notice.')) return subjectId === personId;
  // A question stays between the two of them.
  if (type.startsWith('ask.')) return actor.id === personId || data['personId'] === personId ? true : null;
  // A draft for a team is nobody else's business, whatever their role, but its author's.
  if (type.startsWith('draft.') && typeof data['teamId'] === 'string' && !teamIds.includes(data['teamId'])) return data['authorId'] === personId;
  // A view of one's own is nobody else's.
  if (type.startsWith('view.') && typeof data['personId'] === 'string') return data['personId'] === personId;
  return type.startsWith('absence.') && data['personId'] === personId ? true : null;
}

/** The beginning of what is told, and the right that it takes to open the list of such things. */
const RIGHTS: readonly (readonly [begins: string, right: Permission])[] = [
  ['quarantine.', 'quarantine.read'], ['sla.flag', 'sla.flags'], ['privacy_request.', 'privacy.manage'], ['absence.', 'routing.share'], ['ask.', 'asks.read_all'], ['draft.', 'tickets.reply'],
  ['webhook.', 'webhooks.manage'], ['incoming_webhook.', 'webhooks.manage'], ['field.', 'fields.list'], ['workspace.', 'workspace.read'], ['company.', 'customers.read'], ['import.', 'imports.manage'],
  ['article.', 'articles.read'], ['knowledge.', 'articles.read'], ['sender.', 'spam.read'], ['spam_filter.', 'spam.read'], ['suppression.', 'outbox.read'], ['automation.', 'rules.list'],
];

/** Which right it takes to hear of something: news without a ticket belong to those who may open the list of such things. */
export function neededFor(type: string, ticketId: string | null): Permission {
  const right = RIGHTS.find(([begins]) => type.startsWith(begins))?.[1];
  if (right) return right;
  return type.startsWith('outbox.') && ticketId === null ? 'outbox.read' : 'tickets.read';
}
