const all = new WeakSet<object>();

/** Frozen to its last part, so that what was once made of it (its JSON, say) can be found by it for as long as it is there. */
export function lasting<T extends object>(value: T): T {
  freeze(value);
  all.add(value);
  return value;
}

export const isLasting = (value: unknown): value is object => typeof value === 'object' && value !== null && all.has(value);

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
}
