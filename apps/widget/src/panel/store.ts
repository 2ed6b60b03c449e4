import { useEffect, useState } from 'preact/hooks';

type Store<T> = { get(): T; set(change: Partial<T>): void; follow(follower: (value: T) => void): () => void };

/** One value that screens follow. */
export function createStore<T extends object>(first: T): Store<T> {
  let value = first;
  const followers = new Set<(value: T) => void>();
  return {
    get: (): T => value,
    set(change: Partial<T>): void {
      value = { ...value, ...change };
      for (const follower of followers) follower(value);
    },
    follow(follower: (value: T) => void): () => void {
      followers.add(follower);
      return () => { followers.delete(follower); };
    },
  };
}

export function useStore<T extends object>(store: Store<T>): T {
  const [value, setValue] = useState(store.get());
  useEffect(() => {
    setValue(store.get());
    return store.follow(setValue);
  }, [store]);
  return value;
}
