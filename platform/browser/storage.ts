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
