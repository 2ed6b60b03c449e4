import type { CompiledQuery, Kysely } from 'kysely';
import type { Schema } from '../../db/types.ts';
import type { Remembered } from './statement.ts';

/** Stands for a value while the text is put together. */
class Mark {
  readonly name: string;
  constructor(name: string) { this.name = name; }
}

const MARKS = new Proxy({}, { get: (_nothing, name) => new Mark(String(name)) });
/** Shapes beyond these are put together each time. */
const MOST_SHAPES = 64;

/**
 * A statement whose text is the same whatever its values: it is put together when it is first asked for, which takes longer
 * than sending it. `make` hands its values on and does not look at them; what the text depends on is the shape. `remembered`:
 * of statements that are planned once, where their rows are looked for before they are made anew.
 */
export function compiled<V extends object, R, S = undefined>(make: (db: Kysely<Schema>, values: V, shape: S) => CompiledQuery<R>, remembered?: Remembered) {
  const texts = new Map<string | undefined, CompiledQuery<R>>();

  function textOf(db: Kysely<Schema>, shape: S): CompiledQuery<R> {
    // A plugin makes another text of it, which is that of nobody else.
    if (db.getExecutor().plugins.length > 0) return make(db, MARKS as V, shape);
    const key = JSON.stringify(shape);
    const known = texts.get(key);
    if (known) return known;
    const text = make(db, MARKS as V, shape);
    if (texts.size < MOST_SHAPES) texts.set(key, text);
    return text;
  }

  return async (db: Kysely<Schema>, values: V, ...[shape]: S extends undefined ? [] : [S]): Promise<R[]> => {
    const text = textOf(db, shape as S);
    const parameters = text.parameters.map((one) => (one instanceof Mark ? values[one.name as keyof V] : one));
    return (await db.executeQuery<R>({ ...text, parameters, ...(remembered && { remembered }) } as CompiledQuery<R>)).rows;
  };
}
