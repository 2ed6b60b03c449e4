import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { composeMime, type ComposedFile } from './compose.ts';
import { checkHeader, isPlainAddress, oneLine } from './header.ts';
import type { MailContent } from './outbox-store.ts';

const content = (over: Partial<MailContent> = {}): MailContent => ({
  from: { name: 'Магазин "Лале", София', address: 'support@shop.example' }, to: [{ name: 'Ана', address: 'ana@example.org' }], cc: [], replyTo: null, subject: 'Поръчка № 5',
  text: 'Здравейте!\n', html: null, language: 'bg', inReplyTo: null, references: [], headers: {}, date: '2026-03-02T09:00:00.000Z', ...over,
});
const compose = (over: Partial<MailContent> = {}, files: readonly ComposedFile[] = []) => composeMime(content(over), '<one@shop.example>', files);
const file = (name: string): ComposedFile => ({ name, contentType: 'text/plain', sha256: '', bytes: Buffer.from('. of a file') });

/** Reads a message as strictly as Python's mail library can, and says what it found. */
const READER = `
import sys, json, base64, email
from email import policy
strict = policy.SMTPUTF8.clone(raise_on_defect=True, max_line_length=None)
# Old mail programs read a name in Content-Type, where no standard allows other scripts; and Python calls an address of another script a defect.
usual = ('encoded word inside quoted string', 'missing trailing whitespace after encoded-word', 'local-part contains non-ASCII', 'Non-ASCII characters found in header token')
def defects(part): return [k + ': ' + str(d) for k, v in part.items() for d in getattr(v, 'defects', []) if not str(d).startswith(usual[:2] if k.lower() == 'content-type' else usual[2:])]
def read(raw):
  m = email.message_from_bytes(raw, policy=strict)
  # Python leaves the blank between two encoded words in, which RFC 2047 (6.2) takes out.
  people = lambda n: [[a.display_name.replace(' ', ''), a.addr_spec.encode('utf-8', 'surrogateescape').decode('utf-8')] for v in m.get_all(n, []) for a in v.addresses]
  return {
    'defects': [str(d) for p in m.walk() for d in list(p.defects) + defects(p)], 'names': [k.lower() for k in m.keys()],
    'subject': m['subject'], 'from': people('from'), 'to': people('to'), 'text': m.get_body(('plain',)).get_content().replace('\\r\\n', '\\n'),
    'files': [[p.get_filename(), p.get_content() if p.get_content_maintype() == 'text' else ''] for p in m.iter_attachments()],
  }
print(json.dumps([read(base64.b64decode(one)) for one in json.load(sys.stdin)]))`;
const isPythonThere = spawnSync('python3', ['-c', 'import email.policy']).status === 0;

type Read = { defects: string[]; names: string[]; subject: string; from: [string, string][]; to: [string, string][]; text: string; files: [string, string][] };
function readStrictly(raws: readonly Buffer[]): Read[] {
  const { stdout, stderr, status } = spawnSync('python3', ['-c', READER], { input: JSON.stringify(raws.map((raw) => raw.toString('base64'))), encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Read[];
}

/** RFC 5322, 2.1.1 and 2.3: lines end in CRLF, no line is longer than 998 octets, and no CR or LF stands alone. */
function isOfLines(raw: Buffer): boolean {
  const text = raw.toString('latin1');
  return text.endsWith('\r\n') && !/(?:^|[^\r])\n|\r(?!\n)|\0/.test(text) && text.split('\r\n').every((line) => line.length <= 998);
}

const LONG_NAMES = ['отчёт за март ' + 'очень '.repeat(40) + 'длинный.txt', 'فاتورة ٥.txt', 'a;b"c\\d\'e%41.txt', 'emoji 🫖 teapot.txt', `${'x'.repeat(300)}.txt`];

test.skipIf(!isPythonThere)('what leaves is read alike by a strict reader that is not ours: names, words and files of any script', async () => {
  const subject = `Относно: ${'дълъг предмет '.repeat(50)}край 🫖`;
  const text = ['. a dot', '..', '.', 'ж'.repeat(5000), `${'y'.repeat(3000)} z`, 'From here', '-- ', 'Ana', ''].join('\n');
  const raw = await compose({ subject, text, html: `<p>${'ж'.repeat(5000)}</p>`, to: Array.from({ length: 100 }, (_, i) => ({ name: `Получател ${i}, "Лале"`, address: `someone${i}@example.org` })) }, LONG_NAMES.map(file));
  expect(isOfLines(raw)).toBe(true);
  expect(/[^\x09\x0a\x0d\x20-\x7e]/.test(raw.toString('latin1'))).toBe(false);
  const read = readStrictly([raw])[0]!;
  expect(read.defects).toEqual([]);
  expect(read).toMatchObject({ subject, text, from: [['Магазин"Лале",София', 'support@shop.example']] });
  expect(read.to).toHaveLength(100);
  expect(read.to[99]).toEqual(['Получател99,"Лале"', 'someone99@example.org']);
  expect(read.files).toEqual(LONG_NAMES.map((name) => [name, '. of a file']));
});

test.skipIf(!isPythonThere)('addresses of any script go as they are', async () => {
  const address = 'мария@пример.бг';
  expect(isPlainAddress(address)).toBe(true);
  const raw = await compose({ to: [{ name: 'Мария', address }] });
  expect(isOfLines(raw)).toBe(true);
  const { to, defects } = readStrictly([raw])[0]!;
  expect(defects).toEqual([]);
  expect(to).toEqual([['Мария', address]]);
});

const BREAKS = ['\r\n', '\n', '\r', '\0', '\u2028', '\u2029', '\r\n ', '\r\n\r\n', '\u0085', '\u000b', '\u000c'];
const PLACES: Record<string, (bad: string) => Partial<MailContent>> = {
  subject: (subject) => ({ subject }), 'a name': (name) => ({ to: [{ name, address: 'ana@example.org' }] }), 'our name': (name) => ({ from: { name, address: 'support@shop.example' } }),
  'a name that answers go to': (name) => ({ replyTo: { name, address: 'answers@shop.example' } }), 'a header': (value) => ({ headers: { 'X-Own': value } }),
  'an address': (bad) => ({ to: [{ name: '', address: `ana@example.org${bad}` }] }),
};

test.skipIf(!isPythonThere)('no subject, name, header or address can begin a header of its own, even if nobody had looked at it before', async () => {
  const tries = Object.entries(PLACES).flatMap(([place, put]) => BREAKS.map((mark) => ({ what: `${place} ${JSON.stringify(mark)}`, put: put(`Hello${mark}Bcc: eve@evil.example${mark}X-Evil: yes`) })));
  const raws = await Promise.all(tries.map(({ put }) => compose(put)));
  expect(tries.filter((_one, i) => !isOfLines(raws[i]!)).map(({ what }) => what)).toEqual([]);
  const read = readStrictly(raws);
  expect(tries.filter((_one, i) => read[i]!.names.some((name) => name === 'bcc' || name === 'x-evil')).map(({ what }) => what)).toEqual([]);
});

test.skipIf(!isPythonThere)('nor can the name of a file', async () => {
  const raw = await compose({}, BREAKS.map((mark) => file(`a${mark}Bcc: eve@evil.example${mark}X-Evil: yes.txt`)));
  expect(isOfLines(raw)).toBe(true);
  const { names, files } = readStrictly([raw])[0]!;
  expect(names).not.toContain('bcc');
  expect(files).toHaveLength(BREAKS.length);
  expect(raw.toString('latin1')).not.toMatch(/^(?:bcc|x-evil):/im);
});

test('what breaks lines is refused where mail is queued, and made a space in words of strangers', () => {
  for (const mark of ['\r', '\n', '\0', '\u2028', '\u2029', '\u000b']) {
    expect(() => checkHeader('subject', `a${mark}b`)).toThrow(expect.objectContaining({ code: 'mail.header_refused' }));
    expect(oneLine(`a${mark}b`)).toBe('a b');
    expect(isPlainAddress(`ana${mark}@example.org`)).toBe(false);
    expect(isPlainAddress(`ana@example.org${mark}`)).toBe(false);
  }
});
