/** Small things that this browser remembers; a browser that forbids it forgets them, and nothing else happens. */
export const storage = {
  get(key: string): string | null {
    try {
      return localStorage.getItem(name(key));
    } catch {
      return null;
    }
  },
  set(key: string, value: string): void {
    try {
      localStorage.setItem(name(key), value);
    } catch {
      // Full or forbidden: the setting lasts as long as the page.
    }
  },
  remove(key: string): void {
    try {
      localStorage.removeItem(name(key));
    } catch {
      // Nothing was kept, so nothing has to go.
    }
  },
  keys(prefix: string): string[] {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(name(prefix))).map((key) => key.slice(name('').length));
    } catch {
      return [];
    }
  },
};

const name = (key: string) => `rapport.${key}`;

/** By person, the present one first. They come with the session and are kept nowhere: whoever uses this browser after it has ended cannot read what lies here. */
const keys = new Map<string, readonly string[]>();

export const sealWith = (personId: string, given: readonly string[]): void => void keys.set(personId, given);
export const keysOf = (personId: string): readonly string[] => keys.get(personId) ?? [];
