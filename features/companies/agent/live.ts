import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';

const stale: AnyLiveHandlers[string] = (cache) => cache.invalidateQueries({ queryKey: ['companies'] });

/** Whose address is proven may be of a company from then on. */
export const companiesLive: AnyLiveHandlers = { 'company.*': stale, 'customer.proven': stale };
