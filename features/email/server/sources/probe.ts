import { AppError } from '../../../../kernel/errors.ts';
import type { ImapPlace } from '../../../../platform/mail/imap.ts';
import { verifyRelay, type RelayPlace } from '../../../../platform/mail/relay.ts';
import { troubleOf } from '../../../../platform/mail/trouble.ts';
import type { ConnectionTest } from '../../core/contract.ts';
import type { Entrance, Open } from './opening.ts';

const AT_ONCE = 5;
const MAX_FOLDERS = 200;
let running = 0;

const FINE: ConnectionTest = { ok: true, trouble: null, folders: [] };

/** Signs in, looks whether the folders are there, and leaves. */
export const probeImap = (place: ImapPlace & { folders: readonly string[] }, { open, entrance }: { open: Open; entrance: Entrance }): Promise<ConnectionTest> =>
  probe(place.host, async () => {
    const client = await open(place, entrance);
    try {
      const there = (await client.list()).filter(({ flags }) => !flags.has('\\Noselect')).map(({ path }) => path);
      const missing = place.folders.find((name) => !there.some((path) => path === name || (name.toLowerCase() === 'inbox' && path.toLowerCase() === 'inbox')));
      const folders = there.slice(0, MAX_FOLDERS);
      return missing === undefined ? { ...FINE, folders } : { ok: false, trouble: { code: 'no_folder', words: missing }, folders };
    } finally {
      client.close();
    }
  });

export async function probeRelay(target: string | RelayPlace | null): Promise<ConnectionTest> {
  if (target === null) return { ok: false, trouble: { code: 'no_relay', words: '' }, folders: [] };
  return probe(typeof target === 'string' ? new URL(target).hostname : target.host, async () => {
    await verifyRelay(target);
    return FINE;
  });
}

async function probe(host: string, look: () => Promise<ConnectionTest>): Promise<ConnectionTest> {
  if (running >= AT_ONCE) throw new AppError('rate_limited', 'source.busy', 'Several connections are being tried at the moment; try again in a few seconds.');
  running += 1;
  try {
    return await look();
  } catch (error) {
    return { ok: false, trouble: troubleOf(error, host), folders: [] };
  } finally {
    running -= 1;
  }
}
