import type { Log } from '../../../kernel/log.ts';
import { createPump } from '../../../platform/events/pump.ts';
import type { Routing } from './routing.ts';

const EVERY_MS = 5_000;

/** Says whose browsers are open here, as long as they are. By workspace: the ids of people. */
export function createHeartbeat({ connected, seen, log }: { connected: () => ReadonlyMap<string, ReadonlySet<string>>; seen: Routing['seen']; log: Log }) {
  return createPump({
    async step() {
      for (const [workspaceId, people] of connected()) await seen(workspaceId, [...people].sort());
      return EVERY_MS;
    },
    failed(error) {
      log.warn({ err: error }, 'who is connected could not be written down');
      return EVERY_MS;
    },
  });
}
