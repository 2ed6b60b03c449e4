export type Nature = 'person' | 'bounce' | 'autoreply' | 'machine';

export type MailSigns = {
  /** Lower-case names; several values of one name are joined by a line break. */
  readonly headers: Readonly<Record<string, string>>;
  readonly fromAddress: string;
  /** The envelope had no sender, as reports and automatic answers have. */
  readonly nullSender: boolean;
  /** The message carries a delivery report. */
  readonly hasReport: boolean;
};

/**
 * What wrote a message: a person; a mail system that could not deliver; an automatic answer (RFC 3834 and its many
 * dialects); or another machine (a list, a shop's notification), which may open a ticket but never gets an answer.
 */
export function natureOf(signs: MailSigns): Nature {
  if (isBounce(signs)) return 'bounce';
  if (isAutoReply(signs)) return 'autoreply';
  return isMachine(signs) ? 'machine' : 'person';
}

function isBounce({ headers, fromAddress, nullSender, hasReport }: MailSigns): boolean {
  const type = (headers['content-type'] ?? '').toLowerCase();
  if (type.startsWith('multipart/report')) return !type.includes('disposition-notification') && !type.includes('feedback-report');
  if (headers['x-failed-recipients'] !== undefined) return true;
  const local = localOf(fromAddress);
  if (local === 'mailer-daemon' || local === 'mailerdaemon' || local === 'mail-daemon') return true;
  return local === 'postmaster' && (nullSender || hasReport);
}

function isAutoReply({ headers }: MailSigns): boolean {
  const submitted = (headers['auto-submitted'] ?? '').trim().toLowerCase();
  const type = (headers['content-type'] ?? '').toLowerCase();
  return submitted.startsWith('auto-replied') || type.includes('disposition-notification')
    || 'x-autoreply' in headers || 'x-autorespond' in headers || 'x-autoresponse' in headers || 'x-auto-submitted' in headers
    || 'x-ms-exchange-inbox-rules-loop' in headers || /auto[-_]?reply/i.test(headers['precedence'] ?? '')
    || (headers['x-ms-exchange-generated-message-source'] ?? '').toLowerCase().includes('oof')
    || (submitted.startsWith('auto-generated') && /\b(?:all|oof)\b/i.test(headers['x-auto-response-suppress'] ?? ''));
}

const LIST_HEADERS = ['list-id', 'list-unsubscribe', 'list-post', 'list-help', 'mailing-list', 'feedback-id'];

function isMachine({ headers, fromAddress, nullSender }: MailSigns): boolean {
  const submitted = (headers['auto-submitted'] ?? 'no').trim().toLowerCase();
  const suppress = headers['x-auto-response-suppress'] ?? '';
  return nullSender || (submitted !== 'no' && submitted !== '') || /\b(?:bulk|junk|list)\b/i.test(headers['precedence'] ?? '')
    || LIST_HEADERS.some((name) => name in headers) || /\b(?:all|autoreply|dr)\b/i.test(suppress) || 'x-loop' in headers
    || isRobotAddress(fromAddress);
}

/** Addresses behind which nobody reads. */
function isRobotAddress(address: string): boolean {
  const local = localOf(address);
  return /^(?:no-?reply|do-?not-?reply|donotreply|noreply)\b/.test(local) || /^(?:owner-.*|.*-request|.*-owner|listserv|majordomo|mailman)$/.test(local)
    || ['bounce', 'bounces', 'postmaster', 'abuse'].includes(local);
}

const localOf = (address: string): string => address.slice(0, Math.max(address.lastIndexOf('@'), 0)).toLowerCase();
