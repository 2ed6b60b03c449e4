import type { ARCResult } from 'mailauth';
import { covers } from './covered.ts';
import { inDns } from './header.ts';
import { resultsIn } from './results.ts';

/** Who saw that a message was its author's before it was passed on; `isOpen`: whom it was for besides us, they did not sign. */
export type Word = { readonly sealer: string; readonly isOpen: boolean };

type Set = { readonly sealer: string; readonly results: string };

/**
 * The word of a trusted sealer (RFC 8617) for a message whose author is at `domain`. A chain proves only who sealed it: the
 * newest seal must be of somebody trusted, and so must each between it and the one who saw the author's proof. Whoever is
 * between could have changed what came before.
 */
export function wordOfSealers(arc: ARCResult | false, { domain, trusted, head }: { domain: string; trusted: readonly string[]; head: string }): Word | null {
  if (!arc || arc.status.result !== 'pass' || !arc.signature || !covers(arc.signature, head, ['from', 'subject'])) return null;
  const isOpen = !covers(arc.signature, head, ['from', 'subject', 'to', 'cc']);
  for (const { sealer, results } of setsOf(arc).toReversed()) {
    if (!trusted.includes(sealer)) return null;
    const { dmarc, author } = resultsIn(results);
    if (dmarc === 'pass' && author !== null && inDns(author) === inDns(domain)) return { sealer, isOpen };
  }
  return null;
}

const setsOf = ({ chain = [] }: ARCResult): Set[] => chain.map((set) => ({
  sealer: inDns(textOf(set['arc-seal']?.parsed?.['d']?.value)), results: writtenIn(set['arc-authentication-results']?.original),
}));

/** Without the field's name, the instance, and the name of the server: `ARC-Authentication-Results: i=1; mx.example; …`. */
const writtenIn = (field: Buffer | string | undefined): string => textOf(field).replace(/\r?\n[ \t]+/g, ' ').split(';').slice(2).join(';');

const textOf = (value: unknown): string => (typeof value === 'string' ? value : Buffer.isBuffer(value) ? value.toString('latin1') : '');
