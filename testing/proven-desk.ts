import { createHmac, generateKeyPairSync, hkdfSync } from 'node:crypto';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { createTokens } from '../features/email/server/tokens.ts';
import { testApp } from './test-app.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'der' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
/** Domains that sign what they send and disown the rest. */
const PROVEN = ['home.example', 'desk.example', 'evil.example'];
const TXT = new Map(PROVEN.flatMap((domain) => [
  [domain, 'v=spf1 -all'], [`_dmarc.${domain}`, 'v=DMARC1; p=reject'], [`s1._domainkey.${domain}`, `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`],
] as const));
const resolver = async (name: string, type: string): Promise<string[][]> => {
  const found = type === 'TXT' ? TXT.get(name) : undefined;
  if (found === undefined) throw Object.assign(new Error(`no ${type} for ${name}`), { code: 'ENOTFOUND' });
  return [[found]];
};

export type Letter = { from: string; to?: string; cc?: string; subject?: string; text?: string; messageId?: string; headers?: readonly string[]; raw?: string; envelopeFrom?: string; /** By whoever hands the signed letter on. */ added?: { above?: string; below?: string }; envelopeTo?: readonly string[] };
type Arrived = { id: string; state: string; reason: string | null; ticketId: string | null; entryId: string | null; entry: { type: string; direction: string; text: string; notice: string | null; author: { kind: string; name: string; address: string | null }; authentication: { verdict: string } | null } };
let letters = 0;

/** The desk behind a public mail server: what comes from proven domains is signed or (`forge`) disowned. */
export async function provenDesk() {
  const app = await testApp({ relay: true, settings: { mailResolver: resolver, mailbox: 'support@desk.test' } });

  async function arrives(letter: Letter, signed: boolean): Promise<Arrived> {
    const bare = rawOf(letter);
    const signingDomain = letter.from.replace(/.*@|>$/g, '');
    const { above = '', below = '' } = letter.added ?? {};
    const key = { signingDomain, selector: 's1', privateKey, ...(below !== '' && { maxBodyLength: bare.length - bare.indexOf('\r\n\r\n') - 4 }) };
    const raw = `${above}${signed ? (await dkimSign(bare, { ...key, signatureData: [key] })).signatures : ''}${bare}${below}`;
    // Any public address; nothing is sent there.
    await app.email.door.accept({
      envelopeFrom: letter.envelopeFrom ?? letter.from.replace(/.*<|>$/g, ''), envelopeTo: letter.envelopeTo ?? ['support@desk.test'], raw: Buffer.from(raw), client: { address: '8.8.4.4', name: 'mx.example' },
    });
    await app.email.settled();
    const row = await app.db.owner.selectFrom('inbound_messages').select(['id', 'ticket_id as ticketId', 'entry_id as entryId', 'state', 'reason']).orderBy('id', 'desc').executeTakeFirstOrThrow();
    return { ...row, entry: (await entries(row.ticketId)).find(({ id }) => id === row.entryId) } as Arrived;
  }

  const entries = async (ticketId: string | null) => (ticketId === null ? []
    : (await app.owner.request('GET', `/tickets/${ticketId}/entries`)).body.items as (Arrived['entry'] & { id: string })[]);

  return {
    ...app, entries,
    /** Signed by the domain of its author. */
    mail: (letter: Letter) => arrives(letter, true),
    /** Not signed, from a server that the author's domain does not know. */
    forge: (letter: Letter) => arrives(letter, false),
    ticket: async (id: string | null) => (await app.owner.request('GET', `/tickets/${id}`)).body as { number: number; status: string; mailboxId: string; customer: { email: string }; snippet: string },
    tickets: async () => (await app.owner.request('GET', '/tickets?status=all&sort=created')).body.items as { id: string; number: number; subject: string }[],
    links: async (id: string | null) => (await app.owner.request('GET', `/tickets/${id}/links`)).body.items as { reason: string; side: string; address: string; isOpen: boolean; outcome: string | null; ticket: { id: string; number: number } }[],
    recipients: async (id: string | null) => (await app.owner.request('GET', `/tickets/${id}/recipients`)).body as { to: { address: string }[]; cc: { address: string }[] },
    mailbox: async (address: string): Promise<string> => (await app.owner.request('GET', '/mailboxes')).body.items.find((one: { address: string }) => one.address === address).id,
    /** Answers, and returns the mail as it left. */
    async answered(ticketId: string | null, text = 'Our answer.') {
      const { status } = await app.owner.request('POST', `/tickets/${ticketId}/replies`, { text });
      if (status !== 201) throw new Error(`the answer was refused with ${status}`);
      app.passMachine(11);
      await app.sender.sendDue();
      return app.sink.received.at(-1)!.mail;
    },
    /** The tokens of this desk, for what it does not send by itself yet. */
    tokens: createTokens([Buffer.from(hkdfSync('sha256', app.settings.secret, 'rapport', 'mail-token', 32))], app.machineNow),
  };
}

function rawOf({ from, to = 'support@desk.test', cc, subject = 'A question', text = 'Hello, please help me.', messageId, headers = [], raw }: Letter): string {
  const unique = createHmac('sha256', 'letters').update(String(letters += 1)).digest('hex').slice(0, 16);
  if (raw !== undefined) return raw;
  return [
    `From: ${from}`, `To: ${to}`, ...(cc === undefined ? [] : [`Cc: ${cc}`]), `Subject: ${subject}`, 'Date: Mon, 02 Mar 2026 09:00:00 +0000',
    `Message-ID: ${messageId ?? `<${unique}@mail.example>`}`, ...headers, ...(headers.some((one) => /^content-type/i.test(one)) ? [] : ['Content-Type: text/plain; charset=utf-8']), '', text, '',
  ].join('\r\n');
}
