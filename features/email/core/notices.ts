/**
 * Why an entry needs a second look, as kept in its `notice` and put into words by the screen. A number after the colon
 * is that of another ticket.
 * - `unparsable`: the message could not be read; the raw message has everything.
 * - `shortened`: it was too long; the raw message has everything.
 * - `stranger:1001`: it answers that ticket, but whoever wrote it takes no part there.
 * - `possibly_belongs_to:1001`: it refers to that ticket without proof.
 * - `unproven:1001`: it answers that ticket, but the domain of its sender does not vouch for it.
 * - `out_of_office`, `challenge`, `read_receipt`, `automatic_answer`: a robot wrote it, of this kind.
 * - `follows:1001`: that ticket is closed, so this one continues it.
 */
export const notice = {
  unparsable: 'unparsable',
  shortened: 'shortened',
  stranger: (number: number): string => `stranger:${number}`,
  possiblyBelongsTo: (number: number): string => `possibly_belongs_to:${number}`,
  unproven: (number: number): string => `unproven:${number}`,
  follows: (number: number): string => `follows:${number}`,
} as const;
