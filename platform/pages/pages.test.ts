import Fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { AppError } from '../../kernel/errors.ts';
import { errorSummary, submitButton, textField, titleWith } from './forms.ts';
import { html } from './html.ts';
import { wishedLanguage } from './language.ts';
import { createPages } from './pages.ts';
import { createStyle } from './style.ts';

const SITE = { workspaceId: '01890000-0000-7000-8000-000000000000', name: 'Tea & <Kettles>', language: 'bg' as const, brand: null, home: (language: string) => `/help/${language}`, menu: () => [{ href: '/help', text: 'Help' }] };

async function server() {
  const pages = createPages({ siteAt: async (host) => (host === 'nobody.test' ? null : SITE), style: createStyle([]), publicUrl: 'http://desk.test' });
  const app = Fastify();
  onTestFinished(() => app.close());
  for (const { prefix, routes } of [pages.assets, pages.section('/help', async (help) => {
    help.get('/:language', async (request, reply) => pages.show(request, reply, {
      language: pages.languageOf(request), title: 'Kettles', main: html`<h1>Kettles</h1>`, path: '/help/en', translations: { en: '/help/en', ar: '/help/ar' }, description: 'All "about" them',
    }));
    help.get('/broken', async () => { throw new Error('a secret of the machine'); });
    help.get('/busy', async () => { throw new AppError('rate_limited', 'help.busy', 'Slow down.', { retryAfter: 7 }); });
    help.post('/form', async (request, reply) => pages.show(request, reply, { language: 'en', title: 'Form', main: html`<p>${JSON.stringify(request.body)}</p>` }, { keep: null }));
  })]) await app.register(routes as never, { prefix });
  return (method: 'GET' | 'POST' | 'HEAD', url: string, headers: Record<string, string> = {}, payload?: string) => app.inject({ method, url, headers: { host: 'desk.test', ...headers }, ...(payload !== undefined && { payload }) });
}

test('a page names its language, its direction, itself and its other languages, and allows nothing from elsewhere', async () => {
  const ask = await server();
  const { body, headers } = await ask('GET', '/help/ar');

  expect(body).toMatch(/^<!doctype html>\n<html lang="ar" dir="rtl">/);
  expect(body).toContain('<title>Kettles · Tea &amp; &lt;Kettles&gt;</title>');
  expect(body).toContain('<link rel="canonical" href="http://desk.test/help/en">');
  expect(body).toContain('<link rel="alternate" hreflang="ar" href="http://desk.test/help/ar">');
  expect(body).toContain('content="All &quot;about&quot; them"');
  expect(body).toContain('<a class="skip" href="#content">');
  expect(body).not.toMatch(/<script|style=|<style/);
  expect(headers['content-security-policy']).toBe("default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
});

test('a page that somebody has already is not sent again', async () => {
  const ask = await server();
  const first = await ask('GET', '/help/en');
  const again = await ask('GET', '/help/en', { 'if-none-match': `W/${String(first.headers['etag'])}` });

  expect([again.statusCode, again.body]).toEqual([304, '']);
  expect((await ask('GET', '/help/ar', { 'if-none-match': String(first.headers['etag']) })).statusCode).toBe(200);
});

test('the stylesheet lies under the hash of its content, to be kept for ever, and is small', async () => {
  const ask = await server();
  const path = /<link rel="stylesheet" href="([^"]+)"/.exec((await ask('GET', '/help/en')).body)![1]!;
  const style = await ask('GET', path, { 'accept-encoding': 'br' });

  expect(style.headers).toMatchObject({ 'cache-control': 'public, max-age=31536000, immutable', 'content-encoding': 'br' });
  expect((await ask('GET', path)).body).toContain('.summary{');
  expect((await ask('GET', path)).rawPayload.length).toBeLessThan(20_000);
  expect((await ask('GET', '/style/other.css')).statusCode).toBe(404);
});

test('refusals are pages in the language of the reader, and tell nothing of the machine', async () => {
  const ask = await server();
  const broken = await ask('GET', '/help/broken', { 'accept-language': 'pl-PL, en;q=0.5' });
  expect(broken.statusCode).toBe(500);
  expect(broken.body).toContain('Coś poszło nie tak po naszej stronie');
  expect(broken.body).not.toContain('secret of the machine');
  expect(broken.headers['cache-control']).toBe('no-store');

  const missing = await ask('GET', '/help/ru/not/there');
  expect([missing.statusCode, /Такой страницы нет/.test(missing.body)]).toEqual([404, true]);
  const busy = await ask('GET', '/help/busy', { 'accept-language': 'ar' });
  expect([busy.statusCode, busy.headers['retry-after'], busy.body.includes('dir="rtl"')]).toEqual([429, '7', true]);
  expect((await ask('GET', '/help/en', { host: 'nobody.test' })).statusCode).toBe(404);
});

test('forms come from our own pages, as plain fields', async () => {
  const ask = await server();
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  expect((await ask('POST', '/help/form', { ...form, origin: 'http://desk.test' }, 'a=1%0D%0A2&b=%D0%B4')).body).toContain('{&quot;a&quot;:&quot;1\\n2&quot;,&quot;b&quot;:&quot;д&quot;}');
  expect((await ask('POST', '/help/form', { ...form, origin: 'http://evil.test' }, 'a=1')).statusCode).toBe(403);
  expect((await ask('POST', '/help/form', { ...form, 'sec-fetch-site': 'cross-site' }, 'a=1')).statusCode).toBe(403);
  expect((await ask('POST', '/help/form', form, 'a=%00')).statusCode).toBe(400);
  expect((await ask('POST', '/help/form', { 'content-type': 'application/json' }, '{"email":{"a":1}}')).statusCode).toBe(415);
});

test('a field is read out with its hint and its error, and the summary leads to it', () => {
  const errors = [{ name: 'email', text: 'Write an address.' }];
  const field = textField({ language: 'en', name: 'email', label: 'Your <address>', type: 'email', hint: 'We answer there.', errors, value: '"x"' }).text;
  expect(field).toContain('<label for="field-email">Your &lt;address&gt;</label>');
  expect(field).toContain('aria-describedby="field-email-hint field-email-error" aria-invalid="true"');
  expect(field).toContain('value="&quot;x&quot;"');
  expect(errorSummary('en', errors).text).toContain('role="alert"');
  expect(errorSummary('en', errors).text).toContain('<a href="#field-email">Write an address.</a>');
  expect(errorSummary('en', []).text).toBe('');
  expect([titleWith('en', 'Ask', errors), titleWith('en', 'Ask', [])]).toEqual(['Error: Ask', 'Ask']);
  expect(submitButton('Send').text).toContain('type="submit"');
});

test.each([
  ['bg', 'bg'], ['de, pl;q=0.5, ru;q=0.9', 'ru'], ['fr', 'en'], [undefined, 'en'], ['ar-EG;q=0', 'en'], ['*', 'en'], ['en;q=0.1,AR', 'ar'],
])('%s is answered in %s', (wish, language) => {
  expect(wishedLanguage(wish, 'en')).toBe(language);
});
