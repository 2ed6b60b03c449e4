/** Things that this browser keeps until they are done with, each under its `id`. */
export type KeptList<T extends { readonly id: string }> = {
  readonly all: () => Promise<T[]>;
  readonly put: (one: T) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
};

/** In IndexedDB, which outlives the page; a browser that forbids it keeps them as long as the page. `parse` says null to what an older version of the app wrote otherwise. */
export function keptList<T extends { readonly id: string }>(name: string, parse: (kept: unknown) => T | null): KeptList<T> {
  if (!('indexedDB' in globalThis)) return inMemory();
  let opened: Promise<IDBDatabase> | undefined;
  const database = (): Promise<IDBDatabase> => opened ??= opening(name);
  const within = async <R>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<R>): Promise<R> =>
    done(act((await database()).transaction(STORE, mode).objectStore(STORE)));
  return {
    all: async () => (await within<unknown[]>('readonly', (store) => store.getAll())).flatMap((one) => parse(one) ?? []),
    put: async (one) => { await within('readwrite', (store) => store.put(one)); },
    remove: async (id) => { await within('readwrite', (store) => store.delete(id)); },
  };
}

export function inMemory<T extends { readonly id: string }>(): KeptList<T> {
  const kept = new Map<string, T>();
  return {
    all: () => Promise.resolve([...kept.values()]),
    put: (one) => { kept.set(one.id, one); return Promise.resolve(); },
    remove: (id) => { kept.delete(id); return Promise.resolve(); },
  };
}

const STORE = 'kept';

function opening(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(`rapport.${name}`, 1);
  request.addEventListener('upgradeneeded', () => void request.result.createObjectStore(STORE, { keyPath: 'id' }));
  return done(request);
}

const done = <R>(request: IDBRequest<R>): Promise<R> => new Promise((resolve, reject) => {
  request.addEventListener('success', () => resolve(request.result));
  request.addEventListener('error', () => reject(request.error ?? new Error('this browser keeps nothing')));
});
