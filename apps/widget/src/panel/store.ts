import { useEffect, useState } from 'preact/hooks';
import type { Store } from '../../../../clients/visitor/src/store.ts';

export function useStore<T extends object>(store: Pick<Store<T>, 'get' | 'follow'>): T {
  const [value, setValue] = useState(store.get());
  useEffect(() => {
    setValue(store.get());
    return store.follow(setValue);
  }, [store]);
  return value;
}
