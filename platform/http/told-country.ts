import { inNetworks } from './client-address.ts';

type Asking = { readonly socket: { readonly remoteAddress?: string | undefined }; readonly headers: Readonly<Record<string, string | string[] | undefined>> };

/** What stands for "nobody knows", and for networks that are nowhere. */
const NOWHERE = new Set(['XX', 'ZZ']);

/** From which country a request comes, by the word of a proxy of ours in the header that it is known to set; whoever else sends that header is not believed. */
export function toldCountryBy(trustedProxies: readonly string[], header: string | null): (request: Asking) => string | null {
  if (header === null) return () => null;
  const isOurs = inNetworks(trustedProxies);
  const name = header.toLowerCase();
  return ({ socket, headers }) => {
    const told = headers[name];
    const country = typeof told === 'string' && isOurs(socket.remoteAddress ?? '') ? told.trim().toUpperCase() : '';
    return /^[A-Z]{2}$/.test(country) && !NOWHERE.has(country) ? country : null;
  };
}
