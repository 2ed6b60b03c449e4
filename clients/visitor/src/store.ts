export type Store<T> = { get(): T; set(change: Partial<T>): void; follow(follower: (value: T) => void): () => void };

/** One value that screens follow. */
export function createStore<T extends object>(first: T): Store<T> {
  let value = first;
  const followers = new Set<(value: T) => void>();
  return {
    get: () => value,
    set(change) {
      value = { ...value, ...change };
      for (const follower of followers) follower(value);
    },
    follow(follower) {
      followers.add(follower);
      return () => { followers.delete(follower); };
    },
  };
}
