/** Why a mail did not arrive, in the kinds that mean something to the person who wrote it. */
export const FAILURES = [
  'no_such_address', 'no_such_host', 'mailbox_full', 'too_large', 'spam', 'refused_sender', 'closed', 'too_many_recipients', 'waited_too_long', 'our_relay', 'not_understood',
] as const;
export type Failure = (typeof FAILURES)[number];

const FULL = /mailbox (?:is )?(?:full|over|size)|over ?quota|quota (?:is )?exceeded|exceeded (?:its|the|his|their)? ?(?:storage|quota)|insufficient (?:system )?storage in mailbox|not enough space/i;

/** The words tell more than the codes where servers use one code for many things. */
const BY_WORDS: readonly (readonly [RegExp, Failure])[] = [
  [FULL, 'mailbox_full'],
  [/message (?:is )?too (?:large|big)|size (?:limit )?exceed|exceeds? (?:the )?(?:maximum |fixed )?(?:message )?size|message file too big/i, 'too_large'],
  [/spam|blocklist|black ?list|blocked using|dnsbl|rbl\b|reputation|unsolicited|spamhaus|barracuda|content rejected|virus|malware/i, 'spam'],
  [/spf|dkim|dmarc|unauthenticated|authentication (?:check|is required by policy)|sender (?:address )?(?:rejected|verify failed|not allowed)|not allowed to send|relay(?:ing)? (?:access )?denied|send as/i, 'refused_sender'],
  [/disabled|deactivated|inactive|suspended|account (?:is )?closed|no longer (?:active|available|in use)/i, 'closed'],
  [/too many recipients/i, 'too_many_recipients'],
  [/(?:user|mailbox|recipient|address|account|local part)[^.;]{0,40}(?:unknown|not found|does ?n[o']t exist|not exist|invalid|unavailable|rejected)|no such (?:user|person|mailbox|recipient|address)|unknown (?:user|recipient|local part)|unrouteable/i, 'no_such_address'],
  [/(?:domain|host)(?: name)? (?:not found|unknown|does ?n[o']t exist)|nxdomain|no mx|unable to (?:lookup|resolve)|null mx|does not accept mail/i, 'no_such_host'],
];

/** RFC 3463: the last two figures of the enhanced code. */
const BY_ENHANCED: Readonly<Record<string, Failure>> = {
  '1.0': 'no_such_address', '1.1': 'no_such_address', '1.2': 'no_such_host', '1.3': 'no_such_address', '1.6': 'closed', '1.8': 'refused_sender', '1.7': 'refused_sender', '1.10': 'no_such_host',
  '2.1': 'closed', '2.2': 'mailbox_full', '2.3': 'too_large', '3.4': 'too_large', '4.4': 'no_such_host', '5.3': 'too_many_recipients',
  '7.0': 'spam', '7.1': 'spam', '7.8': 'our_relay', '7.20': 'refused_sender', '7.23': 'refused_sender', '7.25': 'refused_sender', '7.26': 'refused_sender',
};
const BY_REPLY: Readonly<Record<string, Failure>> = {
  '535': 'our_relay', '530': 'our_relay', '534': 'our_relay', '550': 'no_such_address', '551': 'no_such_address', '552': 'mailbox_full', '553': 'no_such_address', '554': 'spam', '521': 'no_such_host', '556': 'no_such_host',
};

/**
 * What the other server's words mean for somebody who does not know mail servers. Words that only asked to come back, or
 * that no server said, and still were the last ones, mean that two days went by.
 */
export function failureOf(words: string): Failure {
  const text = words.slice(0, 2000);
  const { reply, status } = codesIn(text);
  if (isAskedToWait(reply, text)) return FULL.test(text) ? 'mailbox_full' : 'waited_too_long';
  if (reply === '' && status === '' && SILENT.test(text)) return RELAY.test(text) ? 'our_relay' : 'waited_too_long';
  return BY_WORDS.find(([pattern]) => pattern.test(text))?.[1] ?? BY_ENHANCED[status] ?? BY_REPLY[reply] ?? 'not_understood';
}

/** `550` and, of an enhanced `5.1.1`, the `1.1`; empty where there is none. */
function codesIn(text: string): { reply: string; status: string } {
  const both = /(?:^|[\s:;>])([245]\d\d)(?:[\s-]+[245]\.(\d{1,3}\.\d{1,3}))?\b/.exec(text);
  return { reply: both?.[1] ?? '', status: both?.[2] ?? /\b[245]\.(\d{1,3}\.\d{1,3})\b/.exec(text)?.[1] ?? '' };
}

const isAskedToWait = (reply: string, text: string): boolean => reply.startsWith('4') || /^\s*4\.\d/.test(text);

/** Of our own connection to the relay: nobody has looked at the mail. */
const SILENT = /econn|etimedout|enotfound|edns|eauth|did not (?:finish|answer)|connection|greeting|socket|no relay is set up|invalid login|getaddrinfo|tls|certificate/i;
const RELAY = /eauth|invalid login|no relay is set up|certificate|enotfound|getaddrinfo|econnrefused/i;
