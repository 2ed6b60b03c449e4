import type { Kind } from './kinds.ts';

type Ticket = { readonly number: number; readonly subject: string; readonly link: string };
export type Told = { readonly kind: Kind; /** What a rule says. */ readonly text: string | null; readonly ticket: Ticket | null };
export type Group = {
  readonly ticket: Ticket | null;
  /** What happened, each thing once, and how often. */
  readonly what: readonly { readonly kind: Kind; readonly text: string | null; readonly count: number }[];
};

/** All about a ticket together, in the order in which tickets come first; what is about none goes last. */
export function grouped(told: readonly Told[]): Group[] {
  const groups = new Map<string, { ticket: Ticket | null; what: Map<string, { kind: Kind; text: string | null; count: number }> }>();
  for (const { kind, text, ticket } of told) {
    const group = groups.get(ticket?.link ?? '') ?? { ticket, what: new Map() };
    groups.set(ticket?.link ?? '', group);
    const said = kind === 'rule' ? text : null;
    const key = `${kind} ${said ?? ''}`;
    group.what.set(key, { kind, text: said, count: (group.what.get(key)?.count ?? 0) + 1 });
  }
  const all = [...groups.values()].map(({ ticket, what }) => ({ ticket, what: [...what.values()] }));
  return [...all.filter(({ ticket }) => ticket), ...all.filter(({ ticket }) => !ticket)];
}

export const countOf = (groups: readonly Group[]): number => groups.reduce((sum, { what }) => sum + what.reduce((own, { count }) => own + count, 0), 0);
