import { storage } from '../../../../platform/browser/storage.ts';
import { DraftKind } from '../../core/draft.ts';
import type { DraftKey } from './drafts.ts';
import { draftsOf } from './use-draft.ts';
import { waitingOf } from './use-waiting.ts';

const PATIENCE_MS = 5_000;

/** How many texts of a person are in this browser alone, after everything was saved and sent that could be. */
export async function keptOnlyHere(personId: string): Promise<number> {
  const [drafts, letters] = [draftsOf(personId), waitingOf(personId)];
  // Those of earlier days, which nobody has opened since, are saved as well.
  for (const name of namesOf(personId)) {
    const key = keyOf(name);
    if (key) drafts.state(key);
  }
  await Promise.race([
    Promise.allSettled([drafts.flush(), letters.flush()]),
    new Promise((resolve) => { setTimeout(resolve, PATIENCE_MS); }),
  ]);
  await letters.read();
  return namesOf(personId).length + letters.now().length;
}

/** Nothing that somebody wrote stays for whoever uses this browser after them. */
export async function forgetTexts(personId: string): Promise<void> {
  const letters = waitingOf(personId);
  for (const { id } of letters.now()) await letters.cancel(id);
  for (const name of namesOf(personId)) storage.remove(`draft.${personId}.${name}`);
}

const namesOf = (personId: string): string[] => storage.keys(`draft.${personId}.`).map((key) => key.slice(`draft.${personId}.`.length));

function keyOf(name: string): DraftKey | null {
  const [what = '', id = ''] = name.split('.');
  if (what === 'shared') return { kind: 'reply', ticketId: null, sharedId: id };
  const kind = DraftKind.safeParse(what);
  return kind.success ? { kind: kind.data, ticketId: id === 'new' ? null : id } : null;
}
