import { api } from './api.ts';

/** Fetches what the server makes and keeps it as a file; what went wrong is thrown, where a plain link would save it. */
export async function saveFile(path: string, name: string): Promise<void> {
  const href = URL.createObjectURL(await api.file(path));
  Object.assign(document.createElement('a'), { href, download: name }).click();
  // The browser has taken it over by then.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
