/** What this browser remembers of one chat. A browser that keeps nothing chats too, only not again. */
export function createKeeping(widgetId: string) {
  const name = (key: string): string => `rapport.${widgetId}.${key}`;
  const trying = <T>(act: () => T, otherwise: T): T => {
    try { return act(); } catch { return otherwise; }
  };
  return {
    get: (key: string): string | null => trying(() => localStorage.getItem(name(key)), null),
    set: (key: string, value: string): void => trying(() => localStorage.setItem(name(key), value), undefined),
    remove: (key: string): void => trying(() => localStorage.removeItem(name(key)), undefined),
    all: (prefix: string): string[] => trying(() => Object.keys(localStorage).filter((key) => key.startsWith(name(prefix))).flatMap((key) => localStorage.getItem(key) ?? []), []),
  };
}
export type Keeping = ReturnType<typeof createKeeping>;
