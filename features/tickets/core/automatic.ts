/** Who acts by itself: a rule, a policy. `name` stands at what it writes. */
export type Automaton = { readonly id: string | null; readonly name: string };

/** Moments of a ticket that it can grow old since, each on an index of its own. */
export type Ageing = 'createdAt' | 'updatedAt' | 'lastMessageAt' | 'waitingSince' | 'resolvedAt' | 'statusSince';
/** A place in the order of one of these moments; tickets of one moment stand in the order of their ids. */
export type AgePlace = { readonly at: Date; readonly id: string };
