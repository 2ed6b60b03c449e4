import { z } from 'zod';
import { api } from './api.ts';
import { errorText } from './error-text.ts';
import { hasCode } from './problems.ts';

/** Downloads what takes much out of the house. Whether the person may be asked once more who they are, an answer can say; a download cannot. */
export async function takeOut(href: string, name: string): Promise<void> {
  await api.get('/session/proof', z.object({ fresh: z.boolean() }), { toward: 'export' });
  Object.assign(document.createElement('a'), { href, download: name }).click();
}

/** The same, and says why it failed; whoever closed the question knows that they did. */
export async function takeOutOrSay(href: string, name: string, say: (words: string) => void): Promise<void> {
  try {
    await takeOut(href, name);
  } catch (error) {
    if (!hasCode(error, 'session.step_up_needed')) say(errorText(error));
  }
}
