/**
 * What this browser remembers of one chat. Where it keeps nothing for a frame of another site, it remembers until the page
 * goes; the secret is handed to the page around it then (`keepThere`), which may have kept it the last time too.
 */
export function createKeeping(widgetId: string, keepThere: (secret: string) => void) {
  const name = (key: string): string => `rapport.${widgetId}.${key}`;
  const store = lasting(name('kept'));
  const here = new Map<string, string>();
  return {
    /** What the page kept; the browser's own memory of the frame comes first. */
    fromPage(secret: string | null): void { if (store === null && secret !== null) here.set(name('secret'), secret); },
    get: (key: string): string | null => store?.getItem(name(key)) ?? here.get(name(key)) ?? null,
    set(key: string, value: string): void {
      if (store && keeps(store, name(key), value)) return;
      here.set(name(key), value);
      if (!store && key === 'secret') keepThere(value);
    },
    remove(key: string): void { here.delete(name(key)); store?.removeItem(name(key)); },
    all(prefix: string): string[] {
      const everything = [...Object.entries({ ...store }), ...here];
      return everything.flatMap(([key, value]) => (key.startsWith(name(prefix)) ? value : []));
    },
  };
}

/** Only the attempt tells whether the browser lets this frame keep anything. */
function lasting(probe: string): Storage | null {
  try {
    const keepsAny = keeps(localStorage, probe, '');
    localStorage.removeItem(probe);
    return keepsAny ? localStorage : null;
  } catch {
    return null;
  }
}

/** False when it is full. */
function keeps(store: Storage, key: string, value: string): boolean {
  try {
    store.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}
