type Invitation = {
  readonly method: 'request' | 'reply' | 'cancel' | 'publish'; readonly summary: string; readonly when: string; readonly where: string; readonly who: string;
};

/**
 * Why an entry needs a second look, as kept in its `notice` and put into words by the screen. A number after the colon
 * is that of another ticket.
 * - `unparsable`: the message could not be read; the raw message has everything.
 * - `shortened`: it was too long; the raw message has everything.
 * - `stranger:1001`: it answers that ticket, but whoever wrote it takes no part there.
 * - `possibly_belongs_to:1001`: it refers to that ticket without proof.
 * - `unproven:1001`: it answers that ticket, but the domain of its sender does not vouch for it.
 * - `out_of_office`, `challenge`, `read_receipt`, `automatic_answer`: a robot wrote it, of this kind.
 * - `encrypted_pgp`, `encrypted_smime`, `signed_pgp`, `signed_smime`: how it is protected.
 * - `fragment:2/3`: the second of three pieces of a message that was sent in several; `fragment:2` when nobody says how many.
 * - `invitation_request:Review, 2026-03-01 10:00`: it holds an invitation (or `_reply`, `_cancel`, `_publish`), to this.
 * - `follows:1001`: that ticket is over, so this one continues it.
 * - `forwarded:Ana`: that colleague passed it on; the author is whom the forwarded mail names.
 * - `note_by_mail`: a colleague wrote a mail that carried no proof for answering customers, so it stayed inside.
 * - `unverified_colleague`: somebody wrote in a colleague's name; it is not certain that it was them.
 * - `colleague_address`: a ticket begun in the name of somebody who works here, and nothing proves that it was them.
 */
export const notice = {
  unparsable: 'unparsable',
  shortened: 'shortened',
  stranger: (number: number): string => `stranger:${number}`,
  possiblyBelongsTo: (number: number): string => `possibly_belongs_to:${number}`,
  unproven: (number: number): string => `unproven:${number}`,
  fragment: ({ number, total }: { readonly number: number; readonly total: number | null }): string => `fragment:${number}${total === null ? '' : `/${total}`}`,
  invitation: ({ method, summary, when, where, who }: Invitation): string =>
    `invitation_${method}:${[summary, when, where, who].filter((one) => one !== '').join(', ').slice(0, 500)}`,
  follows: (number: number): string => `follows:${number}`,
  forwarded: (name: string): string => `forwarded:${name}`,
  noteByMail: 'note_by_mail',
  unverifiedColleague: 'unverified_colleague',
  colleagueAddress: 'colleague_address',
} as const;
