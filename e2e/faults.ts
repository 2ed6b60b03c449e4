import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What react-aria reads aloud, and the name of a button that has the focus, stand outside of the page that is seen. */
const BESIDE = ['[data-live-announcer]', '[data-overlay-container]:has([role=tooltip])'];

/** What axe finds on a page, or on one part of it; each sentence begins with the name. */
export async function axeFaults(page: Page, name: string, part?: string): Promise<string[]> {
  // The checker is half a megabyte; frames come and go, a page keeps it. It looks where it is: another page for its sums would cost as much as the look.
  const hasAxe = page.frames().length === 1 && await page.evaluate(() => 'axe' in globalThis);
  const axe = new AxeBuilder({ page, ...(hasAxe && { axeSource: ';' }) }).setLegacyMode(true)
    .options({ resultTypes: ['violations'] }).withTags(RULES);
  for (const place of BESIDE) axe.exclude(place);
  if (part !== undefined) axe.include(part);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${name}: ${id}: ${node.target.join(' ')}: ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`));
}
