/** What a list can show of a ticket beside its customer and subject; the workspace's own fields besides, by the names that conditions give them. */
export const COLUMNS = [
  'number', 'status', 'priority', 'kind', 'channel', 'assignee', 'team', 'company', 'tags', 'brand', 'office', 'language', 'waitingSince', 'due', 'lastMessageAt', 'createdAt', 'updatedAt',
] as const;
export type Column = (typeof COLUMNS)[number];
/** More would leave no room for what a ticket is about. */
export const MOST_COLUMNS = 8;

export const isColumn = (id: string): id is Column => (COLUMNS as readonly string[]).includes(id);

/** What a column is called; of own fields the definition knows. */
export const COLUMN_LABELS = {
  number: 'tickets.column.number', status: 'tickets.status', priority: 'tickets.priority', kind: 'tickets.kind', channel: 'tickets.field.channel', assignee: 'tickets.assignee', team: 'tickets.team',
  company: 'tickets.field.company', tags: 'tickets.tags', brand: 'tickets.brand', office: 'tickets.office', language: 'tickets.language', waitingSince: 'tickets.field.waiting_since',
  due: 'tickets.column.due', lastMessageAt: 'tickets.field.last_message', createdAt: 'tickets.field.created', updatedAt: 'tickets.field.updated',
} as const satisfies Record<Column, string>;
