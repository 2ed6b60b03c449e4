import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Language } from '../kernel/languages.ts';

export type Shop = Awaited<ReturnType<typeof openShop>>;

/** Files of the shop's own: a sheet that spoils everything it reaches, and, so that a test may look into closed roots, a script that leaves none closed. */
const ASIDE: Readonly<Record<string, { readonly type: string; readonly text: string }>> = {
  '/shop.css': { type: 'text/css', text: '* { all: unset !important; display: none !important; } html, body, main, h1 { display: block !important; }' },
  '/open.js': { type: 'text/javascript', text: '{ const attach = Element.prototype.attachShadow; Element.prototype.attachShadow = function (init) { return attach.call(this, { ...init, mode: "open" }); }; }' },
};

/** A company's pages on a site that is not ours, under a strict policy with what the manual tells to add. */
export async function openShop(desk: string, widgetOn: (path: string) => string, language: Language = 'ar') {
  const server = createServer((request, reply) => {
    const aside = ASIDE[request.url ?? ''];
    if (aside) {
      reply.writeHead(200, { 'content-type': aside.type, 'cache-control': 'max-age=60' }).end(aside.text);
      return;
    }
    reply.writeHead(200, {
      'content-type': 'text/html; charset=utf-8', 'content-security-policy': `default-src 'self'; script-src 'self' ${desk}; connect-src 'self' ${desk}; frame-src ${desk}; require-trusted-types-for 'script'; trusted-types 'none'`,
    }).end(`<!doctype html><html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}"><head><meta name="viewport" content="width=device-width, initial-scale=1"><title>Shop</title><link rel="stylesheet" href="/shop.css"><script src="/open.js"></script>
<script src="${desk}/widget.js" data-widget="${widgetOn(request.url ?? '/')}" defer></script></head><body><main><h1>${language === 'ar' ? 'متجر' : 'Shop'}</h1></main></body></html>`);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close(): void {
      server.close();
      server.closeAllConnections();
    },
  };
}
