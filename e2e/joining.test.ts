import type { Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { openTab, wordsOf } from './browsing.ts';
import { sharedHouse } from './shared-house.ts';

const t = wordsOf('en');
const shared = sharedHouse();

test('whoever joins two tickets is taken to the earlier one, and stays where they are when they have moved on before it was done', async () => {
  const { browser, house, owner } = shared();
  const { app } = house;
  const arrives = async (name: string, subject: string): Promise<{ id: string; number: number }> => {
    await house.mail({ from: { name, address: `${name.toLowerCase()}@example.org` }, subject, text: 'Please look.' });
    return (await app.tickets.list(owner.actor, { status: 'all', sort: 'created', limit: 1 })).items[0]!;
  };
  const earlier = await arrives('Anna', 'The kettle');
  const [first, second] = [await arrives('Boris', `Re: [#${earlier.number}] The kettle`), await arrives('Clara', `Re: [#${earlier.number}] The kettle`)];
  const other = await arrives('Dora', 'Something else');

  const { page, trouble } = await openTab(browser, house, { as: owner, path: `/inbox/active/${first.id}` });
  const join = page.getByRole('button', { name: t('tickets.link.join'), exact: true });
  const joined = page.getByText(t('tickets.link.joined').replace('{number}', String(earlier.number)));
  const merges: Route[] = [];
  await page.route('**/merges', (route) => { merges.push(route); });
  await join.click();
  await expect.poll(() => merges.length).toBe(1);
  await page.getByRole('option').filter({ hasText: 'Something else' }).click();
  await page.getByRole('heading', { level: 1, name: 'Something else' }).waitFor();
  await merges.pop()!.continue();
  await joined.waitFor();
  expect(new URL(page.url()).pathname).toBe(`/inbox/active/${other.id}`);
  // Undone from where one is, one stays there too.
  await page.getByRole('button', { name: t('tickets.undo'), exact: true }).click();
  await expect.poll(async () => (await app.tickets.get(owner.actor, first.id)).mergedInto).toBeNull();
  await joined.waitFor({ state: 'detached' });
  expect(new URL(page.url()).pathname).toBe(`/inbox/active/${other.id}`);

  await page.goto(`${house.url}/inbox/active/${second.id}`);
  await join.click();
  await expect.poll(() => merges.length).toBe(1);
  await merges.pop()!.continue();
  await page.waitForURL(`**/${earlier.id}`);
  expect(trouble).toEqual([]);
});
