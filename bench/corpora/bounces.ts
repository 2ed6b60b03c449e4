import { natureOf } from '../../features/email/core/robots.ts';
import type { ParsedMail, Parser } from '../../platform/mail/parser.ts';
import type { Specimen } from './files.ts';
import type { Score } from './score.ts';

type Report = NonNullable<ParsedMail['report']>;

/** Recognised as a report, hard or soft as its own status says, with the address that failed. */
export async function judgeBounce({ file, kind, raw }: Specimen, parser: Pick<Parser, 'parse'>, score: Score): Promise<void> {
  const result = await parser.parse(raw);
  score.count('bounces read', file, 'mail' in result, () => ('error' in result ? result.error : ''));
  if (!('mail' in result)) return;
  const { mail } = result;
  const nature = natureIn(mail);
  if (kind === 'not-bounce') {
    score.count('ordinary mail is no bounce', file, nature !== 'bounce', () => nature);
    return;
  }
  score.count('bounces: opens no ticket', file, nature === 'bounce' || nature === 'autoreply', () => `${nature}; from ${mail.from?.address ?? 'nobody'}: ${mail.subject}`);
  if (mail.report !== null) judgeReport(file, mail.report, raw.toString('latin1'), score);
}

const natureIn = (mail: ParsedMail) => natureOf({
  headers: mail.robot, fromAddress: mail.from?.address ?? '', subject: mail.subject, report: mail.report?.kind ?? null,
  nullSender: /^\s*<\s*>/.test(mail.robot['return-path'] ?? ''),
});

/** Beside what the report says for machines, where it does. */
function judgeReport(file: string, report: Report, text: string, score: Score): void {
  const status = /^Status:\s{0,9}([45])\.\d/im.exec(text)?.[1];
  const hard = isHard(report);
  if (status !== undefined) score.count('bounces: hard or soft', file, hard === (status === '5'), () => `expected ${status}, came ${report.status ?? 'nothing'} (${report.kind})`);
  const failed = /^Final-Recipient:\s{0,9}[\w-]+\s?;\s{0,9}<?([^\s<>]+@[^\s<>]+)>?/im.exec(text)?.[1];
  if (failed === undefined) return;
  const named = report.recipients.map(({ address }) => address);
  score.count('bounces: failed address', file, named.some((address) => address.toLowerCase() === failed.toLowerCase()), () => `expected ${failed}, came ${named.join(', ')}`);
}

function isHard({ recipients, status }: Report): boolean {
  if (recipients.length === 0) return status?.startsWith('5') ?? false;
  return recipients.some((recipient) => recipient.status?.startsWith('5') ?? recipient.hard);
}
