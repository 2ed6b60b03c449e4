/** Somebody who has a ticket open; `idle`: but has not moved there for a while. */
export type Face = { readonly id: string; readonly name: string; readonly writing: boolean; readonly idle: boolean };
export type Faces = ReturnType<typeof createFaces>;
type Watched = { readonly ticketId: string; readonly people: readonly Face[] };

const NOBODY: readonly Face[] = [];

/** Who has which ticket open, as far as the server says so now. */
export function createFaces() {
  const known = new Map<string, readonly Face[]>();
  const listeners = new Set<() => void>();
  const tell = () => { for (const listener of listeners) listener(); };
  const put = ({ ticketId, people }: Watched) => {
    if (people.length === 0) known.delete(ticketId);
    else known.set(ticketId, people);
  };

  return {
    /** The same list as long as nothing changed. */
    of: (ticketId: string): readonly Face[] => known.get(ticketId) ?? NOBODY,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hear(tickets: readonly Watched[], whole: boolean): void {
      if (whole) known.clear();
      for (const one of tickets) put(one);
      tell();
    },
    /** Nobody says any more. */
    forget(): void {
      if (known.size === 0) return;
      known.clear();
      tell();
    },
  };
}
