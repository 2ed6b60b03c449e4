import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { AppError } from '../../kernel/errors.ts';
import type { Log } from './sender.ts';

/** In PEM; `cert` with the chain that leads to its authority. */
export type Certificate = { readonly key: string; readonly cert: string };
export type CertificateFiles = { readonly cert: string; readonly key: string };

const LOOK_MS = 30_000;

/**
 * Reads certificate and key, and refuses what cannot be used, in one sentence. One that we signed ourselves, or that has
 * run out, is used: mail servers encrypt without asking who it is, and plain text would be worse.
 */
export async function readCertificate(files: CertificateFiles, log: Log, now = new Date()): Promise<Certificate> {
  const certificate = { cert: await textOf(files.cert, 'certificate'), key: await textOf(files.key, 'key') };
  let parsed: X509Certificate;
  try {
    parsed = new X509Certificate(certificate.cert);
    createSecureContext(certificate);
    if (!parsed.checkPrivateKey(createPrivateKey(certificate.key))) throw new Error('the key belongs to another certificate');
  } catch (error) {
    throw unusable(files.cert, `${files.key} do not fit together or are not in PEM (${(error as Error).message})`);
  }
  if (parsed.validToDate < now) log.warn({ file: files.cert, until: parsed.validTo }, 'the certificate for incoming mail has run out; renew it');
  return certificate;
}

/** Looks every half minute whether the files were renewed, and hands over what is good; what is not leaves the old one in use. */
export function watchCertificate(files: CertificateFiles, { use, log }: {
  use: (certificate: Certificate) => void; log: Log;
}) {
  let seen: string | null = null;

  async function look(): Promise<void> {
    const marks = await Promise.all([files.cert, files.key].map(async (path) => {
      const { mtimeMs, ino, size } = await stat(path);
      return `${mtimeMs} ${ino} ${size}`;
    }));
    const mark = marks.join('\n');
    const before = seen;
    seen = mark;
    if (before !== null && before !== mark) use(await readCertificate(files, log));
  }

  const again = (): Promise<void> => look().catch((error: unknown) => {
    log.warn({ err: error }, 'the renewed certificate for incoming mail cannot be used; the one before stays in use');
  });
  const first = again();
  const timer = setInterval(() => { void again(); }, LOOK_MS).unref();
  return {
    /** What is done every half minute; resolves when it has been done. */
    look: (): Promise<void> => first.then(again),
    stop: (): void => { clearInterval(timer); },
  };
}

async function textOf(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw unusable(path, `the ${what} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}

const unusable = (path: string, why: string): AppError =>
  new AppError('invalid', 'config.smtp_certificate_unusable', `${path}: ${why}; give RAPPORT_SMTP_CERTIFICATE and RAPPORT_SMTP_KEY files that belong together and that this account may read.`);
