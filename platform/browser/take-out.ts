import { z } from 'zod';
import { api } from './api.ts';

/** Downloads what takes much out of the house. Whether the person may be asked once more who they are, an answer can say; a download cannot. */
export async function takeOut(href: string, name: string): Promise<void> {
  await api.get('/session/proof', z.object({ fresh: z.boolean() }), { toward: 'export' });
  Object.assign(document.createElement('a'), { href, download: name }).click();
}
