import type { Permission } from '../../features/people/core/permissions.ts';
import type { FollowedEvent } from '../../platform/events/followers.ts';

/** What is of one person's own: for nobody else, or for them in any case. */
export function isTheirs(personId: string, { type, subjectId, actor, data }: Pick<FollowedEvent, 'type' | 'subjectId' | 'actor' | 'data'>, teamIds: readonly string[] = []): boolean | null {
  if (type.startsWith('notice.')) return subjectId === personId;
  // A question stays between the two of them.
  if (type.startsWith('ask.')) return actor.id === personId || data['personId'] === personId ? true : null;
  // A draft for a team is nobody else's business, whatever their role, but its author's.
  if (type.startsWith('draft.') && typeof data['teamId'] === 'string' && !teamIds.includes(data['teamId'])) return data['authorId'] === personId;
  return type.startsWith('absence.') && data['personId'] === personId ? true : null;
}

/** Which right it takes to hear of something: news without a ticket belong to those who may open the list of such things. */
export function neededFor(type: string, ticketId: string | null): Permission {
  if (type.startsWith('quarantine.')) return 'quarantine.read';
  if (type.startsWith('sla.flag')) return 'sla.flags';
  if (type.startsWith('privacy_request.')) return 'privacy.manage';
  if (type.startsWith('absence.')) return 'routing.share';
  if (type.startsWith('ask.')) return 'asks.read_all';
  if (type.startsWith('draft.')) return 'tickets.reply';
  if (type.startsWith('webhook.') || type.startsWith('incoming_webhook.')) return 'webhooks.manage';
  return type.startsWith('outbox.') && ticketId === null ? 'outbox.read' : 'tickets.read';
}
