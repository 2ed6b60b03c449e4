const LINE = '\r\n';
const HEAD = ['From: bomb@example.org', 'To: support@desk.example', 'Subject: bomb', ''].join(LINE);

/** Messages made to cost whoever reads them dearly. */
export const BOMBS: Readonly<Record<string, () => Buffer>> = {
  parts: () => Buffer.from(`${HEAD}Content-Type: multipart/mixed; boundary=x${LINE}${LINE}${`--x${LINE}${LINE}`.repeat(100_000)}--x--${LINE}`),
  depth: () => Buffer.from(`${HEAD}${Array.from({ length: 2_000 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}${LINE}${LINE}--b${i}${LINE}`).join('')}${LINE}x${LINE}`),
  headers: () => Buffer.from(`${HEAD}${`X-A: b${LINE}`.repeat(1_000_000)}${LINE}x${LINE}`),
  continuations: () => Buffer.from(`${HEAD}Content-Type: text/plain${Array.from({ length: 50_000 }, (_, i) => `;${LINE} name*${i}=a`).join('')}${LINE}${LINE}x${LINE}`),
  addresses: () => Buffer.from(`${HEAD}Cc: ${Array.from({ length: 100_000 }, (_, i) => `a${i}@example.org`).join(`,${LINE} `)}${LINE}${LINE}x${LINE}`),
  words: () => Buffer.from(`${HEAD}${LINE}${Array.from({ length: 800_000 }, (_, i) => (i % 12 === 11 ? `w${i}${LINE}` : `w${i} `)).join('')}${LINE}`),
  html: () => Buffer.from(`${HEAD}Content-Type: text/html${LINE}${LINE}${`<div>${LINE}`.repeat(200_000)}x${LINE}`),
  quotes: () => Buffer.from(`${HEAD}${LINE}${`${'>'.repeat(70)}${LINE}`.repeat(20_000)}`),
  signed: () => Buffer.from(`DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=a; h=from; bh=AAAA; b=AAAA${LINE}${HEAD}${LINE}${`a  b \t c${LINE}`.repeat(1_000_000)}`),
  attachment: () => Buffer.from(`${HEAD}Content-Type: application/octet-stream; name=x.bin${LINE}Content-Transfer-Encoding: base64${LINE}${LINE}${`${'QUFB'.repeat(19)}${LINE}`.repeat(500_000)}`),
};
