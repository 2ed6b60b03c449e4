/** What is remembered between two visits: the guest's secret, and what was written and not yet taken. Nothing else of this package is kept. */
export type Memory = {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  /** The values under all keys that begin so. */
  all(prefix: string): string[];
};

/** Over a `localStorage` or what behaves like one; without any, until the program ends. */
export function memoryIn(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> & { readonly length: number; key(at: number): string | null } | null, name: string): Memory {
  const here = new Map<string, string>();
  const keys = (): string[] => Array.from({ length: storage?.length ?? 0 }, (_none, at) => storage?.key(at) ?? '');
  const full = (key: string): string => `${name}.${key}`;
  return {
    get: (key) => here.get(full(key)) ?? storage?.getItem(full(key)) ?? null,
    set(key, value) {
      // Full, or forbidden: it stays until the program ends, and is newer than what could be kept before.
      if (storage && keeps(storage, full(key), value)) here.delete(full(key));
      else here.set(full(key), value);
    },
    remove(key) { here.delete(full(key)); storage?.removeItem(full(key)); },
    all: (prefix) => [...new Set([...keys(), ...here.keys()])].flatMap((key) => (key.startsWith(full(prefix)) ? here.get(key) ?? storage?.getItem(key) ?? [] : [])),
  };
}

/** False when it is full or forbidden. */
export function keeps(storage: Pick<Storage, 'setItem'>, key: string, value: string): boolean {
  try {
    storage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}
