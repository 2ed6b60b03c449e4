import { z } from 'zod';
import type { ParsedReport, ReportedRecipient, ReportMaterial } from './reported.ts';
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
  const looksLikeOne = headers.has('x-amz-sns-message-id') || /^\s*\{\s*"(?:notificationType|eventType)"/.test(text);
  const notice = looksLikeOne ? Notice.safeParse(jsonIn(text)).data : undefined;
  const type = notice && (notice.notificationType ?? notice.eventType);
  if (!notice || !type) return null;
  const recipients = KINDS[type] === 'complaint' ? complained(notice) : bounced(notice);
  return { kind: KINDS[type], recipients, messageIds: messageIdsOf(notice), ...summary(recipients[0], type) };
}

const messageIdsOf = ({ mail }: Notice): string[] => {
  const id = mail?.commonHeaders?.messageId;
  return id ? [id.startsWith('<') ? id : `<${id}>`] : [];
};

const summary = (first: ReportedRecipient | undefined, type: string): { status: string | null; words: string } =>
  first ? { status: first.status, words: `${first.address}: ${first.words || type}` } : { status: null, words: type };

type Notice = z.infer<typeof Notice>;

const complained = ({ complaint }: Notice): ReportedRecipient[] => (complaint?.complainedRecipients ?? []).map(({ emailAddress }) => ({
  address: emailAddress, status: null, hard: true, reason: 'complaint', words: complaint?.complaintFeedbackType ?? '',
}));

const bounced = ({ bounce }: Notice): ReportedRecipient[] => (bounce?.bouncedRecipients ?? []).map(({ emailAddress, status = null, diagnosticCode = '' }) => {
  const words = diagnosticCode.replace(/^\w+;\s*/, '');
  return { address: emailAddress, status, hard: bounce?.bounceType === 'Permanent' || isHard(status, words), reason: reasonOf(status, words), words };
});

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1).replace(/\r?\n/g, ''));
  } catch {
    return null;
  }
}
