import { readFileSync } from 'node:fs';
import { getDomain } from 'tldts';
import { withParents } from '../core/domains.ts';

/** Known to give addresses to anybody, and not in the list: by their own sign-up pages. */
const FURTHER = [
  'dir.bg', 'gbg.bg', 'mail.bg', 'internet.ru', 'narod.ru', 'int.pl', 'buziaczek.pl', 'tutanota.com', 'tutanota.de', 'tuta.com', 'tuta.io', 'keemail.me', 'hey.com', 'mailbox.org', 'posteo.de', 'posteo.net',
  'privaterelay.appleid.com', 'mozmail.com', 'duck.com', 'simplelogin.com', 'passmail.net', 'gmail.com', 'googlemail.com', 'outlook.com', 'hotmail.com', 'live.com', 'yahoo.com', 'icloud.com', 'proton.me', 'protonmail.com',
];

let known: ReadonlySet<string> | null = null;
const domains = (): ReadonlySet<string> =>
  (known ??= new Set([...FURTHER, ...readFileSync(new URL('free-mail-domains.txt', import.meta.url), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'))]));

/** Whether strangers to each other have addresses there: free and throw-away mail, and what stands above them. */
export const isFreeMail = (domain: string): boolean => withParents(domain).some((one) => domains().has(one));

/** Whether others register their own names below it: co.uk, github.io. */
export const isPublicSuffix = (domain: string): boolean => getDomain(domain, { allowPrivateDomains: true }) === null;
