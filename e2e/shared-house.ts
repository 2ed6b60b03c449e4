import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { sharedBrowser } from '../testing/browser.ts';
import { openHouse, type House, type Person } from './house.ts';

type Shared = { readonly browser: Browser; readonly house: House; readonly owner: Person };

/** One browser, one house and its owner for all journeys of a file. */
export function sharedHouse(): () => Shared {
  let shared: Shared;
  beforeAll(async () => {
    const [browser, house] = await Promise.all([sharedBrowser(), openHouse()]);
    shared = { browser, house, owner: await house.founded() };
  });
  afterAll(async () => {
    await shared.house.close();
  });
  return () => shared;
}
