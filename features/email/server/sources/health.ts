/** So long nothing may work before it is told. */
const FAILING_MS = 5 * 60_000;

/** The moment from which on a source must have worked. */
export const failingBefore = (at: Date): Date => new Date(at.getTime() - FAILING_MS);

/** Whoever is not looked after by any process does not work either. */
export const isFailing = ({ lastOkAt, createdAt }: { lastOkAt: Date | null; createdAt: Date }, at: Date): boolean =>
  (lastOkAt ?? createdAt) <= failingBefore(at);
