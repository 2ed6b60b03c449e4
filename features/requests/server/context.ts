import type { Now } from '../../../kernel/actor.ts';
import type { Database } from '../../../platform/db/db.ts';
import type { Emit } from '../../../platform/events/events.ts';
import type { Files } from '../../../platform/files/files.ts';
import type { Signer } from '../../../platform/http/signing.ts';
import type { Outbox } from '../../../platform/mail/outbox.ts';
import type { Chat } from '../../chat/server/chat.ts';
import type { Commitments } from '../../commitments/server/commitments.ts';
import type { Companies } from '../../companies/server/companies.ts';
import type { Customers } from '../../customers/server/customers.ts';
import type { Email } from '../../email/server/email.ts';
import type { Intake } from '../../intake/server/intake.ts';
import type { Knowledge } from '../../knowledge/server/knowledge.ts';
import type { People } from '../../people/server/people.ts';
import type { Sla } from '../../sla/server/sla.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import type { Challenges } from './challenge.ts';
import type { Limits } from './limits.ts';

export type RequestsDeps = {
  readonly db: Database;
  /** Business time. */
  readonly now: Now;
  /** The machine's time: ways in, sessions, limits. */
  readonly machineNow: Now;
  readonly emit: Emit; readonly files: Pick<Files, 'put' | 'read'>; readonly outbox: Pick<Outbox, 'queue'>; readonly signer: Signer;
  readonly workspaces: Pick<Workspaces, 'get' | 'publicUrlOf'>; readonly customers: Pick<Customers, 'resolve' | 'known' | 'having' | 'proven' | 'names'>;
  readonly companies: Pick<Companies, 'seenBy' | 'isOfCompany'>;
  readonly tickets: Pick<Tickets, 'receive' | 'takesAnswers' | 'ofCustomer' | 'ofCompany' | 'seenByNumber' | 'unprovenAmong' | 'exchanges' | 'ownFile' | 'solvedByCustomer' | 'prove' | 'find' | 'brief' | 'sendReply' | 'current' | 'change'>;
  readonly people: Pick<People, 'peopleByIds'>;
  readonly email: Pick<Email, 'suppressions' | 'writesFrom' | 'isOurs'>; readonly sla: Pick<Sla, 'expectation'>; readonly commitments: Pick<Commitments, 'promisedOn'>; readonly chat: Pick<Chat, 'vouched'>;
  readonly knowledge: Pick<Knowledge, 'ticketAfter'>; readonly intake: Pick<Intake, 'step' | 'settle'>;
  /** For counters. */
  readonly key: Buffer;
};
export type Context = RequestsDeps & { readonly limits: Limits; readonly challenges: Challenges };

export const addressKey = (address: string): string => address.trim().toLowerCase();
