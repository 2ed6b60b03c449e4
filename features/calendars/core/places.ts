/** From the most particular to the most general; what none of them says, the workspace's default does. */
export const PLACE_KINDS = ['team_channel', 'team', 'office', 'brand', 'channel'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

/**
 * Where a calendar holds. An office is the teams that sit in it, a brand the mailboxes, chats and pages by which its customers come.
 */
export type Place = {
  readonly id: string; readonly kind: PlaceKind; readonly name: string | null; readonly channel: string | null;
  /** Null, of an office or a brand: no hours of its own. */
  readonly calendarId: string | null;
  readonly teamIds: readonly string[]; readonly mailboxIds: readonly string[]; readonly widgetIds: readonly string[];
  /** Of a brand: what is written on the public pages is its. */
  readonly hasPages: boolean;
  /** Of a brand: under this host the public pages bear its name, and what is written there is its. */
  readonly host: string | null;
};
type WithHours = Place & { readonly calendarId: string };

/** Whose hours are asked for: a ticket has all of these. What it says of its office and brand comes before what its team and mailbox say. */
export type Subject = {
  readonly teamId?: string | null | undefined; readonly channel?: string | null | undefined; readonly mailboxId?: string | null | undefined;
  readonly officeId?: string | null | undefined; readonly brandId?: string | null | undefined;
};

/** `calendarId` null: the workspace's default. */
export type Holding = { readonly calendarId: string | null; readonly by: PlaceKind | 'workspace'; readonly place: Place | null };

/** Those that have hours; who comes first says first. */
export const inPrecedence = (places: readonly Place[]): WithHours[] =>
  PLACE_KINDS.flatMap((kind) => places.filter((one): one is WithHours => one.kind === kind && one.calendarId !== null));

/** Which calendar holds: the most particular place that has the subject. */
export function holdingFor(places: readonly Place[], subject: Subject): Holding {
  const place = inPrecedence(places).find((one) => has(one, subject));
  return place ? { calendarId: place.calendarId, by: place.kind, place } : { calendarId: null, by: 'workspace', place: null };
}

function has({ id, kind, channel, teamIds, mailboxIds }: Place, subject: Subject): boolean {
  const ofTeam = typeof subject.teamId === 'string' && teamIds.includes(subject.teamId);
  const onChannel = channel === subject.channel;
  switch (kind) {
    case 'team_channel': return ofTeam && onChannel;
    case 'team': return ofTeam;
    case 'office': return typeof subject.officeId === 'string' ? subject.officeId === id : ofTeam;
    case 'brand': return typeof subject.brandId === 'string' ? subject.brandId === id : typeof subject.mailboxId === 'string' && mailboxIds.includes(subject.mailboxId);
    case 'channel': return onChannel;
  }
}

type Claim = Pick<Place, 'kind' | 'channel' | 'teamIds' | 'mailboxIds' | 'widgetIds' | 'hasPages'>;

/** Another place that says the same of the same: of two answers neither would be the one. */
export const clashOf = (places: readonly Place[], claim: Claim): Place | undefined => {
  const shares = (a: readonly string[], b: readonly string[]) => a.some((id) => b.includes(id));
  return places.find((one) => one.kind === claim.kind && one.channel === claim.channel
    && (one.kind === 'channel' || shares(one.teamIds, claim.teamIds) || shares(one.mailboxIds, claim.mailboxIds) || shares(one.widgetIds, claim.widgetIds) || (one.hasPages && claim.hasPages)));
};
