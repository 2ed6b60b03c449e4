// node tools/run.mjs [--web] SCRIPT …: installs what is missing, builds the web app if asked, runs under the pinned Node.
import { delimiter, join } from 'node:path';
import { ensureBuilt, ensureInstalled, fail, pinnedNode, ROOT, run } from './setup.mjs';

try {
  const args = process.argv.slice(2);
  const needsWeb = args[0] === '--web';
  const [script, ...rest] = needsWeb ? args.slice(1) : args;
  await ensureInstalled('all');
  const node = pinnedNode();
  if (needsWeb) await ensureBuilt(node);
  const PATH = [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  process.exitCode = await run(node, [join(ROOT, script), ...rest], { env: { ...process.env, PATH } });
} catch (error) {
  fail(error);
}
