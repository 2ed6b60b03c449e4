import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, fail, pinnedNode, ROOT, run } from './setup.mjs';

/** `npm run reseal`: what an operator does beside the server needs no web app. */
const COMMANDS = { reseal: 'apps/server/reseal.ts' };

try {
  const [command, ...rest] = process.argv.slice(2);
  const script = COMMANDS[command];
  await ensureInstalled('production');
  const node = pinnedNode();
  if (!script) await ensureBuilt(node);
  process.exitCode = await run(node, ['--import', join(ROOT, 'tools/child.mjs'), ...(script ? [script, ...rest] : ['apps/server/main.ts', ...process.argv.slice(2)])], { ipc: true });
} catch (error) {
  fail(error);
}
