import type { Actor, Now } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, How, Tx } from '../../../platform/db/db.ts';
import type { Emit, EventActor, NewEvent } from '../../../platform/events/events.ts';
import type { Files } from '../../../platform/files/files.ts';
import type { Signer } from '../../../platform/http/signing.ts';
import type { Outbox } from '../../../platform/mail/outbox.ts';
import type { Previews } from '../../../platform/pictures/previews.ts';
import type { Search, SearchDocument } from '../../../platform/search/search.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import type { Moment } from '../../conditions/core/plan.ts';
import type { Companies } from '../../companies/server/companies.ts';
import type { Customers } from '../../customers/server/customers.ts';
import type { FieldValuesPatch } from '../../fields/core/contract.ts';
import type { FieldValues } from '../../fields/core/types.ts';
import type { Fields } from '../../fields/server/fields.ts';
import { can, type Permission } from '../../people/core/permissions.ts';
import type { Incoming } from '../core/incoming.ts';
import { TICKET_FIELDS } from '../core/fields.ts';
import { differences, isResolved, type TicketState } from '../core/ticket.ts';
import { createGate } from './gate.ts';
import type { Quest } from './quest-store.ts';
import { findTicket, lockTicket, officesOf, saveTicket } from './store.ts';

/** What a saved view shows. */
export type SavedList = { readonly status: string; readonly condition: Condition; readonly moment: Moment };

export type TicketsDeps = {
  readonly db: Database;
  /** Business time. */
  readonly now: Now;
  /** The machine's time: undo windows and signed links do not follow a turned clock. */
  readonly machineNow: Now;
  readonly emit: Emit;
  readonly files: Pick<Files, 'put' | 'read'>;
  readonly previews: Pick<Previews, 'of'>;
  readonly search: Pick<Search, 'index' | 'find' | 'hits' | 'among' | 'hide' | 'move' | 'remove'>;
  readonly fields: Pick<Fields, 'setValues' | 'lacking' | 'wordedKeys' | 'withOwn' | 'columnsFor' | 'cellsIn'>;
  readonly customers: Pick<Customers, 'resolve' | 'known' | 'speaks' | 'idsOf' | 'unmerge' | 'carries' | 'list'>;
  readonly companies: Pick<Companies, 'ofEach' | 'list'>;
  readonly outbox: Pick<Outbox, 'deliveries' | 'withdraw'>;
  readonly signer: Signer;
  /** What other rooms tell of a ticket that stands in its timeline too. */
  readonly alsoShown?: readonly string[];
  /** Whether a rule says that these words of a customer leave a resolved ticket resolved, and which; it belongs to a room above. */
  readonly leftResolvedBy?: (tx: Tx, workspaceId: string, ticket: TicketState, words: string) => Promise<string | null>;
  /** Whether a policy or a queue that a ticket is to have is there; they belong to rooms above. */
  readonly above?: { isPolicy(tx: Tx, id: string): Promise<boolean>; isQueue(tx: Tx, id: string): Promise<boolean> };
  /** What a saved view shows to somebody; it belongs to a room above. Throws `view.not_found` for what they may not see. */
  readonly savedView?: (tx: Tx, actor: Actor, id: string) => Promise<SavedList>;
  /** What somebody typed into a search, its operators and names understood; that belongs to a room above. Asked outside of a unit of work. */
  readonly understand?: (actor: Actor, typed: string) => Promise<Quest>;
  /** Whether somebody has joined and was not deactivated: links that they got are good no longer than that. */
  readonly worksHere: (workspaceId: string, personId: string) => Promise<boolean>;
};

export const byPerson = (actor: Actor): EventActor => ({ kind: 'person', id: actor.id });
export const notFound = () => new AppError('not_found', 'ticket.not_found', 'There is no such ticket.');

export type Context = ReturnType<typeof createContext>;

/** What every verb of the room stands on: the guard, the lock, the record of a change. */
export function createContext(deps: TicketsDeps) {
  async function requireFields(tx: Tx, ticket: TicketState): Promise<void> {
    const missing = await deps.fields.lacking(tx, 'ticket', TICKET_FIELDS, ticket);
    if (missing.length === 0) return;
    throw new AppError('conflict', 'ticket.fields_required', `Fill in ${missing.map(({ key }) => key).join(', ')} first; then it can be resolved.`, {
      fields: missing.map(({ key, names }) => ({ key, names })),
      errors: missing.map(({ key }) => ({ pointer: `#/fields/${key}`, code: 'ticket.fields_required', detail: 'This is needed before the ticket is resolved.' })),
    });
  }

  return {
    ...deps,
    gate: createGate(),

    /** The ticket's own fields after what somebody gave; undefined when they gave nothing. */
    async fieldsAfter(tx: Tx, before: FieldValues, patch: FieldValuesPatch | undefined): Promise<FieldValues | undefined> {
      return patch === undefined ? undefined : deps.fields.setValues(tx, 'ticket', before, patch);
    },

    demand,

    /** The only way in for a person: the right first, then a unit of work in their workspace. */
    work<T>(actor: Actor, permission: Permission, act: (tx: Tx) => Promise<T>, how: How = {}): Promise<T> {
      demand(actor, permission);
      return deps.db.work(actor.workspaceId, act, how);
    },

    /** The ticket, locked. One of another workspace is reported as missing, so ids cannot be probed. */
    async access(tx: Tx, id: string): Promise<TicketState> {
      const ticket = await lockTicket(tx, id);
      if (!ticket) throw notFound();
      return ticket;
    },

    /** Locked, and such that it can be worked on: neither merged away nor deleted. */
    async accessLive(tx: Tx, id: string): Promise<TicketState> {
      const ticket = await lockTicket(tx, id);
      if (!ticket) throw notFound();
      if (ticket.mergedInto) throw new AppError('conflict', 'ticket.merged', 'This ticket was merged into another; work on that one.', { ticketId: ticket.mergedInto });
      if (ticket.deletedAt) throw new AppError('conflict', 'ticket.deleted', 'This ticket was deleted; restore it first.');
      return ticket;
    },

    async look(tx: Tx, id: string): Promise<TicketState> {
      const ticket = await findTicket(tx, id);
      if (!ticket) throw notFound();
      return ticket;
    },

    /** Saves and announces what changed, then what `also` says; nothing when there is nothing. */
    async record(tx: Tx, workspaceId: string, before: TicketState, given: TicketState, actor: EventActor, at: Date, ...also: NewEvent[]): Promise<TicketState> {
      const after = await inOffice(tx, before, given);
      const changes = differences(before, after);
      if (resolvesByHand(before, after, actor)) await requireFields(tx, after);
      const saving = saveTicket(tx, workspaceId, before, after);
      if (Object.keys(changes).length > 0) {
        await saving;
        await deps.emit(tx, workspaceId, { type: 'ticket.changed', ticketId: after.id, actor, data: changes, at });
      }
      const [saved] = await Promise.all([saving, deps.emit(tx, workspaceId, ...also)]);
      return saved;
    },

    /** Puts the ticket itself into the index, with a new entry of its when there is one; entries are documents of their own. */
    async makeFindable(tx: Tx, workspaceId: string, ticket: TicketState, entry: FindableEntry | null = null): Promise<void> {
      const customer = await deps.customers.known(tx, ticket.customerId);
      await deps.search.index(tx, ...(entry ? [entryDocument(workspaceId, ticket, entry)] : []), {
        workspaceId, kind: 'ticket', id: ticket.id, subjectId: ticket.id, at: ticket.createdAt, language: ticket.language,
        texts: [
          { text: `${ticket.number}`, weight: 'A' }, { text: ticket.subject, weight: 'A' },
          { text: customer?.name ?? '', weight: 'B', names: true },
          { text: (customer?.identities ?? []).map((i) => i.value).join(' '), weight: 'B' },
          { text: ticket.tags.join(' '), weight: 'C' },
        ],
      });
    },

    makeEntryFindable: (tx: Tx, workspaceId: string, ticket: TicketState, entry: FindableEntry): Promise<void> =>
      deps.search.index(tx, entryDocument(workspaceId, ticket, entry)),
  };
}

function demand(actor: Actor, permission: Permission): void {
  // Whoever changes a ticket is answered with it: a token that may not read may not do that either.
  if (!can(actor, permission) || !can(actor, 'tickets.read')) {
    throw new AppError('forbidden', 'ticket.not_allowed', `This needs the right ${permission}; ask an administrator.`);
  }
}

/** It goes to the office of its new team, unless it was said to be elsewhere. */
async function inOffice(tx: Tx, before: TicketState, after: TicketState): Promise<TicketState> {
  if (before.teamId === after.teamId || before.officeId !== after.officeId) return after;
  const offices = await officesOf(tx, [before.teamId, after.teamId].filter((id) => id !== null));
  const [was, is] = [offices.get(before.teamId ?? ''), offices.get(after.teamId ?? '')];
  return before.officeId === null || before.officeId === was ? { ...after, officeId: is ?? null } : after;
}

/** Spam and what was merged away need no facts; nor does a customer who says that it is solved. */
const resolvesByHand = (before: TicketState, after: TicketState, { kind, id }: EventActor): boolean =>
  isResolved(after.status) && !isResolved(before.status) && after.mergedInto === null && after.deletedAt === null && (kind === 'person' || (kind === 'system' && id !== null));

type FindableEntry = {
  readonly id: string; readonly at: Date; readonly authorName: string; readonly authorAddress: string | null; readonly text: string;
  readonly findable?: Incoming['findable']; readonly fileNames: readonly string[];
};

const entryDocument = (workspaceId: string, ticket: TicketState, entry: FindableEntry): SearchDocument => ({
  workspaceId, kind: 'entry', id: entry.id, subjectId: ticket.id, at: entry.at, language: ticket.language,
  texts: [
    { text: `${ticket.number}`, weight: 'A' }, { text: ticket.subject, weight: 'B' },
    { text: entry.authorName, weight: 'B', names: true }, { text: entry.authorAddress ?? '', weight: 'B' },
    { text: entry.fileNames.join(' '), weight: 'C' }, { text: entry.text, weight: 'D', read: entry.findable ?? null },
  ],
});
