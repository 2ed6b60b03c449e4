import { request as plainRequest, type IncomingHttpHeaders, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP } from 'node:net';
import { AppError } from '../../kernel/errors.ts';
import { checkAddress, guardedLookup, openLookup, type Resolve } from './addresses.ts';

export type EgressRequest = {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** For all of it: names, connections, redirects, the last byte. */
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  /** How many redirects are followed; each is checked like the first address. */
  readonly redirects?: number;
  readonly signal?: AbortSignal;
};
export type EgressResponse = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer; readonly url: string };

export type Egress = ReturnType<typeof createEgress>;

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 1024 * 1024;
const MAX_REDIRECTS = 3;
const PORTS = [80, 443, 8080, 8443];
const AT_ONCE = 100;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Never carried along to another host. */
const SECRET_HEADERS = new Set(['authorization', 'cookie', 'proxy-authorization']);

/**
 * The one client for every request that leaves: webhooks, pictures, sign-in servers, language models. Whatever people
 * typed or sent must lead to the public internet, at the moment of connecting and after every redirect.
 * `exempt` are the addresses that the environment names; they may be private.
 */
export function createEgress({ exempt = [], ports = PORTS, resolve }: { exempt?: readonly string[]; ports?: readonly number[]; resolve?: Resolve } = {}) {
  const trusted = new Set(exempt.map((address) => originOf(new URL(address))));
  const [guarded, open] = [guardedLookup(resolve), openLookup(resolve)];
  let running = 0;

  function check(url: URL): void {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refusal('egress.bad_protocol', 'Only http and https addresses can be asked.');
    if (url.username !== '' || url.password !== '') throw refusal('egress.credentials_in_url', 'Leave name and password out of the address.');
    if (trusted.has(originOf(url))) return;
    if (!ports.includes(portOf(url))) throw refusal('egress.bad_port', `Only these ports can be asked: ${ports.join(', ')}.`);
    const host = hostOf(url);
    if (isIP(host) !== 0) checkAddress(host);
  }

  async function follow(url: URL, options: EgressRequest, signal: AbortSignal): Promise<EgressResponse> {
    const { redirects = MAX_REDIRECTS } = options;
    let [at, asked] = [url, options];
    for (let hops = 0; ; hops += 1) {
      check(at);
      const response = await ask(at, asked, { signal, lookup: trusted.has(originOf(at)) ? open : guarded });
      const location = response.headers.location;
      if (!REDIRECTS.has(response.status) || location === undefined || redirects === 0) return response;
      if (hops >= redirects) throw refusal('egress.too_many_redirects', `This address redirects more than ${redirects} times.`);
      const next = redirected(at, location);
      asked = afterRedirect(asked, response.status, originOf(next) === originOf(at));
      at = next;
    }
  }

  return {
    /** Any answer of the other side is a result, whatever its status; refusals and trouble on the way are AppErrors. */
    async request(address: string, options: EgressRequest = {}): Promise<EgressResponse> {
      if (!URL.canParse(address)) throw refusal('egress.bad_url', 'This is not an address like https://example.org/path.');
      if (running >= AT_ONCE) throw new AppError('unavailable', 'egress.busy', 'Too many outgoing requests at once; try again in a moment.');
      running += 1;
      const deadline = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
      const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
      try {
        return await follow(new URL(address), options, signal);
      } catch (error) {
        if (error instanceof AppError) throw error;
        if (deadline.aborted) throw new AppError('unavailable', 'egress.timeout', 'The other side took too long.');
        throw new AppError('unavailable', 'egress.failed', `The other side could not be reached (${codeOf(error)}).`);
      } finally {
        running -= 1;
      }
    },
  };
}

async function ask(url: URL, options: EgressRequest, { signal, lookup }: { signal: AbortSignal; lookup: NonNullable<RequestOptions['lookup']> }): Promise<EgressResponse> {
  const { method = 'GET', headers = {}, body, maxBytes = MAX_BYTES } = options;
  const send = url.protocol === 'https:' ? secureRequest : plainRequest;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = send({
      // A connection for each request: nothing is reused that was checked for something else.
      agent: false, signal, lookup, method, path: `${url.pathname}${url.search}`, host: hostOf(url), port: portOf(url),
      headers: { ...withoutHost(headers), host: url.host, 'accept-encoding': 'identity', ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) },
    }, resolve);
    request.on('error', reject);
    request.end(body);
  });
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) {
    response.destroy();
    throw tooLarge(maxBytes);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop destroys the response.
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks), url: url.href };
}

function redirected(from: URL, location: string): URL {
  if (!URL.canParse(location, from.href)) throw refusal('egress.bad_redirect', 'This address redirects to something that is no address.');
  const next = new URL(location, from);
  if (from.protocol === 'https:' && next.protocol !== 'https:') throw refusal('egress.bad_redirect', 'This address redirects from https to something weaker.');
  return next;
}

function afterRedirect(options: EgressRequest, status: number, sameOrigin: boolean): EgressRequest {
  const { method = 'GET', headers = {}, body, ...rest } = options;
  const kept = sameOrigin ? headers : Object.fromEntries(Object.entries(headers).filter(([name]) => !SECRET_HEADERS.has(name.toLowerCase())));
  const becomesGet = method !== 'HEAD' && (status === 303 || ((status === 301 || status === 302) && method === 'POST'));
  if (becomesGet) return { ...rest, method: 'GET', headers: kept };
  return { ...rest, method, headers: kept, ...(body !== undefined && { body }) };
}

const withoutHost = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'host'));

const portOf = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');
const originOf = (url: URL): string => `${url.protocol}//${url.hostname}:${portOf(url)}`;
const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? (error as Error).name;

const refusal = (code: `egress.${string}`, detail: string): AppError => new AppError('invalid', code, detail);
const tooLarge = (bytes: number): AppError => new AppError('unavailable', 'egress.too_large', `The answer is larger than ${bytes} bytes.`);
