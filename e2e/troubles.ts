import type { Page, Route } from 'playwright-core';
import { goTo, type Words } from './browsing.ts';
import type { Furnished } from './furnished.ts';
import { screensOf } from './screens.ts';
import type { State } from './states.ts';
import { settled, visit } from './visiting.ts';

/** A screen whose answers are long in coming, do not come, or hold nothing; or which the network has left. */
export type Troubled = { readonly name: string; readonly show: (page: Page, t: Words) => Promise<void> };

type Answer = (route: Route) => Promise<unknown>;
/** Who asks and the line for news are there: without them there is no screen. */
const WHO = /\/api\/v1\/(?:me|setup|socket.*)$/;

const holdBack: Answer = async () => undefined;
const fail: Answer = (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"status":500,"code":"internal"}' });
const takeOut: Answer = async (route) => {
  if (route.request().method() !== 'GET') return route.continue();
  const response = await route.fetch();
  return route.fulfill({ response, json: emptied(await response.json()) });
};

/** Every list in an answer has nothing in it, also where several were asked for together. */
function emptied(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('items' in body) || !Array.isArray(body.items)) return body;
  const parts: readonly unknown[] = body.items;
  const isTogether = parts.some((part) => typeof part === 'object' && part !== null && 'status' in part && 'body' in part);
  return { ...body, items: isTogether ? parts.map((part) => ({ ...part as object, body: emptied((part as { body: unknown }).body) })) : [], nextCursor: null };
}

/** While the answers are so; the app stays loaded, and what it was told before is kept. */
function troubled(trouble: string, path: string, answer: Answer, seen: string): Troubled {
  return {
    name: `${path.replaceAll(/[\da-f]{8}-[\da-f-]+/gu, '…')}, ${trouble}`,
    show: async (page) => {
      await goTo(page, '/forgotten');
      await page.locator('main form').waitFor();
      await page.unrouteAll();
      await page.route((url) => url.pathname.startsWith('/api/') && !WHO.test(url.pathname), answer);
      await goTo(page, path);
      await page.locator(seen).first().waitFor();
    },
  };
}

const offline = (state: State): Troubled => ({
  name: `${state.name}, out of reach`,
  show: async (page, t) => {
    await page.unrouteAll();
    await page.context().setOffline(false);
    await visit(page, t, state);
    await settled(page);
    await page.context().setOffline(true);
    await page.getByText(t('app.offline')).waitFor();
  },
});

/** The screens of the day, before and instead of what they show. */
export function troublesOf(desk: Furnished): readonly Troubled[] {
  const main = ['/inbox/active', `/inbox/active/${desk.ticketId}`, '/search?q=kettle', '/customers', `/customers/${desk.customerId}`, '/today', '/settings/people', '/settings/mailboxes'];
  const lists = ['/inbox/snoozed', '/search?q=xyzzy', '/customers', '/companies', '/approvals', '/quarantine', '/settings/rules', '/settings/webhooks'];
  return [
    ...main.map((path) => troubled('on its way', path, holdBack, 'main [role=status][aria-busy=true]:not(.invisible):visible')),
    ...main.toReversed().map((path) => troubled('failed', path, fail, 'main [role=alert]:visible')),
    ...lists.map((path) => troubled('nothing there', path, takeOut, 'main h1:visible')),
    ...screensOf(desk).filter(({ name }) => name === 'ticket, composer' || name === 'due soon').map(offline),
  ];
}
