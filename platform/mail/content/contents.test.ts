import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { parseMessage } from '../parse-message.ts';
import type { ParsedMail } from '../parsed.ts';

async function read(raw: string | Buffer): Promise<ParsedMail> {
  const result = await parseMessage(Buffer.isBuffer(raw) ? raw : Buffer.from(raw.replace(/\r?\n/g, '\r\n')));
  if ('error' in result) throw new Error(result.error);
  return result.mail;
}
const sha = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const typed = (charset: string, body: Buffer, subject: Buffer = Buffer.from('x')): Buffer =>
  Buffer.concat([Buffer.from('From: a@b.example\r\nSubject: '), subject, Buffer.from(`\r\nContent-Type: text/plain${charset && `; charset=${charset}`}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`), body, Buffer.from('\r\n')]);

const WORDS: Record<string, string> = {
  'utf-7': 'Grüße aus Köln', 'windows-1250': 'Zażółć gęślą jaźń', 'iso-8859-2': 'Zażółć gęślą', 'windows-1251': 'Здравейте, къде е пратката ми?', 'koi8-r': 'Здравствуйте, где посылка?', 'koi8-u': 'Вітаю вас',
  'windows-1256': 'مرحبا، أين طلبي؟', 'ibm852': 'Łódź', 'cp437': 'Málaga', 'ibm866': 'Привет', 'macintosh': 'Zürich', 'maccyrillic': 'Привет', 'iso-2022-jp': 'こんにちは', 'shift_jis': 'こんにちは', 'euc-jp': 'こんにちは', 'gb18030': '你好', 'gb2312': '你好', 'big5': '你好', 'ks_c_5601-1987': '안녕하세요', 'tis-620': 'สวัสดี', 'utf-16le': 'Hello', 'iso-8859-15': 'Prix : 5 €',
};
test.each(Object.keys(WORDS).filter((name) => !['iso-2022-jp', 'utf-16le'].includes(name)))('words are read as they were written: %s', async (charset) => {
  const encoder = { 'ks_c_5601-1987': 'euc-kr', maccyrillic: 'maccyrillic', macintosh: 'macroman' }[charset] ?? charset;
  expect((await read(typed(charset, iconv.encode(WORDS[charset]!, encoder)))).text).toBe(WORDS[charset]);
});

test.each([
  ['UTF-8 that is called Latin 1', 'iso-8859-1', Buffer.from('Dzień dobry, zażółć'), 'Dzień dobry, zażółć'],
  ['UTF-8 that is called nothing', '', Buffer.from('Здравейте'), 'Здравейте'],
  ['windows-1251 that is called nothing', '', iconv.encode('Здравейте, къде е пратката', 'windows-1251'), 'Здравейте, къде е пратката'],
  ['KOI8 that is called US-ASCII', 'us-ascii', iconv.encode('Здравствуйте, где посылка', 'koi8-r'), 'Здравствуйте, где посылка'],
  ['Latin 1 that is called UTF-8', 'utf-8', Buffer.from('Grüße aus Köln', 'latin1'), 'Grüße aus Köln'],
  ['Japanese that is called nothing', '', Buffer.from('\u001b$B$3$s$K$A$O\u001b(B', 'latin1'), 'こんにちは'],
  ['a charset nobody knows', 'klingon', Buffer.from('Grüße', 'latin1'), 'Grüße'],
  ['Korean with shifts', 'iso-2022-kr', Buffer.from('\u001b$)C\r\n\u000e>H3g\u000f!', 'latin1'), '안녕!'],
])('a wrong label is seen through: %s', async (_what, charset, bytes, text) => {
  expect((await read(typed(charset, bytes))).text).toBe(text);
});

test('heads are read in eight-bit charsets and in encoded words of rare ones', async () => {
  expect((await read(typed('windows-1251', Buffer.from('x'), iconv.encode('Пратка 7', 'windows-1251')))).subject).toBe('Пратка 7');
  const { subject, from } = await read('From: =?utf-7?Q?J+APY-rg?= <j@b.example>\nSubject: =?utf-7?Q?Gr+APwA3w-e?=\n\nx\n');
  expect({ subject, from }).toEqual({ subject: 'Grüße', from: { name: 'Jörg', address: 'j@b.example' } });
});

test('only lone CR are line ends; among others a lone CR begins no header', async () => {
  expect(await read(Buffer.from('From: a@b.example\rSubject: Old\r\rHello\rthere\r'))).toMatchObject({ subject: 'Old', text: 'Hello\nthere' });
  expect(await read(Buffer.from('From: a@b.example\r\nSubject: x\rFrom: evil@evil.example\r\n\r\nHello\r\n'))).toMatchObject({ from: { address: 'a@b.example' } });
});

test('flowing text is unfolded', async () => {
  expect((await read('Content-Type: text/plain; format=flowed; delsp=yes\n\nこんに \nちは\n')).text).toBe('こんにちは');
  expect((await read('Content-Type: text/plain; format=flowed\n\none \ntwo\nthree\n')).text).toBe('one two\nthree');
});

const uu = (name: string, text: string): string => {
  const line = (chunk: Buffer): string => {
    const padded = Buffer.concat([chunk, Buffer.alloc((3 - (chunk.length % 3)) % 3)]);
    let out = String.fromCharCode(32 + chunk.length);
    for (let i = 0; i < padded.length; i += 3) {
      const [a, b, c] = [padded[i]!, padded[i + 1]!, padded[i + 2]!];
      out += [a >> 2, ((a & 3) << 4) | (b >> 4), ((b & 15) << 2) | (c >> 6), c & 63].map((six) => String.fromCharCode(six === 0 ? 96 : six + 32)).join('');
    }
    return out;
  };
  const bytes = Buffer.from(text);
  const lines = Array.from({ length: Math.ceil(bytes.length / 45) }, (_, i) => line(bytes.subarray(i * 45, i * 45 + 45)));
  return [`begin 644 ${name}`, ...lines, '`', 'end'].join('\n');
};

test('a file inside a text becomes an attachment; words that only begin so stay', async () => {
  const file = 'one;two;three\r\n'.repeat(9);
  const { text, attachments } = await read(`From: a@b.example\n\nHere it is:\n\n${uu('list.csv', file)}\n\nBye\n`);
  expect(text.replace(/\n+/g, '\n')).toBe('Here it is:\nBye');
  expect(attachments).toMatchObject([{ name: 'list.csv', sha256: sha(file) }]);
  const words = 'begin 644 the day with a smile\nand see what comes of it\nend';
  expect(await read(`From: a@b.example\n\n${words}\n`)).toMatchObject({ text: words, attachments: [] });
});

/** As a poster would: a line of 128, with the four bytes escaped that a mail cannot carry. */
function yenc(name: string, bytes: Buffer, size = bytes.length, part = ''): Buffer {
  const out = [...bytes].flatMap((byte) => {
    const moved = (byte + 42) & 255;
    return [0x00, 0x0a, 0x0d, 0x3d].includes(moved) ? [0x3d, (moved + 64) & 255] : [moved];
  });
  const rows: Buffer[] = [];
  for (let at = 0, from = 0; at <= out.length; at++) {
    if (at < out.length && (at - from < 128 || out[at - 1] === 0x3d)) continue;
    rows.push(Buffer.from(out.slice(from, at)), Buffer.from('\r\n'));
    from = at;
  }
  return Buffer.concat([Buffer.from(`=ybegin ${part}line=128 size=${bytes.length} name=${name}\r\n${part && '=ypart begin=1 end=9\r\n'}`), ...rows, Buffer.from(`=yend size=${size}\r\n`)]);
}

test('a file in yEnc inside a text becomes an attachment, byte for byte; a damaged one stays where it is', async () => {
  const file = Buffer.from(Array.from({ length: 3_000 }, (_, n) => (n * 7) & 255));
  const letter = (...inside: Buffer[]): Buffer => Buffer.concat([Buffer.from('From: a@b.example\r\nContent-Transfer-Encoding: 8bit\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nЕто го:\r\n'), ...inside, Buffer.from('Поздрави\r\n')]);
  const { text, attachments } = await read(letter(yenc('снимка 1.jpg', file), yenc('all.zip', file, file.length, 'part=2 total=3 ')));
  expect(text).toBe('Ето го:\nПоздрави');
  expect(attachments).toMatchObject([{ name: 'снимка 1.jpg', sha256: sha(file) }, { name: 'all.zip.002', sha256: sha(file) }]);
  const damaged = await read(letter(yenc('a.jpg', file, file.length + 1)));
  expect(damaged.attachments).toEqual([]);
  expect(damaged.text).toContain('=ybegin line=128');
  const html = await read(Buffer.concat([Buffer.from('From: a@b.example\r\nContent-Type: text/html\r\n\r\n<pre>\r\n'), yenc('a.txt', Buffer.from('abc')), Buffer.from('</pre>\r\n')]));
  expect(html).toMatchObject({ text: expect.stringContaining('=ybegin line=128'), attachments: [] });
});

test('a piece of a message is said to be one; the first is read as the beginning that it is', async () => {
  const piece = (number: number, body: string): string => `From: a@b.example\nSubject: Plans\nContent-Type: message/partial; id="x@b.example"; number=${number}; total=3\n\n${body}\n`;
  const first = await read(piece(1, 'Subject: Plans\nContent-Type: text/plain; charset=utf-8\n\nHere are the pläns:'));
  expect(first).toMatchObject({ subject: 'Plans', text: 'Here are the pläns:', fragment: { number: 1, total: 3 }, attachments: [{ name: '1.part' }] });
  expect(await read(piece(2, 'and they go on'))).toMatchObject({ text: '', fragment: { number: 2, total: 3 }, attachments: [{ name: '2.part', contentType: 'message/partial' }] });
  expect((await read('From: a@b.example\n\nx\n')).fragment).toBeNull();
});

const attribute = (id: number, value: Buffer, level = 2): Buffer => {
  const head = Buffer.alloc(9);
  head[0] = level;
  head.writeUInt16LE(id, 1);
  head.writeUInt32LE(value.length, 5);
  return Buffer.concat([head, value, Buffer.alloc(2)]);
};
const property = (type: number, id: number, value: Buffer): Buffer => {
  const head = Buffer.alloc(12);
  head.writeUInt16LE(type, 0);
  head.writeUInt16LE(id, 2);
  head.writeUInt32LE(1, 4);
  head.writeUInt32LE(value.length, 8);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
};
const properties = (...list: Buffer[]): Buffer => {
  const count = Buffer.alloc(4);
  count.writeUInt32LE(list.length);
  return Buffer.concat([count, ...list]);
};
const winmail = Buffer.concat([
  Buffer.from('789f3e220100', 'hex'), attribute(0x9003, properties(property(0x1f, 0x1000, Buffer.from('Przesyłam ofertę.\0', 'utf16le'))), 1),
  attribute(0x9002, Buffer.alloc(14)), attribute(0x8010, Buffer.from('OFERTA~1.PDF\0')), attribute(0x800f, Buffer.from('%PDF-1.4')),
  attribute(0x9005, properties(property(0x1f, 0x3707, Buffer.from('Oferta łódź.pdf\0', 'utf16le')), property(0x1e, 0x370e, Buffer.from('application/pdf\0')))),
]);
const tnef = (bytes: Buffer): string => `From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n${bytes.toString('base64')}\n--b--\n`;

test('winmail.dat is opened: its words and its files, by their long names', async () => {
  expect(await read(tnef(winmail))).toMatchObject({ text: 'Przesyłam ofertę.', attachments: [{ name: 'Oferta łódź.pdf', contentType: 'application/pdf', sha256: sha('%PDF-1.4') }] });
});

test('a winmail.dat that is cut off anywhere, or lies about lengths, is read as far as it goes', async () => {
  for (let length = 0; length < winmail.length; length += 7) expect((await read(tnef(winmail.subarray(0, length)))).attachments.length).toBeLessThan(2);
  for (let at = 6; at < winmail.length; at += 3) {
    const lying = Buffer.from(winmail);
    lying[at] = 0xff;
    expect(await read(tnef(lying))).toHaveProperty('attachments');
  }
});

test('an invitation is told in a line, with its file beside it', async () => {
  const ics = 'BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VTIMEZONE\nTZID:X\nEND:VTIMEZONE\nBEGIN:VEVENT\nSUMMARY:Visit\\, Tuesday\nDTSTART;TZID=Europe/Sofia:20260303T100000\nDTEND;TZID=Europe/Sofia:20260303T113000\nLOCATION:Sofia\nORGANIZER;CN="Iva: Petrova":mailto:iva@example.org\nEND:VEVENT\nEND:VCALENDAR';
  const { invitation, attachments, text } = await read(`Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nCome.\n--b\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\n\n${ics}\n--b--\n`);
  expect(invitation).toEqual({ method: 'request', summary: 'Visit, Tuesday', when: '2026-03-03 08:00 (UTC)–09:30', who: 'Iva: Petrova', where: 'Sofia' });
  expect(attachments).toMatchObject([{ name: 'invitation.ics', contentType: 'text/calendar' }]);
  expect(text).toBe('Come.');
});

test('a message inside a message is a file called after its subject', async () => {
  const { attachments } = await read('Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSee below.\n--b\nContent-Type: message/rfc822\n\nFrom: x@y.example\nSubject: =?utf-8?Q?Re:_offer/price?=\n\nhello\n--b--\n');
  expect(attachments).toMatchObject([{ name: 'Re- offer-price.eml', contentType: 'message/rfc822' }]);
});

const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const value = Buffer.concat(parts);
  const length = value.length < 128 ? Buffer.from([value.length]) : Buffer.from([0x82, value.length >> 8, value.length & 255]);
  return Buffer.concat([Buffer.from([tag]), length, value]);
};
const oid = (hex: string): Buffer => der(6, Buffer.from(hex, 'hex'));
const signed = (inner: string): Buffer => der(0x30, oid('2a864886f70d010702'), der(0xa0, der(0x30, der(2, Buffer.from([1])), der(0x31), der(0x30, oid('2a864886f70d010701'), der(0xa0, der(4, Buffer.from(inner)))), der(0x31))));
const smime = (bytes: Buffer, kind: string): string => `From: a@b.example\nContent-Type: application/pkcs7-mime; smime-type=${kind}; name=smime.p7m\nContent-Transfer-Encoding: base64\n\n${bytes.toString('base64')}\n`;

test.each<[string, string, object]>([
  ['S/MIME, signed only, is opened', smime(signed('Content-Type: text/plain\r\n\r\nSigned words\r\n'), 'signed-data'), { protection: 'signed_smime', text: 'Signed words', attachments: [] }],
  ['S/MIME, encrypted', smime(Buffer.from('3080', 'hex'), 'enveloped-data'), { protection: 'encrypted_smime', attachments: [{ name: 'smime.p7m' }] }],
  ['S/MIME, damaged', smime(signed('x').subarray(0, 30), 'signed-data'), { protection: 'signed_smime', attachments: [{ name: 'smime.p7m' }] }],
  ['PGP/MIME, signed', 'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=b\n\n--b\n\nWords\n--b\nContent-Type: application/pgp-signature\n\nxx\n--b--\n', { protection: 'signed_pgp', text: 'Words', attachments: [{ name: 'signature.asc' }] }],
  ['PGP/MIME, encrypted', 'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream; name=encrypted.asc\n\nxx\n--b--\n', { protection: 'encrypted_pgp', attachments: [{ name: 'pgp-version.txt' }, { name: 'encrypted.asc' }] }],
  ['PGP inside the text', 'From: a@b.example\n\n-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\n', { protection: 'encrypted_pgp' }],
])('%s', async (_what, raw, expected) => {
  expect(await read(raw)).toMatchObject(expected);
});

test('a boundary that is missing or wrong is found all the same', async () => {
  const parts = '--xyz\nContent-Type: text/plain\n\nWords\n--xyz\nContent-Type: text/csv; name=a.csv\n\n1;2\n--xyz--\n';
  for (const head of ['Content-Type: multipart/mixed', 'Content-Type: multipart/mixed;\nboundary="xyz"', 'Content-Type: multipart/mixed\n\tboundary="xyz"', 'Content-Type: multipart/mixed; boundary=other']) {
    expect(await read(`${head}\n\n${parts}`), head).toMatchObject({ text: 'Words', attachments: [{ name: 'a.csv' }] });
  }
});

test('an empty text beside full HTML does not hide it; a named text after the first is a file', async () => {
  expect((await read('Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n\n--b\nContent-Type: text/html\n\n<p>Here</p>\n--b--\n')).text).toBe('Here');
  expect(await read('Content-Type: multipart/mixed; boundary=b\n\n--b\n\nFirst\n--b\nContent-Type: text/plain; name=log.txt\n\nlog\n--b--\n')).toMatchObject({ text: 'First', attachments: [{ name: 'log.txt' }] });
});

test('what is called base64 and is none is kept as it stands: shown where it is the message, a file where it stands behind', async () => {
  const said = 'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n';
  expect((await read(`${said}Where is my parcel?\n`)).text).toBe('Where is my parcel?');
  expect(await read(`Content-Type: multipart/mixed; boundary=b\n\n--b\n\nFirst\n--b\n${said}?garbage\n--b--\n`)).toMatchObject({ text: 'First', attachments: [{ sha256: sha('?garbage') }] });
  expect((await read(`${said}SGVs\nbG8=\nd29ybGQ=\n\n`)).text).toBe('Helloworld');
});

test('a last boundary behind the last word ends the message all the same, and other dashes stay', async () => {
  const mail = (last: string) => `Content-Type: multipart/mixed; boundary="=_1"\n\n--=_1\nContent-Type: text/plain; charset=utf-8\n\n${last}`;
  expect((await read(mail('Good bye--=_1--\n'))).text).toBe('Good bye');
  expect((await read(mail('Good bye--really--\n'))).text).toBe('Good bye--really--');
});

test('a text in sixteen bits keeps its last character, whose line break belongs to the boundary', async () => {
  const wide = Buffer.concat([Buffer.from('Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-16le\nContent-Transfer-Encoding: binary\n\n'), Buffer.from('Hello', 'utf16le'), Buffer.from('\n--b--\n')]);
  expect((await read(wide)).body).toBe('Hello');
});

test.each([
  ['a paragraph', 'yes', 'This is a long li \nne that goes o \nn.', 'This is a long line that goes on.'],
  ['without DelSp', 'no', 'One \ntwo.\nThree', 'One two.\nThree'],
  ['quotes of several depths', 'no', '> one \n> two\n>> three \n>> four\nMine goes \non.', '> one two\n>> three four\nMine goes on.'],
  ['a soft end before another depth', 'no', '> one \n>> two \nthree', '> one \n>> two \nthree'],
  ['stuffed lines', 'no', ' From here\n  two spaces\n > no quote', 'From here\n two spaces\n> no quote'],
  ['a signature', 'no', 'Words \n-- \nAna', 'Words \n-- \nAna'],
])('lines that were broken for the way are whole again: %s', async (_what, delsp, body, expected) => {
  expect((await read(`Content-Type: text/plain; charset=utf-8; format=flowed; delsp=${delsp}\n\n${body}\n`)).body).toBe(expected);
});

test('what PGP signed as it stands is shown without its armour, which is a file', async () => {
  const armour = '-----BEGIN PGP SIGNATURE-----\n\niQabc\n-----END PGP SIGNATURE-----';
  const mail = await read(`From: a@b.example\n\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nWhere is it?\n- - one\n${armour}\n`);
  expect(mail).toMatchObject({ body: 'Where is it?\n- one', protection: 'signed_pgp', attachments: [{ name: 'signature.asc', contentType: 'application/pgp-signature' }] });
  expect((await read(`From: a@b.example\n\nThey wrote:\n> -----BEGIN PGP SIGNED MESSAGE-----\n> x\n`)).protection).toBeNull();
});
