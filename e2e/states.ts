import type { Locator, Page } from 'playwright-core';
import { letterOf, type Words } from './browsing.ts';

export type At = (page: Page, t: Words) => Locator;
export type Act = (page: Page, t: Words) => Promise<unknown>;
/** What opens above or beside a screen, and what says that it is open: a dialog, when nothing else is said. */
type Opening = { readonly open: Act; readonly opened?: At; /** Something of it is left when what floats is closed. */ readonly stays?: boolean; /** Made of parts of its own: looked at in both directions and widths. */ readonly everyLook?: boolean };

/** One thing that can be on the screen. Each is looked at by axe, and its picture is taken; a new screen is added below. */
export type State = { readonly name: string; readonly path: string; /** What says that the screen is there. */ readonly shown: At } & Partial<Opening>;

/** A screen, and whatever opens on it. */
export const screen = (name: string, path: string, shown: At, openings: Record<string, Opening> = {}): State[] => [
  { name, path, shown }, ...Object.entries(openings).map(([opening, how]) => ({ name: `${name}, ${opening}`, path, shown, ...how })),
];
/** A settings page comes after its heading. */
export const settings = (name: string, openings: Record<string, Opening> = {}): State[] =>
  screen(`settings, ${name}`, `/settings/${name}`, (page, t) =>
    page.locator('header').filter({ has: heading(`app.settings.${name}`)(page, t) }).locator('xpath=following-sibling::*[not(self::template)][1]'), openings);

export const part = (id: string): At => (page, t) => page.getByRole('heading', { level: 2, name: t(id), exact: true });
export const heading = (id: string): At => (page, t) => page.getByRole('heading', { level: 1, name: t(id), exact: true });
export const text = (id: string): At => (page, t) => page.getByText(t(id));
export const option = (index = 0): At => (page) => page.getByRole('option').nth(index);
/** The first row of the list of that name: rows of the screen before may still be there. */
export const rowOf = (id: string): At => (page, t) => page.getByRole('listbox', { name: t(id), exact: true }).getByRole('option').first();
export const letter = (id: string): At => (page, t) => letterOf(page, t(id));
export const menu: At = (page) => page.locator('[role=menu]');
export const question: At = (page) => page.getByRole('alertdialog');
/** Menus float in a dialog of their own until they are gone. */
export const dialog: At = (page) => page.locator('section[role=dialog]');

export const press = (id: string): Act => (page, t) => page.getByRole('button', { name: t(id), exact: true }).first().click();
/** A button by what is written on it; its name says more. */
export const pressWords = (id: string): Act => (page, t) => page.getByRole('main').getByRole('button').filter({ hasText: t(id) }).first().click();
export const key = (code: string): Act => (page) => page.keyboard.press(code);
export const choose = (menuId: string, entryId: string): Act => async (page, t) => {
  await press(menuId)(page, t);
  await page.getByRole('menuitem', { name: t(entryId), exact: true }).click();
};
/** The actions of our own letter in a talk. */
export const letterMenu = (entryId: string): Act => async (page, t) => {
  await page.getByRole('log').getByRole('article').filter({ hasText: 'We look into it.' }).locator('[aria-haspopup]').click();
  await page.getByRole('menuitem', { name: t(entryId), exact: true }).click();
};
/** The actions of the first row of a list. */
export const rowMenu = (entryId: string): Act => async (page, t) => {
  await page.locator('main li [aria-haspopup]').first().click();
  await page.getByRole('menuitem', { name: t(entryId), exact: true }).click();
};
/** Another option of a list that opens below a field. */
export const pick = (fieldId: string, option: string): Act => async (page, t) => {
  await dialog(page, t).getByRole('button', { name: t(fieldId) }).first().click();
  await page.getByRole('option', { name: option, exact: true }).click();
};
export const write = (id: string, words: string): Act => async (page, t) => {
  await letter(id)(page, t).fill(words);
  await letter(id)(page, t).press('Control+Enter');
};
export const promising = (words: string): Act => async (page, t) => {
  await letter('tickets.write.reply')(page, t).fill(words);
  await page.keyboard.press('Control+Period');
};
export const inTurn = (...acts: readonly Act[]): Act => async (page, t) => { for (const act of acts) await act(page, t); };
