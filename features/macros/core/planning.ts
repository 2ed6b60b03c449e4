import { MAX_TAGS } from '../../tickets/core/contract.ts';
import { type TicketChange, type TicketState, uniqueTags } from '../../tickets/core/ticket.ts';

type PlaceAction =
  | { readonly type: 'set_brand'; readonly brandId: string | null } | { readonly type: 'set_office'; readonly officeId: string | null }
  | { readonly type: 'set_policy'; readonly policyId: string | null } | { readonly type: 'set_queue'; readonly queue: string | null };

/** Where an action says that a ticket belongs; null for one that says nothing of it. */
export function placeOf(action: PlaceAction | { readonly type: unknown }): Pick<TicketChange, 'brandId' | 'officeId' | 'slaPolicyId' | 'queueChoice'> | null {
  if (!isPlaceAction(action)) return null;
  switch (action.type) {
    case 'set_brand': return { brandId: action.brandId };
    case 'set_office': return { officeId: action.officeId };
    case 'set_policy': return { slaPolicyId: action.policyId };
    case 'set_queue': return { queueChoice: action.queue };
  }
}

const OF_PLACE: readonly unknown[] = ['set_brand', 'set_office', 'set_policy', 'set_queue'];
const isPlaceAction = (action: { readonly type: unknown }): action is PlaceAction => OF_PLACE.includes(action.type);

/** An action that changes a field of the ticket, whoever has it done. */
export type FieldAction =
  | { readonly type: 'set_status'; readonly status: TicketState['status'] } | { readonly type: 'set_priority'; readonly priority: TicketState['priority'] }
  | { readonly type: 'set_kind'; readonly kind: TicketState['kind'] } | { readonly type: 'set_team'; readonly teamId: string | null }
  | { readonly type: 'set_assignee'; readonly personId: string | null } | PlaceAction | { readonly type: 'add_tags' | 'remove_tags'; readonly tags: readonly string[] };

export function fieldChange(action: FieldAction, ticket: Pick<TicketState, 'tags'>): TicketChange {
  switch (action.type) {
    case 'set_status': return { status: action.status };
    case 'set_priority': return { priority: action.priority };
    case 'set_kind': return { kind: action.kind };
    case 'set_team': return { teamId: action.teamId };
    case 'set_assignee': return { assigneeId: action.personId };
    case 'add_tags': return { tags: uniqueTags([...ticket.tags, ...action.tags]).slice(0, Math.max(MAX_TAGS, ticket.tags.length)) };
    case 'remove_tags': return { tags: without(ticket.tags, action.tags) };
    default: return placeOf(action) ?? {};
  }
}

/** Tags are compared without regard to case. */
function without(tags: readonly string[], removed: readonly string[]): string[] {
  const gone = new Set(removed.map((tag) => tag.trim().toLocaleLowerCase('en')));
  return tags.filter((tag) => !gone.has(tag.toLocaleLowerCase('en')));
}

/** From what to what a change leads, as text; equal when it is so already. */
export function fromTo(change: TicketChange, ticket: TicketState): { from: string | null; to: string | null } {
  const [field, to] = Object.entries(change)[0] as [Exclude<keyof TicketChange, 'fields'>, string | readonly string[] | null];
  return { from: said(ticket[field]), to: said(to) };
}

const said = (value: TicketState[Exclude<keyof TicketChange, 'fields'>] | undefined): string | null => (typeof value === 'object' && value !== null ? value.join(', ') : value?.toString() ?? null);

/** What would become of the ticket, action after action; the room that really does it may refuse more. */
export function withChange(ticket: TicketState, change: TicketChange): TicketState {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  return { ...ticket, ...given };
}

const FIELDS = ['status', 'priority', 'kind', 'teamId', 'assigneeId', 'brandId', 'officeId', 'slaPolicyId', 'queueChoice', 'tags'] as const;
export type FieldChange = { -readonly [K in (typeof FIELDS)[number]]?: K extends 'tags' ? string[] : Exclude<TicketState[K], 'new'> };

/** What makes the fields of a ticket those of `wanted`; null when they are so already. Nothing becomes new again. */
export function changeTo(wanted: TicketState, ticket: TicketState): FieldChange | null {
  const changed = FIELDS.filter((field) => said(wanted[field]) !== said(ticket[field]) && wanted[field] !== 'new');
  return changed.length === 0 ? null : Object.fromEntries(changed.map((field) => [field, wanted[field]]));
}
