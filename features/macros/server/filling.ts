import { type Language, textIn } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { escapeHtml } from '../../../platform/html/escape.ts';
import type { Customers } from '../../customers/server/customers.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import { fillPlaceholders, type PlaceholderValues } from '../core/placeholders.ts';
import type { SavedReply } from './store.ts';

/** `language`: that somebody asked for. `isTrusted`: what the customer calls themself and their matter may stand in it. */
type Writing = { readonly writer: string; readonly language: Language | null; readonly isTrusted: boolean };

/** Puts what is known of a ticket in the place of names in braces. */
export function createFilling({ customers, workspaces }: { customers: Pick<Customers, 'known'>; workspaces: Pick<Workspaces, 'get'> }) {
  async function values(tx: Tx, workspaceId: string, ticket: TicketState, { writer, language, isTrusted }: Writing): Promise<{ all: PlaceholderValues; languages: (Language | null)[] } | null> {
    const customer = await customers.known(tx, ticket.customerId);
    if (!customer) return null;
    const workspace = await workspaces.get(workspaceId);
    const theirs = (text: string): string => (isTrusted ? text : '');
    return {
      languages: [language, ticket.language, customer.language, workspace.language],
      all: {
        'customer.name': theirs(customer.name), 'customer.first_name': theirs(customer.name.split(/\s+/)[0] ?? ''), 'customer.email': customer.email ?? '',
        'ticket.number': String(ticket.number), 'ticket.subject': theirs(ticket.subject), 'agent.name': writer, 'workspace.name': workspace.name,
      },
    };
  }

  return {
    /** The variant in the wanted language, else the ticket's, the customer's, the workspace's, else English, else any; null when there is none. */
    async html(tx: Tx, workspaceId: string, reply: SavedReply, ticket: TicketState, writing: Writing): Promise<{ html: string; language: Language } | null> {
      const known = await values(tx, workspaceId, ticket, writing);
      const variant = known && textIn(reply.variants, known.languages);
      return variant && { html: fillPlaceholders(variant.text, escaped(known.all)), language: variant.language };
    },

    /** Plain text for colleagues. */
    async note(tx: Tx, workspaceId: string, text: string, ticket: TicketState, writer: string): Promise<string> {
      if (!text.includes('{{')) return text;
      const known = await values(tx, workspaceId, ticket, { writer, language: null, isTrusted: true });
      return known ? fillPlaceholders(text, known.all) : text;
    },
  };
}

const escaped = (values: PlaceholderValues): PlaceholderValues =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, escapeHtml(value)])) as PlaceholderValues;
