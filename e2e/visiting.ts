import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { goTo, type Words } from './browsing.ts';
import { dialog, heading, menu, question, type At, type State } from './states.ts';

/** Closed by Escape, these leave the screen as it was. */
const FLOATS = new Set<At>([dialog, menu, question]);

/** What begins anew whenever one comes from another part of the desk. */
const partOf = (path: string): string => path.startsWith('/settings/') ? path : path.split('/')[1]!;

/** The pages on which something was opened that does not float above them, so that closing what floats does not undo it. */
const touched = new WeakSet<Page>();

/** Goes there without loading the app again; what was open before is closed, and leaves no trace. */
export async function visit(page: Page, t: Words, { path, shown, open, opened = dialog, stays = false }: State): Promise<void> {
  // A pointer that rests on a button has its name float above its neighbours.
  await page.mouse.move(0, 0);
  await closeAll(page, t);
  await arrive(page, t, new URL(path, page.url()));
  await shown(page, t).first().waitFor();
  if (!open) return;
  touched.add(page);
  await open(page, t);
  await opened(page, t).first().waitFor();
  if (!stays && FLOATS.has(opened) && await page.locator('[contenteditable=true]').count() === 0) touched.delete(page);
}

/** Nothing of a screen outlives the way out of the desk and back. */
async function arrive(page: Page, t: Words, there: URL): Promise<void> {
  const here = new URL(page.url());
  const isTouched = touched.delete(page);
  if (isTouched && (there.pathname === '/' || partOf(here.pathname) === partOf(there.pathname))) await leaveDesk(page, t);
  if (isTouched || here.href !== there.href) await goTo(page, there.pathname + there.search);
}

/** Nothing is on its way any more, neither words nor what slides, and what floats is there in full. */
export const settled = (page: Page): Promise<unknown> => expect.poll(() => page.evaluate(IS_SETTLED), { timeout: 10_000 }).toBe(true);

const IS_SETTLED = `!document.querySelector('[aria-busy=true], [data-entering], [data-exiting]')
  && [...document.querySelectorAll('[role=dialog], [role=alertdialog], [role=menu]')].every((node) => {
    for (let at = node; at; at = at.parentElement) if (getComputedStyle(at).opacity !== '1') return false;
    return true;
  })`;

async function closeAll(page: Page, t: Words): Promise<void> {
  const floating = dialog(page, t).or(question(page, t)).or(menu(page, t)).or(page.locator('[role=tooltip]'));
  while (await floating.count() > 0) {
    await page.keyboard.press('Escape');
    await settled(page);
  }
}

async function leaveDesk(page: Page, t: Words): Promise<void> {
  await goTo(page, '/forgotten');
  await heading('people.forgotten.title')(page, t).waitFor();
}
