import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, fail, pinnedNode, ROOT, run } from './setup.mjs';

try {
  await ensureInstalled('production');
  const node = pinnedNode();
  await ensureBuilt(node);
  const env = { NODE_COMPILE_CACHE: join(ROOT, '.cache/compiled'), ...process.env };
  process.exitCode = await run(node, ['--import', join(ROOT, 'tools/child.mjs'), 'apps/server/main.ts', ...process.argv.slice(2)], { env, ipc: true });
} catch (error) {
  fail(error);
}
