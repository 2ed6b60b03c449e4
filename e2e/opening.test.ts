import { expect, test } from 'vitest';
import { openTab, wordsOf } from './browsing.ts';
import { sharedHouse } from './shared-house.ts';

const t = wordsOf('en');
const shared = sharedHouse();
const SUBJECTS = ['first', 'second', 'third', 'fourth', 'fifth'].map((which) => `The ${which} kettle`);
/** What goes by itself: the words, for which somebody waits, the list in which the ticket is read now, and what is written. */
const ALONE = /^GET \/tickets(?:\/:id(?:\/entries)?)?$|^(?:POST|PUT) /;
/** Drafts before anything else, what stands beside the ticket, and what makes the next ones ready. */
const MOST_TOGETHER = 3;

test('a ticket that is opened asks for all that stands beside it in one request', { timeout: 60_000 }, async () => {
  const { browser, house, owner } = shared();
  for (const [at, subject] of SUBJECTS.entries()) await house.mail({ from: { name: `Anna ${at}`, address: `anna${at}@example.org` }, subject, text: `It is about ${subject}.` });
  const { page, trouble } = await openTab(browser, house, { as: owner, path: '/inbox/unassigned' });
  await page.getByRole('option').filter({ hasText: SUBJECTS.at(-1)! }).waitFor();
  const asked: { name: string; of: string[] }[] = [];
  const came: string[] = [];
  page.on('requestfinished', (request) => { came.push(request.url()); });
  const answered = (part: string) => expect.poll(() => came.some((url) => url.includes('/answers?') && url.includes(part)), { timeout: 10_000 }).toBe(true);
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname.startsWith('/api/v1/')) asked.push({ name: `${request.method()} ${pathname.slice('/api/v1'.length).replace(/[\da-f-]{36}/g, ':id')}`, of: searchParams.getAll('of') });
  });

  for (const subject of SUBJECTS.slice(0, 3)) {
    asked.length = 0;
    came.length = 0;
    await page.keyboard.press('KeyJ');
    await page.getByRole('log').getByText(`It is about ${subject}.`).waitFor();
    await answered('merges');
    await answered('entries');
    await page.getByRole('complementary', { name: t('customers.panel') }).getByRole('heading', { name: t('customers.notes') }).waitFor();
    // The first has nothing made ready.
    if (subject === SUBJECTS[0]) continue;
    const together = asked.filter(({ name }) => name === 'GET /answers');
    expect(asked.map(({ name }) => name).filter((name) => name !== 'GET /answers' && !ALONE.test(name)), 'asked alone: use api.beside').toEqual([]);
    expect(together.length, together.map(({ of }) => of.join(' ')).join('\n')).toBeLessThanOrEqual(MOST_TOGETHER);
    expect(together.find(({ of }) => of.some((path) => path.includes('/merges')))?.of.length).toBeGreaterThan(15);
  }
  expect(trouble).toEqual([]);
});

/** Whose words and whose record were to be seen at once, after each change of the page. */
const NOTE_PAIRS = `{
  globalThis.pairs = new Set();
  new MutationObserver(() => {
    const name = document.querySelector('aside h2');
    const who = /(\\w+) asks for a lid/.exec(document.querySelector('[role=log] [data-entry]')?.textContent)?.[1];
    if (who && name?.checkVisibility()) pairs.add(who + ' ' + name.textContent);
  }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
}`;

test('nobody is seen beside the words of somebody else, at no moment of going from ticket to ticket', { timeout: 60_000 }, async () => {
  const { browser, house, owner } = shared();
  const names = ['Boris', 'Clara', 'Dmitri', 'Elena'];
  for (const name of names) await house.mail({ from: { name, address: `${name}@example.org` }, subject: `From ${name}`, text: `${name} asks for a lid.` });
  const { page, trouble } = await openTab(browser, house, { as: owner, path: '/inbox/unassigned' });
  await page.getByRole('option').filter({ hasText: `From ${names.at(-1)!}` }).waitFor();
  const panel = page.getByRole('complementary', { name: t('customers.panel') });
  await page.evaluate(NOTE_PAIRS);
  await page.getByRole('option').filter({ hasText: `From ${names[0]!}` }).click();
  await panel.getByRole('heading', { name: names[0]! }).waitFor();
  for (const name of names.slice(1)) {
    await page.keyboard.press('KeyJ');
    await panel.getByRole('heading', { name }).waitFor();
  }
  expect(await page.evaluate('[...pairs]')).toEqual(names.map((name) => `${name} ${name}`));
  expect(trouble).toEqual([]);
});
