import { expect, test } from 'vitest';
import { helpDesk } from '../../../testing/help-desk.ts';
import { testApp } from '../../../testing/test-app.ts';

test('what is not for everybody is not there: not by search, lists, feed, map or by guessing its number', async () => {
  const app = await testApp();
  const desk = helpDesk(app);
  const category = await desk.good('POST', '/article-categories', { texts: { en: { name: 'Everything' } } });
  const hidden: { number: number }[] = [];
  for (const more of [
    { state: 'draft' }, { state: 'review' }, { state: 'internal' }, { state: 'customers_only' }, { validFrom: '2026-03-03T00:00:00Z' }, { validTo: '2026-03-01T00:00:00Z' },
  ]) hidden.push(await desk.write({ title: 'Secret kettle', summary: 'secret', html: '<p>Secret words</p>', keywords: 'secret', categoryId: category.id, ...more }));
  const shown = await desk.write({ title: 'Open kettle', categoryId: category.id });
  // Something that nobody has made live yet beside what is, and a translation of the same kind.
  await desk.good('PUT', `/articles/${shown.id}/texts/en`, { title: 'Secret title', html: '<p>Secret words</p>' });
  await desk.good('PUT', `/articles/${shown.id}/texts/pl`, { title: 'Secret tajne', html: '<p>Secret słowa</p>' });

  const places = [
    '/help/en', '/help/pl', `/help/en/categories/${category.id}`, `/help/pl/categories/${category.id}`, '/help/en/feed.xml', '/help/pl/feed.xml', '/help/en/sitemap.xml', '/help/pl/sitemap.xml',
    ...['secret', 'kettle', 'secret kettle', 'sekret', 'secrt', 'sec'].flatMap((q) => ['en', 'pl'].flatMap((lang) => [`/help/search?q=${q}&lang=${lang}`, `/help/search.json?q=${q}&lang=${lang}`])),
    ...hidden.map(({ number }) => `/help/en/articles/${number}`), `/help/en/articles/${shown.number}-open-kettle`, `/help/pl/articles/${shown.number}`,
  ];
  for (const path of places) {
    const { body } = await desk.read(path);
    expect(body.replaceAll(/value="[^"]*"|“[^”]*”|„[^”]*”|<title>[^<]*<\/title>/g, '').replaceAll(/(?:Search|Szukane): \w+/g, '').replaceAll(/href="\/help\/search[^"]*"/g, ''), path).not.toMatch(/secret|tajne/i);
  }
  for (const { number } of hidden) expect((await desk.read(`/help/en/articles/${number}-secret-kettle`)).status).toBe(404);
  expect((await desk.read('/help/en/articles/999999')).body).toBe((await desk.read(`/help/en/articles/${hidden[0]!.number}`)).body);
  expect((await desk.read(`/help/en/articles/${hidden[0]!.number}/opinions`, { method: 'POST', form: { helped: 'yes' } })).status).toBe(404);
  expect(await desk.finds('kettle')).toEqual(['Open kettle']);
});

test('what is scheduled appears at its time and goes at its end, by itself', async () => {
  const app = await testApp();
  const desk = helpDesk(app);
  const { id } = await desk.write({ title: 'Summer hours', validFrom: '2026-03-02T10:00:00Z', validTo: '2026-03-02T11:00:00Z' });
  const seen = async () => [(await desk.read('/help/en/articles/1-summer-hours')).status, (await desk.finds('summer')).length, (await desk.good('GET', `/articles/${id}`)).shown];
  expect(await seen()).toEqual([404, 0, 'scheduled']);
  app.pass(61);
  expect(await seen()).toEqual([200, 1, 'now']);
  app.pass(60);
  expect(await seen()).toEqual([404, 0, 'ended']);
});

test('an article of one workspace is not on the pages of another, whatever its address says', async () => {
  const app = await testApp();
  // While it is alone in the house: of several nobody takes the house's own name.
  expect((await app.owner.request('PATCH', '/workspace', { publicHost: 'desk.test' })).status).toBe(200);
  const other = await app.otherWorkspace();
  const desk = helpDesk(app, other);
  const picture = await other.request('POST', '/articles/pictures', Buffer.from('\x89PNG\r\n\x1a\nsecret', 'latin1'), { 'content-type': 'application/octet-stream' });
  await desk.write({ title: 'Secret of the other' });
  expect((await desk.read('/help/en/articles/1-secret-of-the-other')).status).toBe(404);
  expect(await desk.finds('secret')).toEqual([]);
  expect((await desk.read(picture.body.src)).status).toBe(404);
});

test('of two workspaces a host shows the one that named it, and one that nobody named shows nobody\'s', async () => {
  const app = await testApp();
  await helpDesk(app).write({ title: 'Ours' });
  const help = async (host: string) => {
    const { statusCode, body } = await app.http.inject({ url: '/help/en', headers: { host } });
    return [statusCode, body.includes('Ours'), body.includes('Theirs')];
  };
  // The only company of an installation is found under each of its names.
  expect(await help('192.0.2.7:8080')).toEqual([200, true, false]);
  const other = await app.otherWorkspace();
  await helpDesk(app, other).write({ title: 'Theirs' });
  expect(await help('desk.test')).toEqual([404, false, false]);
  expect((await app.owner.request('PATCH', '/workspace', { publicHost: 'Help.Ours.example' })).body.publicHost).toBe('help.ours.example');
  expect((await other.request('PATCH', '/workspace', { publicHost: 'help.ours.example' })).body.code).toBe('workspace.host_taken');
  expect((await other.request('PATCH', '/workspace', { publicHost: 'help.theirs.example' })).status).toBe(200);
  expect([await help('help.ours.example'), await help('help.theirs.example'), await help('desk.test')]).toEqual([[200, true, false], [200, false, true], [404, false, false]]);
  expect((await app.request('POST', '/requests', { email: 'a@example.org', subject: 'x', text: 'x' }, { host: 'nobody.example' })).status).toBe(404);
});

test('agents write, and only who may publish decides what customers read', async () => {
  const app = await testApp();
  const desk = helpDesk(app);
  const agent = await app.person('agent', { of: app.owner });
  const colleague = await app.person('colleague', { of: app.owner });
  const draft = { language: 'en', title: 'Kettles', html: '<p>x</p>' };
  expect((await agent.request('POST', '/articles', { ...draft, state: 'public' })).status).toBe(403);
  const { body: article } = await agent.request('POST', '/articles', { ...draft, state: 'review' });
  expect((await agent.request('PATCH', `/articles/${article.id}`, { state: 'public' })).status).toBe(403);
  await desk.good('PATCH', `/articles/${article.id}`, { state: 'public' });
  expect((await agent.request('PUT', `/articles/${article.id}/texts/en`, { title: 'Pots', html: '<p>y</p>', live: true })).status).toBe(403);
  expect((await agent.request('PUT', `/articles/${article.id}/texts/en`, { title: 'Pots', html: '<p>y</p>' })).status).toBe(200);
  expect((await desk.read('/help/en/articles/1-kettles')).body).toContain('<h1>Kettles</h1>');
  for (const [method, path] of [['PATCH', `/articles/${article.id}`], ['DELETE', `/articles/${article.id}`], ['POST', '/article-categories'], ['POST', '/article-synonyms'], ['PUT', '/knowledge/settings']] as const) {
    expect((await agent.request(method, path, path.includes('categories') ? { texts: { en: { name: 'x' } } } : path.includes('synonyms') ? { language: 'en', words: ['one', 'two'] } : path.includes('settings') ? { hideOverdueDays: 1 } : method === 'PATCH' ? { state: 'draft' } : undefined)).status, path).toBe(403);
  }
  expect((await colleague.request('POST', '/articles', draft)).status).toBe(403);
});

test('a picture is known by its bytes, and never runs', async () => {
  const app = await testApp();
  const desk = helpDesk(app);
  const send = (bytes: string) => app.owner.request('POST', '/articles/pictures', Buffer.from(bytes, 'latin1'), { 'content-type': 'application/octet-stream' });
  expect((await send('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')).status).toBe(400);
  const { src } = (await send('\x89PNG\r\n\x1a\n<script>')).body;
  expect((await desk.read(src)).headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff', 'content-security-policy': "sandbox; default-src 'none'" });
  const article = await desk.write({ title: 'Kettles', html: `<p><img src="${src}" alt="A kettle"><img src="https://evil.test/x.png"><img src="${src}/../../../x"></p>` });
  expect(article.words.en.html).toBe(`<p><img src="${src}" alt="A kettle" /></p>`);
});
