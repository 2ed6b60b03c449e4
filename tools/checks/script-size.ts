import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from './command.ts';

const LIMIT_KB = 300;
const BUILT = join(ROOT, 'build/agent');
const WIDGET = join(ROOT, 'build/widget');
const LOADER_KB = 3;
const PANEL_KB = 35;
const NUDGES_KB = 3;

type Manifest = Record<string, { file: string; isEntry?: boolean; imports?: string[]; css?: string[] }>;

export async function scriptSize(): Promise<string[]> {
  return [...await agentSize(), ...await widgetSize()];
}

/** What every page with the chat on it carries, and what opening it costs before its language. */
async function widgetSize(): Promise<string[]> {
  const manifest = JSON.parse(await readFile(join(WIDGET, '.vite/manifest.json'), 'utf8')) as Manifest;
  const panel = [...reachable(manifest, ['src/panel/main.tsx'])].flatMap((key) => [manifest[key]?.file ?? '', ...manifest[key]?.css ?? []]);
  const kbOf = async (files: readonly string[]): Promise<number> =>
    (await Promise.all(files.map(async (file) => gzipSync(await readFile(join(WIDGET, file))).length / 1024))).reduce((sum, kb) => sum + kb, 0);
  const parts = [{ name: 'loader of the chat', kb: await kbOf(['widget.js']), limit: LOADER_KB }, { name: 'part of the chat that speaks first', kb: await kbOf([...reachable(manifest, ['src/nudge.ts'])].map((key) => manifest[key]?.file ?? '')), limit: NUDGES_KB }, { name: 'panel of the chat', kb: await kbOf(panel), limit: PANEL_KB }];
  return parts.filter(({ kb, limit }) => kb > limit).map(({ name, kb, limit }) => `the ${name} has ${kb.toFixed(1)} KB, ${limit} KB are allowed`);
}

/** What a browser must load before the agent app can begin: the entry and all that it imports at once, gzipped. */
async function agentSize(): Promise<string[]> {
  const manifest = JSON.parse(await readFile(join(BUILT, '.vite/manifest.json'), 'utf8')) as Manifest;
  const entries = Object.keys(manifest).filter((key) => manifest[key]?.isEntry && !manifest[key].file.endsWith('sw.js'));
  if (entries.length === 0) return ['the manifest of the agent app names no entry'];
  const sizes = await Promise.all([...reachable(manifest, entries)].map(async (key) => {
    const file = manifest[key]?.file ?? '';
    return { file, kb: gzipSync(await readFile(join(BUILT, file))).length / 1024 };
  }));
  const total = sizes.reduce((sum, { kb }) => sum + kb, 0);
  if (total <= LIMIT_KB) return [];
  const largest = sizes.sort((a, b) => b.kb - a.kb).slice(0, 8).map(({ file, kb }) => `${file} ${kb.toFixed(1)} KB`);
  return [`the agent app begins with ${total.toFixed(1)} KB of script, ${LIMIT_KB} KB are allowed; the largest: ${largest.join(', ')}`];
}

function reachable(manifest: Manifest, entries: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const waiting = [...entries];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    waiting.push(...(manifest[key]?.imports ?? []));
  }
  return seen;
}
