import { keeps, memoryIn } from '../../../../clients/visitor/src/memory.ts';

/**
 * What this browser remembers of one chat. Where it keeps nothing for a frame of another site, it remembers until the page
 * goes; the secret is handed to the page around it then (`keepThere`), which may have kept it the last time too.
 */
export function createKeeping(widgetId: string, keepThere: (secret: string) => void) {
  const name = `rapport.${widgetId}`;
  const store = lasting(`${name}.kept`);
  const memory = memoryIn(store, name);
  return {
    ...memory,
    /** What the page kept; the browser's own memory of the frame comes first. */
    fromPage(secret: string | null): void { if (store === null && secret !== null) memory.set('secret', secret); },
    set(key: string, value: string): void {
      memory.set(key, value);
      if (store === null && key === 'secret') keepThere(value);
    },
  };
}

/** Only the attempt tells whether the browser lets this frame keep anything. */
function lasting(probe: string): Storage | null {
  try {
    const keepsAny = keeps(localStorage, probe, '');
    localStorage.removeItem(probe);
    return keepsAny ? localStorage : null;
  } catch {
    return null;
  }
}
