const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/** What somebody types as a company's domain, as it is compared: `@Acme.com` and `https://www.acme.com/` are acme.com. Null: it is none. */
export function domainFrom(given: string): string | null {
  const bare = given.trim().toLowerCase().replace(/^(?:[a-z]+:\/\/)?(?:[^@/]*@)?(?:www\.)?/, '').replace(/[/?#:].*$/, '').replace(/\.$/, '');
  const labels = bare.split('.');
  const isDomain = bare.length <= 253 && labels.length > 1 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1)!);
  return isDomain ? bare : null;
}

/** A domain and all that it stands below: a.b.c, b.c, c. */
export const withParents = (domain: string): string[] => domain.split('.').map((_label, i, labels) => labels.slice(i).join('.'));
