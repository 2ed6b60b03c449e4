/** From the most particular to the most general; what none of them says, the workspace's default does. */
export const PLACE_KINDS = ['team_channel', 'team', 'office', 'brand', 'channel'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

/**
 * Where a calendar holds. An office is the teams that sit in it, a brand the mailboxes to which its customers write.
 */
export type Place = {
  readonly id: string; readonly kind: PlaceKind; readonly name: string | null; readonly channel: string | null; readonly calendarId: string;
  readonly teamIds: readonly string[]; readonly mailboxIds: readonly string[];
};

/** Whose hours are asked for: a ticket has all of these. */
export type Subject = { readonly teamId?: string | null | undefined; readonly channel?: string | null | undefined; readonly mailboxId?: string | null | undefined };

/** `calendarId` null: the workspace's default. */
export type Holding = { readonly calendarId: string | null; readonly by: PlaceKind | 'workspace'; readonly place: Place | null };

/** Those that come first say first. */
export const inPrecedence = (places: readonly Place[]): Place[] => PLACE_KINDS.flatMap((kind) => places.filter((one) => one.kind === kind));

/** Which calendar holds: the most particular place that has the subject. */
export function holdingFor(places: readonly Place[], subject: Subject): Holding {
  const place = inPrecedence(places).find((one) => has(one, subject));
  return place ? { calendarId: place.calendarId, by: place.kind, place } : { calendarId: null, by: 'workspace', place: null };
}

function has({ kind, channel, teamIds, mailboxIds }: Place, subject: Subject): boolean {
  const ofTeam = typeof subject.teamId === 'string' && teamIds.includes(subject.teamId);
  const onChannel = channel === subject.channel;
  switch (kind) {
    case 'team_channel': return ofTeam && onChannel;
    case 'team':
    case 'office': return ofTeam;
    case 'brand': return typeof subject.mailboxId === 'string' && mailboxIds.includes(subject.mailboxId);
    case 'channel': return onChannel;
  }
}

type Claim = Pick<Place, 'kind' | 'channel' | 'teamIds' | 'mailboxIds'>;

/** Another place that says the same of the same: of two answers neither would be the one. */
export const clashOf = (places: readonly Place[], claim: Claim): Place | undefined =>
  places.find(({ kind, channel, teamIds, mailboxIds }) => kind === claim.kind && channel === claim.channel
    && (kind === 'channel' || teamIds.some((id) => claim.teamIds.includes(id)) || mailboxIds.some((id) => claim.mailboxIds.includes(id))));
