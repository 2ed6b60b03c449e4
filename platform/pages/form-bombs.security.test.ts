import Fastify from 'fastify';
import { expect, onTestFinished, test, vi } from 'vitest';
import { sendProblem } from '../http/problem.ts';
import { parseFormsWithFiles, type FormWithFiles } from './multipart.ts';

const TYPE = 'multipart/form-data; boundary=x';
const part = (name: string, value: string) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

test('a form of a hundred thousand fields, or of headers without end, is refused before it is taken apart', async () => {
  const app = Fastify();
  onTestFinished(() => app.close());
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  parseFormsWithFiles(app, 11 * 1024 * 1024);
  app.post('/', async ({ body }) => (body as FormWithFiles).fields);
  const send = async (payload: string, type = TYPE) => {
    const { statusCode, body } = await app.inject({ method: 'POST', url: '/', headers: { 'content-type': type }, payload });
    return { status: statusCode, body: JSON.parse(body) as Record<string, string> };
  };
  const takenApart = vi.spyOn(Response.prototype, 'formData');
  onTestFinished(() => takenApart.mockRestore());

  const bombs = [`${part('a', '').repeat(100_000)}--x--\r\n`, `--x\r\n${'A: b\r\n'.repeat(500_000)}`, `${part('a', '')}--x\r\n${'A: b\r\n'.repeat(500_000)}\r\n\r\n--x--\r\n`];
  for (const bomb of bombs) expect(await send(bomb)).toMatchObject({ status: 400, body: { code: 'request.bad_form' } });
  // A border that two readers would not read alike.
  for (const type of ['multipart/form-data', 'multipart/form-data; boundary=y; boundary=x', 'multipart/form-data; a="; boundary=y"; boundary=x']) {
    expect(await send(`${part('a', '1')}--x--\r\n`, type)).toMatchObject({ status: 400, body: { code: 'request.bad_form' } });
  }
  expect(takenApart).not.toHaveBeenCalled();

  const most = Array.from({ length: 60 }, (_one, i) => part(`f${i}`, `${i}`)).join('');
  expect(Object.keys((await send(`${most}--x--\r\n`)).body)).toHaveLength(60);
  expect((await send(`${part('a', '1')}--x--\r\n`, 'multipart/form-data; boundary="x"')).body).toEqual({ a: '1' });
  expect(await send(`${most}${part('one', 'more')}--x--\r\n`)).toMatchObject({ status: 400 });
});
