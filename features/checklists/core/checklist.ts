export type Item = {
  readonly id: string; readonly text: string; readonly doneAt: Date | null; readonly doneBy: string | null; readonly ownerId: string | null; readonly dueAt: Date | null;
};

export type ItemChange = { readonly text?: string | undefined; readonly done?: boolean | undefined; readonly ownerId?: string | null | undefined; readonly dueAt?: Date | null | undefined };

/** What is done already keeps who did it and when, however often it is said again. */
export function changeItem(item: Item, { text = item.text, done, ownerId = item.ownerId, dueAt = item.dueAt }: ItemChange, { by, at }: { by: string; at: Date }): Item {
  const isDone = item.doneAt !== null;
  const doing = done === undefined || done === isDone ? { doneAt: item.doneAt, doneBy: item.doneBy } : done ? { doneAt: at, doneBy: by } : { doneAt: null, doneBy: null };
  return { ...item, text, ownerId, dueAt, ...doing };
}

export const isSame = (a: Item, b: Item): boolean =>
  a.text === b.text && a.ownerId === b.ownerId && a.dueAt?.getTime() === b.dueAt?.getTime() && a.doneAt?.getTime() === b.doneAt?.getTime();

export const isFinished = (items: readonly Pick<Item, 'doneAt'>[]): boolean => items.length > 0 && items.every(({ doneAt }) => doneAt !== null);
