import { createHash, createHmac } from 'node:crypto';
import type { Actor, Now } from '../../../kernel/actor.ts';
import { keepIn } from '../../../kernel/bounded.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { Log } from '../../../kernel/log.ts';
import { networkOf } from '../../../kernel/network.ts';
import type { Vault } from '../../../platform/config/vault.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { Emit, EventActor } from '../../../platform/events/events.ts';
import type { Files } from '../../../platform/files/files.ts';
import type { Signer } from '../../../platform/http/signing.ts';
import type { Calendars } from '../../calendars/server/calendars.ts';
import type { Commitments } from '../../commitments/server/commitments.ts';
import type { Customers } from '../../customers/server/customers.ts';
import type { Email } from '../../email/server/email.ts';
import type { Intake } from '../../intake/server/intake.ts';
import { demand, type Permission } from '../../people/core/permissions.ts';
import type { People } from '../../people/server/people.ts';
import type { Routing } from '../../routing/server/routing.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import type { Clocks } from '../core/moments.ts';
import { isAtHome } from './sites.ts';
import { conversationOn, type Conversation } from './store.ts';
import { findWithBan, visitorOn, type Visitor, type VisitorRow } from './visitor-store.ts';
import { widgetOf, widgetOn, type StoredWidget } from './widget-store.ts';

export type ChatDeps = {
  readonly db: Database;
  /** Business time: hours, waits, idle chats. */
  readonly now: Now;
  /** The machine's: sessions, tokens, limits, who is connected. */
  readonly machineNow: Now;
  readonly emit: Emit;
  readonly log: Log;
  readonly vault: Pick<Vault, 'seal' | 'open'>;
  readonly signer: Signer;
  readonly files: Pick<Files, 'put'>;
  readonly publicUrl: string;
  /** Networks are kept as a hash under this. */
  readonly key: Buffer;
  readonly workspaces: Pick<Workspaces, 'get'>;
  readonly people: Pick<People, 'peopleByIds' | 'facesOf' | 'whoLeads' | 'requireTeams' | 'requireActive'>;
  readonly calendars: Pick<Calendars, 'timeFor' | 'named' | 'require' | 'brands'>;
  readonly customers: Pick<Customers, 'resolve' | 'guest' | 'known' | 'carries'>;
  readonly tickets: Pick<Tickets, 'receive' | 'said' | 'find' | 'findLive' | 'lock' | 'lockLive' | 'current' | 'changeBy' | 'noteBy' | 'note' | 'sendReply' | 'change' | 'get' | 'handOver' | 'living' | 'takesAnswers' | 'guestMovesTo' | 'brief' | 'file'>;
  readonly email: Pick<Email, 'carry' | 'automatic'>;
  readonly intake: Pick<Intake, 'step' | 'settle'>;
  readonly commitments: Pick<Commitments, 'promise' | 'giveTo'>;
  readonly routing: Pick<Routing, 'attending' | 'placeOf' | 'queues' | 'addQueue'>;
  readonly help: HelpAtChat;
};
/** The help centre is a room above: what a visitor opens there, and that a matter began after it. Filled by compose. */
type HelpAtChat = {
  readonly atChat: {
    opened(tx: Tx, workspaceId: string, article: { visitorId: string; number: number; language: Language }): Promise<{ title: string } | null>;
    began(tx: Tx, workspaceId: string, matter: { visitorId: string; ticketId: string }): Promise<void>;
  };
  ticketAfter(tx: Tx, workspaceId: string, token: string, ticketId: string): Promise<void>;
};

type Seen = Pick<Conversation, 'id' | 'ticketId' | 'agentId'>;
type Seated = { readonly visitor: VisitorRow & { readonly isBanned: boolean }; readonly widget: StoredWidget };
/** Asked for with nearly every message, and hardly ever another. */
const LANGUAGE_MS = 10_000;
const FACE_MS = 10_000;
const MOST_KEPT = 1_000;

export type Context = ReturnType<typeof createContext>;

export const BY_CHAT: EventActor = { kind: 'system', id: null };
export const byPerson = ({ id }: Pick<Actor, 'id'>): EventActor => ({ kind: 'person', id });
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
export const noChat = () => new AppError('not_found', 'chat.not_found', 'There is no chat on this ticket.');
const sessionOver = () => new AppError('unauthenticated', 'visitor.session_over', 'Begin a session anew with POST /api/v1/visitor/session.');

/** Who writes when nobody does. */
export const BY_ITSELF = { id: null, name: 'Chat' } as const;
/** What a guest calls themself proves nothing, and is no word to send to an address that they typed. */
export const toOf = ({ subject, name }: Pick<VisitorRow, 'subject' | 'name'>, address: string) => ({ name: subject === null ? '' : name, address });

/** How long after its last sign a tab counts as open; machine time. */
export const HERE_MS = 45_000;

/** What every verb of the room stands on. */
export function createContext(deps: ChatDeps) {
  const ownOrigin = new URL(deps.publicUrl).origin;

  const faces = new Map<string, { until: number; face: string | null }>();
  const languages = new Map<string, { until: number; language: Language }>();

  async function whose(tx: Tx, visitor: Visitor): Promise<Seated> {
    const [found, widget] = await Promise.all([findWithBan(tx, visitor, deps.machineNow()), widgetOf(tx, visitor.workspaceId, visitor.visitorId)]);
    if (!found || !widget) throw sessionOver();
    return { visitor: found, widget };
  }

  return {
    ...deps, ownOrigin,

    /** The only way in for a person. */
    work<T>(actor: Actor, permission: Permission, act: (tx: Tx) => Promise<T>): Promise<T> {
      demand(actor, permission);
      return deps.db.work(actor.workspaceId, act);
    },

    /** Addresses of networks are compared, never kept. */
    networkHash: (workspaceId: string, address: string): string => createHmac('sha256', deps.key).update(`${workspaceId} ${networkOf(address)}`).digest('base64url').slice(0, 22),

    /** For what visitors do themselves: not any more in a chat that is gone. */
    async visitor(tx: Tx, visitor: Visitor): Promise<Seated> {
      const found = await whose(tx, visitor);
      if (found.widget.deletedAt) throw sessionOver();
      return found;
    },
    whose,
    /** The same of whoever sits in front of the chat on a ticket, and that chat; each asked for without waiting for the others. */
    async seatedOn(tx: Tx, workspaceId: string, ticketId: string): Promise<(Seated & { readonly conversation: Conversation }) | null> {
      const [conversation, visitor, widget] = await Promise.all([
        conversationOn(tx, workspaceId, ticketId), visitorOn(tx, workspaceId, ticketId, deps.machineNow()), widgetOn(tx, workspaceId, ticketId),
      ]);
      return conversation && visitor && widget ? { conversation, visitor, widget } : null;
    },

    async languageOf({ workspaceId }: Pick<Visitor, 'workspaceId'>, { language }: Pick<VisitorRow, 'language'>): Promise<Language> {
      if (language !== null) return language;
      const at = deps.machineNow().getTime();
      const kept = languages.get(workspaceId);
      if (kept && kept.until > at) return kept.language;
      const found = (await deps.workspaces.get(workspaceId)).language;
      keepIn(languages, workspaceId, { until: at + LANGUAGE_MS, language: found }, MOST_KEPT);
      return found;
    },

    /** Where the faces of people can be seen, of those who show one. */
    async facesOf(tx: Tx, personIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
      const at = deps.machineNow().getTime();
      const unknown = [...new Set(personIds)].filter((id) => (faces.get(id)?.until ?? 0) <= at);
      const found = await deps.people.facesOf(tx, unknown);
      for (const id of unknown) keepIn(faces, id, { until: at + FACE_MS, face: found.get(id) ?? null }, MOST_KEPT);
      return new Map(personIds.flatMap((id) => { const face = faces.get(id)?.face ?? found.get(id); return face ? [[id, face] as const] : []; }));
    },

    /** By which clocks times are told to a visitor of a widget. */
    clocksOf: async (tx: Tx, workspaceId: string, { calendarId }: Pick<StoredWidget, 'calendarId'>, theirs: string | null): Promise<Clocks> =>
      ({ theirs, ours: (await deps.calendars.named(tx, workspaceId, calendarId))?.timeZone ?? (await deps.workspaces.get(workspaceId)).timeZone }),

    /** Where the panel of a chat stands when it is asked for under a host: the desk's own address, or that of the company or brand whose host it is. */
    async homeOf(tx: Tx, workspaceId: string, widgetId: string, host: string): Promise<string> {
      const own = new URL(ownOrigin);
      if (host === own.host) return ownOrigin;
      const { publicHost } = await deps.workspaces.get(workspaceId);
      const brands = await deps.calendars.brands(tx, workspaceId);
      return isAtHome(host, widgetId, { hosts: publicHost === null ? [] : [publicHost], brands }) ? `${own.protocol}//${host}` : ownOrigin;
    },

    isHere: ({ hereAt }: Pick<VisitorRow, 'hereAt'>): boolean => hereAt !== null && deps.machineNow().getTime() - hereAt.getTime() < HERE_MS,

    sessionOver,

    /** Not so once a guest's ticket went into somebody else's: the address that a guest typed is no proof that the two are one. */
    isOwnMatter: async (tx: Tx, { subject, customerId }: Pick<VisitorRow, 'subject' | 'customerId'>, ticketId: string): Promise<boolean> =>
      subject !== null || (await deps.tickets.find(tx, ticketId))?.customerId === customerId,

    /** Whom an entry came from or went to by mail, in small letters. */
    async addressesOf(tx: Tx, entryId: string): Promise<string[]> {
      const [entry] = await deps.tickets.said(tx, [entryId]);
      return entry ? [entry.authorAddress ?? '', ...(entry.recipients?.to ?? []).map(({ address }) => address), ...(entry.recipients?.cc ?? []).map(({ address }) => address)].map((one) => one.toLowerCase()) : [];
    },

    /** Something that the visitor sees besides words has changed. */
    tellVisitor: (tx: Tx, workspaceId: string, visitorId: string, data: { ids?: string[]; isBanned?: boolean } = {}): Promise<void> =>
      deps.emit(tx, workspaceId, { type: 'visitor.changed', subjectId: visitorId, actor: BY_CHAT, data, at: deps.now() }),

    /** Something that agents see of a chat has changed. */
    tellDesk: (tx: Tx, workspaceId: string, { id, ticketId, agentId }: Seen, what: string, actor: EventActor = BY_CHAT): Promise<void> =>
      deps.emit(tx, workspaceId, { type: 'chat.changed', ticketId, subjectId: id, actor, data: { what, agentId }, at: deps.now() }),

    /** The same of chats on several tickets, as one piece of news: events are kept for good, and this one tells of nothing but marks. */
    tellDeskOf: async (tx: Tx, workspaceId: string, ticketIds: readonly string[], what: string): Promise<void> => {
      if (ticketIds.length > 0) await deps.emit(tx, workspaceId, { type: 'chat.changed', actor: BY_CHAT, data: { what, ticketIds: [...ticketIds] }, at: deps.now() });
    },
  };
}
