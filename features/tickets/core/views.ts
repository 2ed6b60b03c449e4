import type { TicketFilter } from './contract.ts';

/** The views every agent finds ready-made; beside them `team:<id>` stands for one team, `view:<id>` for a saved one. */
export const VIEWS = ['mine', 'unassigned', 'mentions', 'followed', 'waiting', 'team', 'active', 'snoozed', 'done', 'all', 'spam', 'deleted'] as const;
export type ReadyMadeView = (typeof VIEWS)[number];

const FILTERS: Record<ReadyMadeView, Partial<TicketFilter>> = {
  mine: { assignee: 'me', status: 'awake' },
  unassigned: { assignee: 'none', status: 'awake' },
  mentions: { mentioned: 'me', status: 'active', sort: 'updated' },
  followed: { followed: 'me', status: 'active', sort: 'updated' },
  waiting: { waiting: 'us', status: 'awake' },
  team: { team: 'mine', status: 'awake' },
  active: { status: 'awake' },
  snoozed: { status: 'snoozed' },
  /** Recently. */
  done: { status: 'done', resolved: 'lately', sort: 'updated' },
  all: { status: 'all', sort: 'updated' },
  spam: { status: 'spam', sort: 'updated' },
  deleted: { status: 'deleted', sort: 'updated' },
};

const isReadyMade = (view: string): view is ReadyMadeView => (VIEWS as readonly string[]).includes(view);

/** The id of a saved one. */
export const savedIn = (view: string): string | null => (view.startsWith('view:') ? view.slice('view:'.length) : null);

/** What a view asks of the list; an unknown name (an old bookmark) shows everything unresolved. */
export const filterOf = (view: string): Partial<TicketFilter> => {
  const saved = savedIn(view);
  if (saved !== null) return { view: saved };
  if (view.startsWith('team:')) return { team: view.slice('team:'.length), status: 'awake' };
  return FILTERS[isReadyMade(view) ? view : 'active'];
};
