import Fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { createMetrics, type Metrics } from './metrics.ts';
import { sendProblem } from './problem.ts';

function server(prepare: (metrics: Metrics) => void = () => undefined) {
  const metrics = createMetrics({ mayRead: async ({ headers }) => headers.authorization === 'Bearer admin' });
  prepare(metrics);
  const app = Fastify();
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  metrics.observe(app);
  app.get('/tickets/:id', async (_request, reply) => reply.code(204).send());
  metrics.start();
  onTestFinished(async () => {
    metrics.stop();
    await app.close();
  });
  const scrape = async (options: { headers?: Record<string, string>; remoteAddress?: string } = {}) => app.inject({ url: '/metrics', ...options });
  return { app, scrape };
}

test('requests are counted by route, never by address', async () => {
  const { app, scrape } = server();
  await app.inject('/tickets/1');
  await app.inject('/tickets/2');
  await app.inject('/nothing/secret-token');
  const { body, headers } = await scrape();
  expect(headers['content-type']).toContain('text/plain; version=0.0.4');
  expect(body).toContain('rapport_http_request_duration_seconds_count{method="GET",route="/tickets/:id",status="2xx"} 2');
  expect(body).toContain('rapport_http_request_duration_seconds_count{method="GET",route="none",status="4xx"} 1');
  expect(body).not.toContain('secret-token');
  expect(body).toMatch(/rapport_process_resident_bytes \d{6,}/);
  expect(body).toMatch(/rapport_event_loop_lag_seconds\{quantile="0.99"\} \d/);
});

test('figures of others are read when asked for; one that fails or is missing is left out', async () => {
  let age: number | null = 7;
  const { scrape } = server((metrics) => {
    metrics.reading('rapport_outbox_oldest_seconds', { help: 'x', read: async () => age });
    metrics.reading('rapport_broken', { help: 'x', read: async () => { throw new Error('no'); } });
    metrics.readings('rapport_follower_behind', { help: 'x', label: 'follower', read: async () => new Map([['search', 3]]) });
  });
  const first = (await scrape()).body;
  expect(first).toContain('rapport_outbox_oldest_seconds 7');
  expect(first).toContain('rapport_follower_behind{follower="search"} 3');
  expect(first).not.toMatch(/^rapport_broken /m);
  age = null;
  const second = (await scrape()).body;
  expect(second).not.toMatch(/^rapport_outbox_oldest_seconds /m);
  expect(second).toContain('rapport_metric_failures_total{metric="rapport_broken"} ');
});

test('from elsewhere, and through a proxy, only an administrator sees them', async () => {
  const { scrape } = server();
  expect((await scrape({ remoteAddress: '192.168.1.9' })).statusCode).toBe(404);
  expect((await scrape({ headers: { 'x-forwarded-for': '127.0.0.1' } })).statusCode).toBe(404);
  expect((await scrape({ remoteAddress: '192.168.1.9', headers: { authorization: 'Bearer admin' } })).statusCode).toBe(200);
  for (const remoteAddress of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) expect((await scrape({ remoteAddress })).statusCode, remoteAddress).toBe(200);
});
