import type { Role } from '../../../kernel/actor.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { LinkReason } from './contract.ts';
import type { TicketState } from './ticket.ts';

export type MailName = { readonly name: string; readonly address: string };
export type StoredFile = {
  readonly sha256: string; readonly size: number; readonly name: string; readonly contentType: string; readonly contentId: string | null;
};

/** Whether the domain of the author vouches for a message; `unknown`: it could not be found out. */
export type SenderProof = {
  readonly verdict: 'pass' | 'fail' | 'none' | 'unknown'; readonly domain: string | null;
  readonly spf: string | null; readonly dkim: string | null; readonly dmarc: string | null;
  /** Not there on what came before these were kept. `sealer`: who passed it on, and whose word makes it a `pass`. */
  readonly arc?: string | null; readonly sealer?: string | null;
};

/** A chat, or the public pages; null: neither. */
export type CameBy = { readonly widgetId: string } | { /** The pages of a brand that has a host of its own. */ readonly brandId: string } | 'pages' | null;

/** Another ticket that a new one points at without belonging to it by proof. */
export type Links = { readonly ticketId: string; readonly reason: LinkReason };

/** How the notice of a message begins that a program handed in for somebody: whose it says it is, nobody has proven. */
export const HANDED_IN = 'handed_in';
/** The notice of what somebody wrote under an address whose mailbox has not said yet that it was its owner. */
export const UNPROVEN_ADDRESS = 'unproven_address';

/** The notice of a message that only thanks, and left its ticket resolved. */
export const ONLY_THANKS = 'only_thanks';

/** A message that came in, understood by the room of its channel; `ticketId` null makes a new ticket. */
export type Incoming = {
  readonly ticketId: string | null;
  readonly customerId: string;
  /** With whom they are at home, if records were merged and it is not told by their address. */
  readonly homeId?: string;
  readonly mailboxId: string | null;
  readonly teamId: string | null;
  readonly channel: 'email' | 'chat' | 'web' | 'letter';
  readonly subject: string;
  readonly text: string;
  readonly quoted: string;
  /** `text` as the search reads it in that language; found out here when absent. */
  readonly findable?: { readonly language: Language | null; readonly vector: string } | null;
  /** As it came; `safeHtml` is the same sanitised, made here when absent. */
  readonly html: string | null;
  readonly safeHtml?: { readonly html: string; readonly remoteImages: number } | null;
  readonly author: MailName;
  readonly recipients: { readonly to: readonly MailName[]; readonly cc: readonly MailName[] };
  readonly messageId: string | null;
  readonly ledgerId: string | null;
  readonly language: Language | null;
  readonly attachments: readonly StoredFile[];
  /** Why a person should look twice; shown with the entry. */
  readonly notice: string | null;
  /** Of a new ticket: what else it begins with. */
  readonly begins?: Partial<Pick<TicketState, 'priority' | 'tags' | 'kind' | 'fields'>>;
  /** Of a new ticket: by which door it came, besides its mailbox; the door says the brand. */
  readonly cameBy?: CameBy;
  /** Of a new ticket: what it points at. */
  readonly linkTo?: Links | null;
  /** A robot wrote: nobody waits for an answer. */
  readonly automatic: boolean;
  /** Others who get copies of public replies from now on. */
  readonly participants: readonly MailName[];
  readonly at: Date;
  /** Absent where nobody can look. */
  readonly authentication?: SenderProof | null;
};

export type Colleague = { readonly id: string; readonly name: string; readonly role: Role };
/** What somebody who works here wrote in a mail, on a ticket. */
export type FromOutside = {
  readonly ticketId: string; readonly text: string; readonly quoted: string; readonly subject: string; readonly attachments: readonly StoredFile[];
  readonly messageId: string | null; readonly ledgerId: string; readonly authentication: SenderProof | null; readonly at: Date;
};
