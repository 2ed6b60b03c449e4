import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import { type Language, textIn } from '../../../kernel/languages.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { escapeHtml } from '../../../platform/html/escape.ts';
import { sanitiseMail } from '../../../platform/html/sanitise.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import type { Customers } from '../../customers/server/customers.ts';
import { can, type Permission } from '../../people/core/permissions.ts';
import type { People } from '../../people/server/people.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import type { SavedReplyView } from '../core/contract.ts';
import { fillPlaceholders, unknownPlaceholders, type PlaceholderValues } from '../core/placeholders.ts';
import { deleteSavedReply, findSavedReply, insertSavedReply, savedReplies, updateSavedReply, type SavedReply } from './store.ts';

export type Macros = ReturnType<typeof createMacros>;
type Variants = Partial<Record<Language, string | undefined>>;
type Given = { name?: string | undefined; teamId?: string | null | undefined; variants?: Variants | undefined };

/** The front door of the macros room: saved replies with placeholders, in the customer's language. */
export function createMacros({ db, now, emit, tickets, customers, people, workspaces }: {
  db: Database; now: Now; emit: Emit; tickets: Pick<Tickets, 'find'>; customers: Pick<Customers, 'known'>;
  people: Pick<People, 'peopleByIds' | 'requireTeams'>; workspaces: Pick<Workspaces, 'get'>;
}) {
  const work = <T>(actor: Actor, permission: Permission, act: (tx: Tx) => Promise<T>): Promise<T> => {
    if (!can(actor, permission)) throw new AppError('forbidden', 'saved_reply.not_allowed', `This needs the right ${permission}.`);
    return db.work(actor.workspaceId, act);
  };
  const absent = () => new AppError('not_found', 'saved_reply.not_found', 'There is no such saved reply.');
  /** Leads and above look after all of them; others see what is everybody's or their teams'. */
  const teamsOf = (actor: Actor) => (can(actor, 'macros.manage') ? null : actor.teamIds);

  async function access(tx: Tx, actor: Actor, id: string): Promise<SavedReply> {
    const reply = await findSavedReply(tx, id);
    const visible = reply && (reply.teamId === null || teamsOf(actor)?.includes(reply.teamId) !== false);
    if (!visible) throw absent();
    return reply;
  }

  async function fill(tx: Tx, workspaceId: string, reply: SavedReply, ticket: TicketState, { writer, isTrusted }: { writer: string; isTrusted: boolean }) {
    const customer = await customers.known(tx, ticket.customerId);
    if (!customer) return null;
    const workspace = await workspaces.get(workspaceId);
    const variant = textIn(reply.variants, [ticket.language, customer.language, workspace.language]);
    if (!variant) return null;
    const theirs = (text: string): string => (isTrusted ? text : '');
    const html = fillPlaceholders(variant.text, escaped({
      'customer.name': theirs(customer.name), 'customer.first_name': theirs(customer.name.split(/\s+/)[0] ?? ''), 'customer.email': customer.email ?? '',
      'ticket.number': String(ticket.number), 'ticket.subject': theirs(ticket.subject), 'agent.name': writer, 'workspace.name': workspace.name,
    }));
    return { html, language: variant.language };
  }

  const changed = (tx: Tx, actor: Actor, id: string) =>
    emit(tx, actor.workspaceId, { type: 'saved_reply.changed', subjectId: id, actor: { kind: 'person', id: actor.id }, at: now() });

  return {
    list: (actor: Actor, { q = '', limit, cursor }: { q?: string | undefined; limit: number; cursor?: string | undefined }): Promise<Page<SavedReplyView>> =>
      work(actor, 'macros.list', async (tx) => {
        const after = cursor === undefined ? null : decodeCursor(cursor, ['string', 'id']);
        const rows = await savedReplies(tx, { teamIds: teamsOf(actor), q, limit: limit + 1, after });
        return pageOfRows(rows, limit, (row) => [row.name, row.id], present);
      }),

    create: (actor: Actor, given: Given & { name: string; variants: Variants }): Promise<SavedReplyView> =>
      work(actor, 'macros.manage', async (tx) => {
        const at = now();
        const reply: SavedReply = { id: newId(), name: given.name, teamId: given.teamId ?? null, variants: cleaned(given.variants), createdAt: at, updatedAt: at };
        if (reply.teamId) await people.requireTeams(tx, [reply.teamId]);
        await insertSavedReply(tx, actor.workspaceId, reply);
        await changed(tx, actor, reply.id);
        return present(reply);
      }),

    change: (actor: Actor, id: string, given: Given): Promise<SavedReplyView> =>
      work(actor, 'macros.manage', async (tx) => {
        const before = await access(tx, actor, id);
        const reply: SavedReply = {
          ...before, name: given.name ?? before.name, teamId: given.teamId === undefined ? before.teamId : given.teamId,
          variants: given.variants ? cleaned(given.variants) : before.variants, updatedAt: now(),
        };
        if (given.teamId) await people.requireTeams(tx, [given.teamId]);
        await updateSavedReply(tx, reply);
        await changed(tx, actor, id);
        return present(reply);
      }),

    remove: (actor: Actor, id: string): Promise<void> =>
      work(actor, 'macros.manage', async (tx) => {
        if (!await deleteSavedReply(tx, id)) throw absent();
        await changed(tx, actor, id);
      }),

    /** For a ticket: the variant in its language, else the workspace's, else English, else any; placeholders filled. */
    render: (actor: Actor, id: string, ticketId: string): Promise<{ html: string; language: Language }> =>
      work(actor, 'macros.list', async (tx) => {
        const reply = await access(tx, actor, id);
        const ticket = await tickets.find(tx, ticketId);
        if (!ticket) throw new AppError('not_found', 'ticket.not_found', 'There is no such ticket.');
        const agent = (await people.peopleByIds(tx, [actor.id])).get(actor.id);
        const filled = await fill(tx, actor.workspaceId, reply, ticket, { writer: agent?.name ?? '', isTrusted: true });
        if (!filled) throw absent();
        return filled;
      }),

    /**
     * For rooms above that write by themselves, in the name of the workspace. What a stranger calls themself and their matter stays
     * out unless they are trusted. Null when the reply is gone.
     */
    async renderBy(tx: Tx, workspaceId: string, id: string, ticket: TicketState, { isTrusted }: { isTrusted: boolean }): Promise<{ html: string; language: Language } | null> {
      const reply = await findSavedReply(tx, id);
      return reply ? fill(tx, workspaceId, reply, ticket, { writer: (await workspaces.get(workspaceId)).name, isTrusted }) : null;
    },

    /** For rooms above: the saved reply is one of the workspace's, or `saved_reply.not_found`. */
    async require(tx: Tx, id: string): Promise<void> {
      if (!await findSavedReply(tx, id)) throw absent();
    },
  };
}

const escaped = (values: PlaceholderValues): PlaceholderValues =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, escapeHtml(value)])) as PlaceholderValues;

/** The first of the wanted languages that the reply has, else English, else any. */
const present = (reply: SavedReply): SavedReplyView =>
  ({ id: reply.id, name: reply.name, teamId: reply.teamId, variants: reply.variants as SavedReplyView['variants'], updatedAt: reply.updatedAt.toISOString() });

/** Clean HTML, and no placeholder that would stay empty in front of a customer. */
function cleaned(variants: Variants): Partial<Record<string, string>> {
  const result: Partial<Record<string, string>> = {};
  for (const [language, html] of Object.entries(variants)) {
    if (html === undefined) continue;
    const unknown = unknownPlaceholders(html);
    if (unknown.length > 0) {
      throw new AppError('invalid', 'saved_reply.unknown_placeholder', `There is no placeholder "${unknown[0]}"; mend it in the text in "${language}".`, { language, unknown });
    }
    result[language] = sanitiseMail(html, { image: () => null }).html;
  }
  return result;
}
