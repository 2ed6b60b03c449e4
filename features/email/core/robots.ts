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

const header = (signs: MailSigns, name: string): string => (signs.headers[name] ?? '').trim().toLowerCase();

const DAEMONS = ['mailer-daemon', 'mailerdaemon', 'mail-daemon'];

function isBounce(signs: MailSigns): boolean {
  const type = header(signs, 'content-type');
  if (type.startsWith('multipart/report')) return !/disposition-notification|feedback-report/.test(type);
  const local = localOf(signs.fromAddress);
  return 'x-failed-recipients' in signs.headers || DAEMONS.includes(local) || (local === 'postmaster' && signs.hasReport)
    // Some mail systems report without naming an author at all.
    || (signs.nullSender && signs.fromAddress === '');
}

const AUTOREPLY_HEADERS = ['x-autoreply', 'x-autorespond', 'x-autoresponse', 'x-auto-submitted', 'x-ms-exchange-inbox-rules-loop'];

function isAutoReply(signs: MailSigns): boolean {
  const submitted = header(signs, 'auto-submitted');
  return submitted.startsWith('auto-replied') || AUTOREPLY_HEADERS.some((name) => name in signs.headers)
    || header(signs, 'content-type').includes('disposition-notification') || /auto[-_]?reply/.test(header(signs, 'precedence'))
    || header(signs, 'x-ms-exchange-generated-message-source').includes('oof')
    // Exchange says both of its "out of office".
    || (submitted.startsWith('auto-generated') && /\b(?:all|oof)\b/.test(header(signs, 'x-auto-response-suppress')));
}

const MACHINE_HEADERS = ['list-id', 'list-unsubscribe', 'list-post', 'list-help', 'mailing-list', 'feedback-id', 'x-loop'];

function isMachine(signs: MailSigns): boolean {
  return signs.nullSender || !['', 'no'].includes(header(signs, 'auto-submitted')) || MACHINE_HEADERS.some((name) => name in signs.headers)
    || /\b(?:bulk|junk|list)\b/.test(header(signs, 'precedence')) || /\b(?:all|autoreply|dr)\b/.test(header(signs, 'x-auto-response-suppress'))
    || header(signs, 'content-type').includes('feedback-report') || isRobotAddress(signs.fromAddress);
}

/** Addresses behind which nobody reads. */
function isRobotAddress(address: string): boolean {
  const local = localOf(address);
  return /^(?:no-?reply|do-?not-?reply|donotreply|noreply)\b/.test(local) || /^(?:owner-.*|.*-request|.*-owner|listserv|majordomo|mailman)$/.test(local)
    || ['bounce', 'bounces', 'postmaster', 'abuse'].includes(local);
}

const localOf = (address: string): string => address.slice(0, Math.max(address.lastIndexOf('@'), 0)).toLowerCase();
