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
  const env = { NODE_COMPILE_CACHE: join(ROOT, '.cache/compiled'), ...process.env };
  process.exitCode = await run(node, ['--import', join(ROOT, 'tools/child.mjs'), ...(script ? [script, ...rest] : ['apps/server/main.ts', ...process.argv.slice(2)])], { env, ipc: true });
} catch (error) {
  fail(error);
}
