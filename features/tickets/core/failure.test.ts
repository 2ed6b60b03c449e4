import { expect, test } from 'vitest';
import { failureOf, type Failure } from './failure.ts';

test.each<[string, Failure]>([
  ['550 5.1.1 <ana@example.org>: Recipient address rejected: User unknown in local recipient table', 'no_such_address'],
  ["550-5.1.1 The email account that you tried to reach does not exist.", 'no_such_address'],
  ['550 No such user here', 'no_such_address'],
  ['550', 'no_such_address'],
  ['552-5.2.2 The email account that you tried to reach is over quota', 'mailbox_full'],
  ['552 5.2.2 mailbox full', 'mailbox_full'],
  ['452 4.2.2 The email account that you tried to reach is over quota', 'mailbox_full'],
  ['552 5.3.4 Message size exceeds fixed limit', 'too_large'],
  ['554 5.7.1 Service unavailable; Client host [203.0.113.9] blocked using zen.spamhaus.org', 'spam'],
  ['550 5.7.26 Unauthenticated email from shop.example is not accepted due to domain\'s DMARC policy', 'refused_sender'],
  ['550 5.7.1 Relaying denied', 'refused_sender'],
  ['550 5.2.1 The email account that you tried to reach is disabled', 'closed'],
  ['5.1.2 bad destination system', 'no_such_host'],
  ['550 5.1.2 Host unknown: Domain not found', 'no_such_host'],
  ['452 4.5.3 Too many recipients', 'waited_too_long'],
  ['451 4.7.1 Greylisted, try again later', 'waited_too_long'],
  ['The relay did not finish in time.', 'waited_too_long'],
  ['connect ECONNREFUSED 127.0.0.1:2526', 'our_relay'],
  ['Invalid login: 535 5.7.8 Authentication failed', 'our_relay'],
  ['No relay is set up for mail from support@shop.example.', 'our_relay'],
  ['<bea@example.org>: 552 5.2.2 full; the others: 250 ok', 'mailbox_full'],
  ['something else', 'not_understood'],
])('"%s" means %s', (words, failure) => {
  expect(failureOf(words)).toBe(failure);
});
