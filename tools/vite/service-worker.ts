import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** Builds the service worker to a file whose name never changes, and tells it what the app consists of. */
export const serviceWorker = ({ source, fileName }: { source: string; fileName: string }): Plugin => ({
  name: 'service-worker',
  apply: 'build',
  buildStart() {
    this.emitFile({ type: 'chunk', id: source, fileName });
  },
  generateBundle(_options, bundle) {
    const worker = bundle[fileName];
    if (worker?.type !== 'chunk') throw new Error(`${fileName} was not built`);
    const names = Object.keys(bundle).filter((name) => /^assets\/.*\.(?:js|css)$/.test(name)).sort();
    const version = createHash('sha256').update(JSON.stringify(names)).update(worker.code).digest('hex').slice(0, 12);
    // What a browser without network cannot do without: the scripts and sheets; fonts and the words of other languages come as they are asked for.
    worker.code = worker.code.replaceAll('__SHELL_FILES__', JSON.stringify(names.map((name) => `/${name}`))).replaceAll('__SHELL_VERSION__', JSON.stringify(version));
  },
});
