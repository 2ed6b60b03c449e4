import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createParser, type ParsedMail } from '../../../platform/mail/parser.ts';
import { automaticKind, natureOf, type MailSigns } from '../core/robots.ts';

/**
 * Mail as the mail systems of the world write it. In `fixtures/*.txt` a line `%%% name | expectation` begins each. Of a
 * report it says kind, hard or soft, the failed address and its status; of everything else what wrote it, and for
 * automatic mail its kind. All reports are about `<t.77.abc@desk.example>`, where they name a mail.
 */
function fixtures(file: string): [string, string[], Buffer][] {
  const [, ...blocks] = readFileSync(join(import.meta.dirname, 'fixtures', file), 'utf8').split(/^%%% /m);
  return blocks.map((block) => {
    const end = block.indexOf('\n');
    const [name = '', expectation = ''] = block.slice(0, end).split(' | ');
    return [name, expectation.trim().split(' '), Buffer.from(block.slice(end + 1).replaceAll('\n', '\r\n'))];
  });
}

const parser = createParser();
afterAll(() => parser.close());

async function parsed(raw: Buffer): Promise<ParsedMail> {
  const result = await parser.parse(raw);
  if ('error' in result) throw new Error(result.error);
  return result.mail;
}

const signsOf = (mail: ParsedMail): MailSigns => ({
  headers: mail.robot, fromAddress: mail.from?.address ?? '', subject: mail.subject, report: mail.report?.kind ?? null,
  nullSender: /^\s*<\s*>/.test(mail.robot['return-path'] ?? ''),
});

const OURS = '<t.77.abc@desk.example>';

test.each(fixtures('reports.txt'))('a report opens no ticket, and what it says is read: %s', async (_name, [kind, lasting, address, status], raw) => {
  const mail = await parsed(raw);
  expect(natureOf(signsOf(mail))).toBe('bounce');
  expect(mail.report).toMatchObject({ kind, recipients: [{ address, ...(lasting === '-' ? {} : { hard: lasting === 'hard' }), ...(status === '-' ? {} : { status }) }] });
  expect(mail.report!.messageIds.includes(OURS)).toBe(raw.includes(OURS));
});

test.each(fixtures('not-reports.txt'))('what is no report is taken for what it is: %s', async (_name, [natures = '', kind], raw) => {
  const mail = await parsed(raw);
  expect(natures.split('-or-')).toContain(natureOf(signsOf(mail)));
  if (kind !== undefined) expect(automaticKind(signsOf(mail), mail.text)).toBe(kind);
});
