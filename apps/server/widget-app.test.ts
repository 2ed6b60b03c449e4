import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { chatDesk } from '../../testing/chat-desk.ts';
import { createHttp } from '../../platform/http/server.ts';
import { serveVisitorExample, serveWidgetDemo, widgetSection } from './widget-app.ts';
import { oneAppForAll } from '../../testing/test-app.ts';

oneAppForAll();

/** A widget as it is built: a loader that is packed as well, and a panel of one script and one sheet. */
function builtWidget(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-widget-'));
  onTestFinished(() => { rmSync(folder, { recursive: true, force: true }); });
  mkdirSync(join(folder, '.vite'));
  mkdirSync(join(folder, 'assets'));
  const files = {
    'widget.js': 'loader', 'widget.js.br': 'packed loader', 'assets/panel-1.js': 'panel', 'assets/panel-1.css': 'sheet', 'assets/notes.txt': 'nobody asks for this',
    '.vite/manifest.json': JSON.stringify({ 'src/panel/main.tsx': { file: 'assets/panel-1.js', css: ['assets/panel-1.css'] }, '../../clients/visitor/example/main.ts': { file: 'assets/example-1.js', css: ['assets/example-1.css'] } }),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

async function served() {
  const desk = await chatDesk();
  const folder = builtWidget();
  const http = await createHttp({
    db: desk.db, publicUrl: 'http://desk.test', version: '0', logger: pino({ level: 'silent' }), routes: [], authenticate: async () => null, sections: [widgetSection(desk.chat, folder)],
  });
  serveVisitorExample(http, async () => desk.widget.id, folder);
  serveWidgetDemo(http, async () => desk.widget.id);
  onTestFinished(() => http.close());
  return { ...desk, get: (url: string, headers: Record<string, string> = {}) => http.inject({ url, headers: { host: 'desk.test', ...headers } }) };
}

test('the panel is shown in the frames of the named sites, as long as its chat is on', async () => {
  const { widget, owner, get } = await served();
  const panel = `/widget/panel?widget=${widget.id}`;
  const page = await get(`${panel}&lang=ar`);
  expect([page.statusCode, page.headers['cache-control']]).toEqual([200, 'no-store']);
  expect(String(page.headers['content-security-policy']).split('; ')).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'self' https://shop.example"]));
  expect(page.body).toContain('<html lang="ar" dir="rtl">');
  expect(page.body).toContain('src="/widget/assets/panel-1.js"');
  expect(page.body).toContain('href="/widget/assets/panel-1.css"');
  expect((await get(`${panel}&lang="><script>`)).body).toContain('<html lang="en" dir="ltr">');

  expect((await owner.request('PATCH', `/chat/widgets/${widget.id}`, { sites: [] })).status).toBe(200);
  expect(String((await get(panel)).headers['content-security-policy']).split('; ')).toContain("frame-ancestors 'self'");
  expect((await owner.request('PATCH', `/chat/widgets/${widget.id}`, { isOn: false })).status).toBe(200);
  expect(await get(panel)).toMatchObject({ statusCode: 404 });
  expect(await get('/widget/panel?widget=01900000-0000-7000-8000-000000000000')).toMatchObject({ statusCode: 404 });
});

test('the example of a screen of one\'s own stands in nobody\'s frame, and brings its script and its sheet', async () => {
  const { widget, get } = await served();
  const page = await get('/widget/demo/app');
  expect(page.statusCode).toBe(200);
  expect(String(page.headers['content-security-policy']).split('; ')).toEqual(expect.arrayContaining(["script-src 'self'", "frame-ancestors 'none'"]));
  for (const part of [`data-widget="${widget.id}"`, 'src="/widget/assets/example-1.js"', 'href="/widget/assets/example-1.css"']) expect(page.body).toContain(part);
});

test('a page of a shop shows the chat in each language, by the one tag that any site embeds', async () => {
  const { widget, get } = await served();
  const page = await get('/widget/demo');
  expect([page.statusCode, page.body.match(/<script/g)?.length]).toEqual([200, 1]);
  expect(page.body).toContain(`<script src="/widget.js" data-widget="${widget.id}" defer></script>`);
  expect((await get('/widget/demo?lang=ar')).body).toContain('<html lang="ar" dir="rtl">');
  expect((await get('/widget/demo?lang="><script>')).body).toContain('<html lang="en" dir="ltr">');
});

test('what was not changed is not sent again, and what is no part of it not at all', async () => {
  const { get } = await served();
  const loader = await get('/widget.js');
  expect(loader).toMatchObject({ statusCode: 200, body: 'loader', headers: { 'cross-origin-resource-policy': 'cross-origin', 'access-control-allow-origin': '*', 'content-type': 'text/javascript; charset=utf-8' } });
  expect(loader.headers['cache-control']).not.toContain('immutable');
  expect(await get('/widget.js', { 'if-none-match': String(loader.headers.etag) })).toMatchObject({ statusCode: 304, body: '' });
  expect(await get('/widget.js', { 'if-none-match': '"of before"' })).toMatchObject({ statusCode: 200, body: 'loader' });
  expect(await get('/widget.js', { 'accept-encoding': 'gzip, br' })).toMatchObject({ body: 'packed loader', headers: { 'content-encoding': 'br', vary: 'accept-encoding' } });

  expect(await get('/widget/assets/panel-1.css', { 'accept-encoding': 'br' })).toMatchObject({ statusCode: 200, body: 'sheet', headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': expect.stringContaining('immutable') } });
  for (const name of ['notes.txt', 'panel-2.js', '..%2F.vite%2Fmanifest.json', '..%2Fwidget.js']) expect(await get(`/widget/assets/${name}`), name).toMatchObject({ statusCode: 404 });
});
