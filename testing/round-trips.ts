import pg from 'pg';

type Asked = { readonly statements: string[]; roundTrips: number };

/** What PostgreSQL is asked while `act` runs, by everybody in this process. What leaves in one go is one round trip; hints, for which nobody waits, are none. */
export async function askedDuring(act: () => Promise<unknown>): Promise<Asked> {
  const asked: Asked = { statements: [], roundTrips: 0 };
  const gathering = new WeakSet<pg.Client>();
  const proto = pg.Client.prototype as unknown as { query: (this: pg.Client, ...given: unknown[]) => unknown };
  const { query } = proto;
  proto.query = function counted(...given) {
    const [what] = given;
    const text = typeof what === 'string' ? what : (what as { text: string }).text;
    if (text.startsWith('select pg_notify(')) return query.apply(this, given);
    asked.statements.push(text);
    if (!gathering.has(this)) {
      asked.roundTrips += 1;
      gathering.add(this);
      process.nextTick(() => gathering.delete(this));
    }
    return query.apply(this, given);
  };
  try {
    await act();
  } finally {
    proto.query = query;
  }
  return asked;
}
