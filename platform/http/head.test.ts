import { expect, test } from 'vitest';
import { oneAppForAll, testApp } from '../../testing/test-app.ts';

oneAppForAll();

test('whoever asks for the head of an answer gets what comes before its body, of pages and of the API', async () => {
  const { http, owner } = await testApp();
  const headers = { authorization: `Bearer ${owner.token}` };
  for (const url of ['/healthz', '/robots.txt', '/api/v1/me', '/api/v1/nowhere']) {
    const [whole, head] = [await http.inject({ method: 'GET', url, headers }), await http.inject({ method: 'HEAD', url, headers })];
    expect(head.body, url).toBe('');
    expect([head.statusCode, head.headers['content-type'], head.headers['content-length']], url).toEqual([whole.statusCode, whole.headers['content-type'], whole.headers['content-length']]);
    expect(Number(head.headers['content-length']), url).toBeGreaterThan(0);
  }
  expect((await http.inject({ method: 'HEAD', url: '/api/v1/me' })).statusCode, 'nobody').toBe(401);
});
