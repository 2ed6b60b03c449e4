const MAX_URL = 4_000;
const LINKS = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/**
 * The one judge of addresses in anything that strangers wrote. Parses as browsers do (control characters, tabs and line
 * breaks inside are not part of a URL), so what it lets through is what a browser will see. Null: not an address for us.
 */
export function safeLink(raw: string): string | null {
  const url = parse(raw);
  return url && LINKS.has(url.protocol) ? url.href : null;
}

/** The address of a picture on the web; null for anything else. */
export function webImage(raw: string): string | null {
  const url = parse(raw.trim().startsWith('//') ? `https:${raw.trim()}` : raw);
  return url && (url.protocol === 'http:' || url.protocol === 'https:') ? url.href : null;
}

/** The Content-ID of a picture that came with the mail, without its brackets. */
export function contentId(raw: string): string | null {
  const id = /^cid:(.{1,900})$/isu.exec(raw.trim())?.[1];
  if (id === undefined) return null;
  try {
    return decodeURIComponent(id).replace(/^<|>$/gu, '');
  } catch {
    return id;
  }
}

function parse(raw: string): URL | null {
  if (raw.length > MAX_URL) return null;
  const text = /^\s*www\./iu.test(raw) ? `https://${raw.trim()}` : raw;
  const url = URL.parse(text);
  // `https:evil` and the like have no host of their own; credentials in a link only serve to deceive.
  if (!url || (url.protocol.startsWith('http') && (url.hostname === '' || url.username !== '' || url.password !== ''))) return null;
  return url;
}
