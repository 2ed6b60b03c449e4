import type { Actor, Role } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';

/**
 * The one table of who may do what: server, lists and buttons all ask it.
 * `read` marks what a read-only API token may do; `scope` is the token scope that a write needs.
 */
const TABLE = {
  'workspace.read': { roles: ['owner', 'admin', 'lead', 'agent', 'colleague'], scope: 'read' },
  'workspace.manage': { roles: ['owner', 'admin'], scope: 'admin' },
  // Who changed what.
  'audit.read': { roles: ['owner', 'admin'], scope: 'admin' },
  // Bringing in customers, companies and mail from elsewhere.
  'imports.manage': { roles: ['owner', 'admin'], scope: 'admin' },
  'people.list': { roles: ['owner', 'admin', 'lead', 'agent', 'colleague'], scope: 'read' },
  'people.manage': { roles: ['owner', 'admin'], scope: 'admin' },
  'teams.manage': { roles: ['owner', 'admin'], scope: 'admin' },
  'calendars.list': { roles: ['owner', 'admin', 'lead', 'agent', 'colleague'], scope: 'read' },
  'calendars.manage': { roles: ['owner', 'admin'], scope: 'admin' },
  'mailboxes.list': { roles: ['owner', 'admin', 'lead', 'agent', 'colleague'], scope: 'read' },
  'mailboxes.manage': { roles: ['owner', 'admin'], scope: 'admin' },
  'tickets.read': { roles: ['owner', 'admin', 'lead', 'agent', 'colleague'], scope: 'read' },
  'tickets.note': { roles: ['owner', 'admin', 'lead', 'agent', 'colleague'], scope: 'write' },
  'views.save': { roles: ['owner', 'admin', 'lead', 'agent', 'colleague'], scope: 'write' },
  'views.share': { roles: ['owner', 'admin', 'lead'], scope: 'write' },
  'tickets.change': { roles: ['owner', 'admin', 'lead', 'agent'], scope: 'write' },
  'tickets.reply': { roles: ['owner', 'admin', 'lead', 'agent'], scope: 'write' },
  'tickets.redact': { roles: ['owner', 'admin', 'lead', 'agent'], scope: 'write' },
  'tickets.delete': { roles: ['owner', 'admin', 'lead'], scope: 'write' },
  // Queues, skills, who is there, why something came to somebody.
  'routing.read': { roles: ['owner', 'admin', 'lead', 'agent', 'colleague'], scope: 'read' },
  // One's own presence and absence, taking the next, answering offers.
  'routing.work': { roles: ['owner', 'admin', 'lead', 'agent'], scope: 'write' },
  // The presence and absences of others, and what they can.
  'routing.share': { roles: ['owner', 'admin', 'lead'], scope: 'write' },
  'routing.manage': { roles: ['owner', 'admin'], scope: 'admin' },
  // Who sits in front of a chat, and how it is set up.
  'chat.read': { roles: ['owner', 'admin', 'lead', 'agent', 'colleague'], scope: 'read' },
  // Ending, handing on, banning.
  'chat.work': { roles: ['owner', 'admin', 'lead', 'agent'], scope: 'write' },
  'chat.manage': { roles: ['owner', 'admin'], scope: 'admin' },
  'sla.list': { roles: ['owner', 'admin', 'lead', 'agent', 'colleague'], scope: 'read' },
  'sla.manage': { roles: ['owner', 'admin'], scope: 'admin' },
  // Replies that only hold, and clocks that are stopped again and again.
  'sla.flags': { roles: ['owner', 'admin', 'lead'], scope: 'read' },
  'sla.review': { roles: ['owner', 'admin', 'lead'], scope: 'write' },
  // Another deadline than the promised one, as agreed with the customer.
  'sla.agree': { roles: ['owner', 'admin', 'lead'], scope: 'write' },
  // What the status page says to everybody.
  'status.manage': { roles: ['owner', 'admin', 'lead'], scope: 'write' },
  'customers.read': { roles: ['owner', 'admin', 'lead', 'agent', 'colleague'], scope: 'read' },
  'customers.change': { roles: ['owner', 'admin', 'lead', 'agent'], scope: 'write' },
  // Calling somebody abusive, and taking away what is sensitive.
  'customers.judge': { roles: ['owner', 'admin', 'lead'], scope: 'write' },
  // The whole list of them out of the house.
  'customers.export': { roles: ['owner', 'admin', 'lead'], scope: 'read' },
  'checklists.list': { roles: ['owner', 'admin', 'lead', 'agent', 'colleague'], scope: 'read' },
  'checklists.manage': { roles: ['owner', 'admin', 'lead'], scope: 'write' },
  // What people of a company see of each other's requests, and removing a company.
  'companies.share': { roles: ['owner', 'admin', 'lead'], scope: 'write' },
  // What else is known of tickets, customers and companies.
  'fields.list': { roles: ['owner', 'admin', 'lead', 'agent', 'colleague'], scope: 'read' },
  'fields.manage': { roles: ['owner', 'admin'], scope: 'admin' },
  // Which answers wait for a second person.
  'approvals.list': { roles: ['owner', 'admin', 'lead'], scope: 'read' },
  // Whatever waits, whoever was named for it.
  'approvals.decide_all': { roles: ['owner', 'admin'], scope: 'write' },
  'approvals.manage': { roles: ['owner', 'admin'], scope: 'admin' },
  'macros.list': { roles: ['owner', 'admin', 'lead', 'agent', 'colleague'], scope: 'read' },
  'macros.manage': { roles: ['owner', 'admin', 'lead'], scope: 'write' },
  'articles.read': { roles: ['owner', 'admin', 'lead', 'agent', 'colleague'], scope: 'read' },
  'articles.write': { roles: ['owner', 'admin', 'lead', 'agent'], scope: 'write' },
  // What customers read, how it is arranged, and what search leaves out.
  'articles.publish': { roles: ['owner', 'admin', 'lead'], scope: 'write' },
  // What others ask each other about a ticket, and what somebody else is to be reminded of: whoever looks after everybody's work.
  'asks.read_all': { roles: ['owner', 'admin', 'lead'], scope: 'read' },
  'reminders.share': { roles: ['owner', 'admin', 'lead'], scope: 'write' },
  // Who asked for a copy of their data, or for its deletion: what is known of somebody, in one file.
  'privacy.manage': { roles: ['owner', 'admin'], scope: 'admin' },
  'webhooks.manage': { roles: ['owner', 'admin'], scope: 'admin' },
  'rules.list': { roles: ['owner', 'admin', 'lead'], scope: 'read' },
  'rules.manage': { roles: ['owner', 'admin'], scope: 'admin' },
  // Rules for one's own team.
  'rules.manage_own': { roles: ['owner', 'admin', 'lead'], scope: 'write' },
  'outbox.read': { roles: ['owner', 'admin', 'lead'], scope: 'read' },
  'outbox.retry': { roles: ['owner', 'admin', 'lead'], scope: 'write' },
  'ledger.read': { roles: ['owner', 'admin', 'lead'], scope: 'read' },
  'incidents.read': { roles: ['owner', 'admin', 'lead'], scope: 'read' },
  'spam.read': { roles: ['owner', 'admin', 'lead'], scope: 'read' },
  'spam.manage': { roles: ['owner', 'admin', 'lead'], scope: 'write' },
  'senders.block': { roles: ['owner', 'admin', 'lead', 'agent'], scope: 'write' },
  'quarantine.read': { roles: ['owner', 'admin', 'lead'], scope: 'read' },
  'quarantine.decide': { roles: ['owner', 'admin', 'lead'], scope: 'write' },
  // Sign-in codes of other services that reached one of our addresses.
  'quarantine.codes': { roles: ['owner', 'admin'], scope: 'admin' },
  'mail.deliver': { roles: ['owner', 'admin'], scope: 'mail' },
  'reports.read': { roles: ['owner', 'admin', 'lead'], scope: 'read' },
  'tickets.export': { roles: ['owner', 'admin', 'lead'], scope: 'read' },
} as const satisfies Record<string, { roles: readonly Role[]; scope: string }>;

export type Permission = keyof typeof TABLE;
export const SCOPES = ['read', 'write', 'mail', 'admin'] as const;

/** A colleague whose only business is one's own account needs no permission; everything else asks here. */
export const can = (actor: Pick<Actor, 'role' | 'scopes'>, permission: Permission): boolean => {
  const { roles, scope } = TABLE[permission];
  return (roles as readonly Role[]).includes(actor.role) && (actor.scopes === null || actor.scopes.includes(scope));
};

/** What front doors begin with. */
export function demand(actor: Pick<Actor, 'role' | 'scopes'>, permission: Permission): void {
  if (!can(actor, permission)) throw new AppError('forbidden', 'permission.denied', `This needs the right ${permission}; ask an administrator.`, { permission });
}

export const permissionsOf = (actor: Pick<Actor, 'role' | 'scopes'>): Permission[] =>
  (Object.keys(TABLE) as Permission[]).filter((permission) => can(actor, permission));

const RANK: Record<Role, number> = { colleague: 0, agent: 1, lead: 2, admin: 3, owner: 4 };

const reaches = (actor: Pick<Actor, 'role'>, role: Role): boolean => RANK[role] <= RANK[actor.role];

/** Whoever manages people may give and take only roles up to their own, and never touch somebody above them. */
export const mayGrant = reaches;

/** Who stands in for somebody is told what only they are told: nobody above oneself is stood in for because one says so. */
export const mayNameDeputy = (actor: Pick<Actor, 'id' | 'role'>, { id, role }: { readonly id: string; readonly role: Role }): boolean => id === actor.id || reaches(actor, role);
