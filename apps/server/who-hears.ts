import type { Permission } from '../../features/people/core/permissions.ts';
import type { FollowedEvent } from '../../platform/events/followers.ts';

type Told = Pick<FollowedEvent, 'type' | 'subjectId' | 'actor' | 'data'>;
type Whose = (personId: string, told: Told, teamIds: readonly string[]) => boolean | null;

/** By the first word of what is told. */
const OWN: Readonly<Record<string, Whose>> = {
  notice: (personId, { subjectId }) => subjectId === personId,
  // A question stays between the two of them.
  ask: (personId, { actor, data }) => actor.id === personId || data['personId'] === personId ? true : null,
  // A draft for a team is nobody else's business, whatever their role, but its author's.
  draft: (personId, { data }, teamIds) => typeof data['teamId'] === 'string' && !teamIds.includes(data['teamId']) ? data['authorId'] === personId : null,
  // A view of one's own is nobody else's.
  view: (personId, { data }) => typeof data['personId'] === 'string' ? data['personId'] === personId : null,
  absence: (personId, { data }) => data['personId'] === personId ? true : null,
};

/** What is of one person's own: for nobody else, or for them in any case. */
export const isTheirs = (personId: string, told: Told, teamIds: readonly string[] = []): boolean | null =>
  OWN[told.type.split('.', 1)[0]!]?.(personId, told, teamIds) ?? null;

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
