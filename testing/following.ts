import { sql } from 'kysely';
import { expect, vi } from 'vitest';
import type { App } from '../apps/server/compose.ts';

/** Starts handing events to followers; what it returns resolves once this one has heard all that happened. */
export async function following(app: Pick<App, 'signals' | 'sequencer' | 'followers' | 'db'>, name: string): Promise<() => Promise<void>> {
  await app.signals.start();
  app.sequencer.start();
  await app.followers.start();
  return () => vi.waitFor(async () => {
    const { rows } = await sql<{ open: number }>`select count(*) as open from events where position is null`.execute(app.db.owner);
    const { reached, followers } = await app.followers.progress();
    expect([rows[0]!.open, followers.find((one) => one.name === name)?.position]).toEqual([0, reached]);
  }, { timeout: 20_000, interval: 20 });
}
