/** So long nothing may work before it is told. */
const FAILING_MS = 5 * 60_000;

/** The moment from which on a source must have worked. */
export const failingBefore = (at: Date): Date => new Date(at.getTime() - FAILING_MS);

/** Whoever is not looked after by any process does not work either. What only a person can mend is not waited for. */
export const isFailing = ({ lastOkAt, createdAt, errorCode }: { lastOkAt: Date | null; createdAt: Date; errorCode: string | null }, at: Date): boolean =>
  errorCode === 'oauth_expired' || (lastOkAt ?? createdAt) <= failingBefore(at);
