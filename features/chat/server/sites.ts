/** The origin in one spelling; null for what is none, such as `null` or an address of a file. */
export function originOf(given: string): string | null {
  if (!URL.canParse(given)) return null;
  const { protocol, origin } = new URL(given);
  return (protocol === 'https:' || protocol === 'http:') && origin !== 'null' ? origin.toLowerCase() : null;
}

/** Whether one of the allowed sites is meant: the origin itself, or for `https://*.shop.example` one beneath it. */
export function isAllowed(sites: readonly string[], origin: string): boolean {
  return sites.some((site) => {
    const [scheme = '', rest = ''] = site.split('://');
    if (!rest.startsWith('*.')) return originOf(site) === origin;
    const suffix = originOf(`${scheme}://${rest.slice(2)}`);
    if (suffix === null) return false;
    const [, host = ''] = suffix.split('://');
    return origin.startsWith(`${scheme}://`) && origin.endsWith(`.${host}`);
  });
}

/** What `frame-ancestors` of the panel says: whoever is not named cannot show it. */
export const frameAncestors = (sites: readonly string[]): string => ["'self'", ...sites].join(' ');

type Brand = { readonly host: string | null; readonly widgetIds: readonly string[] };

/** Whether a chat is at home under a host of ours: the desk's, its company's, or a brand's, unless it is another brand's chat. */
export function isAtHome(host: string, widgetId: string, { hosts, brands }: { hosts: readonly string[]; brands: readonly Brand[] }): boolean {
  if (hosts.includes(host)) return true;
  const brand = brands.find((one) => one.host === host);
  return brand !== undefined && (brand.widgetIds.includes(widgetId) || brands.every(({ widgetIds }) => !widgetIds.includes(widgetId)));
}
