import { z } from 'zod';
import type { ParsedReport, ReportMaterial } from './report.ts';
import { isHard, reasonOf } from './severity.ts';

const Address = z.object({ emailAddress: z.string().max(320), status: z.string().optional(), diagnosticCode: z.string().optional() });
const Notice = z.object({
  notificationType: z.enum(['Bounce', 'Complaint', 'Delivery']).optional(), eventType: z.enum(['Bounce', 'Complaint', 'Delivery']).optional(),
  bounce: z.object({ bounceType: z.string().optional(), bouncedRecipients: z.array(Address).max(100) }).optional(),
  complaint: z.object({ complainedRecipients: z.array(Address).max(100), complaintFeedbackType: z.string().optional() }).optional(),
  mail: z.object({ commonHeaders: z.object({ messageId: z.string().max(500).optional() }).optional() }).optional(),
});
const KINDS = { Bounce: 'failed', Complaint: 'complaint', Delivery: 'delivered' } as const;

/** Sending services report in JSON, by a mail that a machine wrote for machines. */
export function noticeOfService({ text, headers }: Pick<ReportMaterial, 'text' | 'headers'>): ParsedReport | null {
  if (!headers.has('x-amz-sns-message-id') && !/^\s*\{\s*"(?:notificationType|eventType)"/.test(text)) return null;
  const notice = Notice.safeParse(jsonIn(text)).data;
  const type = notice?.notificationType ?? notice?.eventType;
  if (!notice || !type) return null;
  const kind = KINDS[type];
  const named = notice.bounce?.bouncedRecipients ?? notice.complaint?.complainedRecipients ?? [];
  const recipients = named.map(({ emailAddress, status = null, diagnosticCode = '' }) => {
    const words = diagnosticCode.replace(/^\w+;\s*/, '') || notice.complaint?.complaintFeedbackType || '';
    const hard = kind === 'complaint' || notice.bounce?.bounceType === 'Permanent' || isHard(status, words);
    return { address: emailAddress, status, hard, reason: kind === 'complaint' ? 'complaint' as const : reasonOf(status, words), words };
  });
  const id = notice.mail?.commonHeaders?.messageId;
  const first = recipients[0];
  return { kind, recipients, messageIds: id ? [id.startsWith('<') ? id : `<${id}>`] : [], status: first?.status ?? null, words: first ? `${first.address}: ${first.words || type}` : type };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1).replace(/\r?\n/g, ''));
  } catch {
    return null;
  }
}
