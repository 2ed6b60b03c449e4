export {};

declare const self: ServiceWorkerGlobalScope;
/** Put in when the app is built: what it consists of, and a name that changes with it. */
declare const __SHELL_FILES__: readonly string[];
declare const __SHELL_VERSION__: string;

type News = { readonly title: string; readonly body: string; readonly tag: string; readonly url: string; readonly lang: string; readonly dir: NotificationDirection };

const NAME = 'shell-';
const SHELL = `${NAME}${__SHELL_VERSION__}`;
/** Any address of the desk is answered with the same page. */
const PAGE = '/inbox/mine';
/** What is drawn on the server for customers is theirs, and is not there without the network. */
const PAGES_OF_CUSTOMERS = /^\/(?:api|help|requests|status|widget|promises|charter|healthz|metrics|robots\.txt)(?:\/|$)/;

self.addEventListener('install', (event) => event.waitUntil(keepShell().then(() => self.skipWaiting())));

self.addEventListener('activate', (event) => event.waitUntil(Promise.all([dropOldShells(), self.clients.claim()])));

/** Nothing of what the server says about tickets is ever kept here: only the app itself is. */
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (pathname.startsWith('/assets/')) event.respondWith(asset(request));
  // The network first: after an update nobody sees the page of yesterday.
  else if (request.mode === 'navigate' && !PAGES_OF_CUSTOMERS.test(pathname)) event.respondWith(fetch(request).catch(async () => await caches.match(PAGE) ?? Response.error()));
});

self.addEventListener('push', (event) => {
  const news = event.data?.json() as News | undefined;
  if (news) event.waitUntil(show(news));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open((event.notification.data as { url: string }).url));
});

/** The browser has changed its address at the push service: the old one leads nowhere. */
self.addEventListener('pushsubscriptionchange', (event) => (event as ExtendableEvent).waitUntil(subscribeAgain()));

async function keepShell(): Promise<void> {
  const shell = await caches.open(SHELL);
  await shell.addAll(__SHELL_FILES__);
  const page = await fetch(PAGE, { cache: 'no-store' });
  if (!page.ok) throw new Error('the page of the desk could not be kept');
  await shell.put(PAGE, page);
}

/** A tab of the version before may still want its files; those before it are gone. */
async function dropOldShells(): Promise<void> {
  const shells = (await caches.keys()).filter((name) => name.startsWith(NAME));
  await Promise.all(shells.slice(0, -2).filter((name) => name !== SHELL).map((name) => caches.delete(name)));
}

/** Its name holds its hash: what is kept is what the server has. */
async function asset(request: Request): Promise<Response> {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(SHELL)).put(request, response.clone());
  return response;
}

/** Whoever has the desk before them sees the bell. */
async function show({ title, body, tag, url, lang, dir }: News): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window' });
  if (windows.some(({ focused }) => focused)) return;
  await self.registration.showNotification(title, { body, tag, lang, dir, icon: '/icon-192.png', badge: '/badge.png', data: { url } });
}

async function open(url: string): Promise<void> {
  const [window] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (!window) return void await self.clients.openWindow(url);
  window.postMessage({ type: 'open', url });
  await window.focus();
}

async function subscribeAgain(): Promise<void> {
  const answer = await fetch('/api/v1/me/push', { credentials: 'same-origin' });
  if (!answer.ok) return;
  const { publicKey } = await answer.json() as { publicKey: string };
  const { endpoint, keys } = (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey })).toJSON();
  await fetch('/api/v1/me/push/devices', { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ endpoint, keys }) });
}
