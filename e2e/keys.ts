import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** More stops than any of our pages has. */
const MOST_STOPS = 60;

/** Nothing but keys: by Tab to where something is done, then what is typed or pressed there. */
export function keysOn(page: Page) {
  const isHere = (place: Locator): Promise<boolean> => place.evaluate((node) => (node as unknown as { matches(selector: string): boolean }).matches(':focus'));

  /** Forwards, as often as it takes; `back`: against the order. */
  async function reach(place: Locator, { back = false } = {}): Promise<void> {
    await place.first().waitFor({ state: 'attached' });
    for (let stop = 0; stop < MOST_STOPS; stop++) {
      if (await isHere(place.first())) return;
      await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
    }
    throw new Error(`the keyboard does not come to ${String(place)}`);
  }

  return {
    reach,
    press: async (place: Locator, key = 'Enter'): Promise<void> => { await reach(place); await page.keyboard.press(key); },
    write: async (place: Locator, words: string): Promise<void> => { await reach(place); await page.keyboard.type(words); },
    /** What had the focus is gone, and nobody was left at the top of the page for it. */
    stands: (place: Locator): Promise<void> => expect.poll(() => isHere(place.first()), { message: `the focus is not at ${String(place)}` }).toBe(true),
  };
}
