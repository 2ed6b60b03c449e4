/** What a signed-in member of staff may do follows from the role; see `features/people/core/permissions.ts`. */
export const ROLES = ['owner', 'admin', 'lead', 'agent', 'colleague'] as const;
export type Role = (typeof ROLES)[number];

/** Whoever is asking: a person of one workspace, through a session or an API token. */
export type Actor = {
  readonly id: string;
  readonly workspaceId: string;
  readonly role: Role;
  readonly teamIds: readonly string[];
  /** The session or API token the request came with; rights are re-checked against it on open sockets. */
  readonly credential: { readonly kind: 'session' | 'token'; readonly id: string };
  /** Null for sessions (everything the role allows); for API tokens the scopes they were given. */
  readonly scopes: readonly string[] | null;
};

/** The only source of the current time for business rules; tests pass a clock they can turn. */
export type Now = () => Date;
