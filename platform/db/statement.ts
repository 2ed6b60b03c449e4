import { Query, type CustomTypesConfig, type PoolClient } from 'pg';
import { keepIn } from '../../kernel/bounded.ts';

type Field = { readonly name: string; readonly dataTypeID: number; readonly format: 'text' | 'binary' };
type Raw = readonly (string | null)[];
type Parse = (text: string) => unknown;
type Row = Record<string, unknown>;
export type Answered = { readonly command: string; readonly rowCount: number | null; readonly rows: Row[] };
type Wire = { describe(message: object): void };
/** Of pg's own Query, what its types leave out. */
type Inner = {
  readonly name: string;
  readonly _result: { readonly rows: Row[]; readonly _types: CustomTypesConfig };
  _canceledDueToError: unknown;
  hasBeenParsed(wire: Wire): boolean;
  prepare(wire: Wire): void;
};

/** How the rows of a statement are made of what comes: the same each time that it is asked under its name on one connection. */
class Shape {
  readonly make: (raw: Raw) => Row;

  constructor(fields: readonly Field[], types: CustomTypesConfig) {
    const parsers = fields.map(({ dataTypeID, format }) => types.getTypeParser(dataTypeID, format as 'text') as Parse);
    // Of two columns with one name the last counts.
    const columns = new Map(fields.map(({ name }, i) => [name, i]));
    const members = [...columns].map(([name, i]) => `[${JSON.stringify(name)}]: raw[${i}] === null ? null : parsers[${i}](raw[${i}])`);
    // A function for each statement: one for all makes objects of so many shapes that every column is looked up by its name. The names are of our own statements, and written as texts.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    this.make = new Function('parsers', `return (raw) => ({ ${members.join(', ')} });`)(parsers) as (raw: Raw) => Row;
  }
}

const BITS = 30;
const REMEMBERED_MS = 10 * 60_000;

/** Equal for equal rows alone: no text of PostgreSQL holds a zero, and what is null is told apart from what is empty. */
function keyOf(raw: Raw): string {
  let [nulls, bits] = ['', 0];
  for (let i = 0; i < raw.length; i++) {
    bits = bits * 2 + (raw[i] === null ? 1 : 0);
    if (i % BITS !== BITS - 1) continue;
    nulls += `${bits} `;
    bits = 0;
  }
  return `${raw.join('\0')}\0${nulls}${bits}`;
}

/**
 * Rows that were read before, by what the server sent: the same words make the very same object, so that what was made of
 * it can be found by it. Nobody changes such a row. What was redacted since is not kept for long either.
 */
export class Remembered {
  readonly #rows = new Map<string, Row>();
  readonly #most: number;
  readonly #clock: () => number;
  #begun = -Infinity;
  constructor(most: number, clock = () => performance.now()) { [this.#most, this.#clock] = [most, clock]; }

  row(raw: Raw, make: (raw: Raw) => Row): Row {
    if (this.#clock() - this.#begun > REMEMBERED_MS) {
      this.#rows.clear();
      this.#begun = this.#clock();
    }
    const key = keyOf(raw);
    const known = this.#rows.get(key);
    if (known) return known;
    const row = Object.freeze(make(raw));
    keepIn(this.#rows, key, row, this.#most);
    return row;
  }
}

/** Those of all statements, by what the server says of their columns. */
const made = new Map<string, Shape>();
const MOST_MADE = 2_000;

function shapeOf(fields: readonly Field[], types: CustomTypesConfig): Shape {
  const key = JSON.stringify(fields.map(({ name, dataTypeID, format }) => [name, dataTypeID, format]));
  const shape = made.get(key) ?? new Shape(fields, types);
  keepIn(made, key, shape, MOST_MADE);
  return shape;
}

/** What a connection has said of its statements, and the same connection for those that need not ask again. */
type Told = { readonly shapes: Map<string, Shape>; readonly silent: Wire };
const told = new WeakMap<Wire, Told>();

function toldBy(wire: Wire): Told {
  const known = told.get(wire);
  if (known) return known;
  const fresh = { shapes: new Map<string, Shape>(), silent: Object.assign(Object.create(wire) as Wire, { describe: () => undefined }) };
  told.set(wire, fresh);
  return fresh;
}

/** A statement that has a name. What its columns are is asked once on each connection. */
class Named extends Query {
  readonly #remembered: Remembered | null;
  #shapes: Told['shapes'] | undefined;
  #shape: Shape | undefined;

  constructor(given: { readonly name: string; readonly text: string; readonly values: unknown[] }, remembered: Remembered | null, done: (error: Error | undefined, answered: Answered) => void) {
    super(given, done);
    this.#remembered = remembered;
  }

  get #inner(): Inner { return this as unknown as Inner; }

  prepare(wire: Wire): void {
    const { shapes, silent } = toldBy(wire);
    this.#shapes = shapes;
    this.#shape = this.#inner.hasBeenParsed(wire) ? shapes.get(this.#inner.name) : undefined;
    (Query.prototype as unknown as Inner).prepare.call(this, this.#shape ? silent : wire);
  }

  handleRowDescription({ fields }: { readonly fields: readonly Field[] }): void {
    this.#shape = shapeOf(fields, this.#inner._result._types);
    this.#shapes?.set(this.#inner.name, this.#shape);
  }

  handleDataRow({ fields }: { readonly fields: Raw }): void {
    const { make } = this.#shape!;
    try {
      this.#inner._result.rows.push(this.#remembered ? this.#remembered.row(fields, make) : make(fields));
    } catch (error) {
      this.#inner._canceledDueToError ||= error;
    }
  }
}

export const askNamed = (client: PoolClient, given: { readonly name: string; readonly text: string; readonly values: unknown[] }, remembered: Remembered | null): Promise<Answered> =>
  new Promise((answer, fail) => {
    client.query(new Named(given, remembered, (error, answered) => { if (error) fail(error); else answer(answered); }));
  });
