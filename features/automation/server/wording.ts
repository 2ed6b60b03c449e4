import type { Now } from '../../../kernel/actor.ts';
import { type Language, textIn } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { Calendars } from '../../calendars/server/calendars.ts';
import type { Customers } from '../../customers/server/customers.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import { fillSlots, type RuleValues } from '../core/filling.ts';

type Texts = Readonly<Partial<Record<Language, string | undefined>>>;
export type Wording = ReturnType<typeof createWording>;

/** The words that rules write, filled in. What a stranger calls themself and their matter stays out unless they are trusted. */
export function createWording({ now, workspaces, customers, calendars }: {
  now: Now; workspaces: Pick<Workspaces, 'get'>; customers: Pick<Customers, 'known'>; calendars: Pick<Calendars, 'timeFor'>;
}) {
  async function facts(tx: Tx, workspaceId: string, ticket: TicketState) {
    return { workspace: await workspaces.get(workspaceId), customer: await customers.known(tx, ticket.customerId) };
  }

  /** When somebody is there again, in words of the language; empty while somebody is. */
  async function opening(tx: Tx, workspaceId: string, ticket: TicketState, calendarId: string | null, language: Language, timeZone: string): Promise<string> {
    const opens = (await calendars.timeFor(tx, workspaceId, calendarId, ticket)).nextOpening(now());
    if (opens === null || opens <= now()) return '';
    return new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', timeZone }).format(opens);
  }

  type Writing = { readonly calendarId: string | null; readonly isTrusted: boolean };
  async function values(tx: Tx, workspaceId: string, text: string, ticket: TicketState, language: Language, { calendarId, isTrusted }: Writing): Promise<RuleValues> {
    const { workspace, customer } = await facts(tx, workspaceId, ticket);
    const theirs = (word: string): string => (isTrusted ? word : '');
    return {
      'customer.name': theirs(customer?.name ?? ''), 'customer.first_name': theirs(customer?.name.split(/\s+/)[0] ?? ''), 'ticket.number': String(ticket.number),
      'ticket.subject': theirs(ticket.subject), 'workspace.name': workspace.name,
      'hours.next_opening': text.includes('hours.next_opening') ? await opening(tx, workspaceId, ticket, calendarId, language, workspace.timeZone) : '',
    };
  }

  return {
    /** In the language of the ticket, else of the customer, else of the workspace. */
    async texts(tx: Tx, workspaceId: string, texts: Texts, ticket: TicketState, writing: Writing): Promise<{ text: string; language: Language } | null> {
      const { workspace, customer } = await facts(tx, workspaceId, ticket);
      const found = textIn(texts, [ticket.language, customer?.language ?? null, workspace.language]);
      return found && { language: found.language, text: fillSlots(found.text, await values(tx, workspaceId, found.text, ticket, found.language, writing)) };
    },

    /** For colleagues, in the workspace's language. */
    async note(tx: Tx, workspaceId: string, text: string, ticket: TicketState, calendarId: string | null): Promise<string> {
      if (!text.includes('{{')) return text;
      const { language } = await workspaces.get(workspaceId);
      return fillSlots(text, await values(tx, workspaceId, text, ticket, language, { calendarId, isTrusted: true }));
    },
  };
}
