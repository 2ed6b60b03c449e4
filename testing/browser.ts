import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import { chromium, type Browser } from 'playwright-core';
import { alone } from '../tools/alone.mjs';

const execute = promisify(execFile);
const CACHE = join(import.meta.dirname, '../.cache');
/** One without windows takes a fifth less of the processor than a whole one that hides its own. */
const INSTALLED = [
  '/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable',
];
/**
 * Every window would load two pages of the browser's own for its address bar, which takes four times what the window takes;
 * and a process begun ahead for a page that may come is mostly thrown away.
 */
const NOT_WANTED = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'SpareRendererForSitePerProcess'];
/** What Playwright turns off by itself; of several lists the last one counts. */
const NOT_WANTED_BY_PLAYWRIGHT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'LensOverlay', 'MediaRouter',
  'PaintHolding', 'ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect', 'OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch',
];
const ARGUMENTS = [
  `--disable-features=${[...NOT_WANTED_BY_PLAYWRIGHT, ...NOT_WANTED].join(',')}`,
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--font-render-hinting=none',
];

/** No page of a journey lives long enough to give back what the optimising compilers take, a sixth of all; whoever measures has them. */
const FOR_JOURNEYS = ['--js-flags=--no-maglev --no-turbofan'];

/**
 * The Chromium of `CHROMIUM_PATH`, else an installed one, else the one that an npm package carries (which
 * `CHROMIUM_PATH=bundled` asks for). The caller closes it.
 */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const { executablePath, env } = await findChromium();
  return chromium.launch({ executablePath, args: [...ARGUMENTS, ...more], env: { ...definedEnvironment(), ...env }, timeout: 60_000 });
}

let shared: Promise<Browser> | undefined;

/** One for all journeys of a test process, which ends with it. */
export const sharedBrowser = (): Promise<Browser> => shared ??= launchBrowser(FOR_JOURNEYS);

type Chromium = { executablePath: string; env: Record<string, string> };

async function findChromium(): Promise<Chromium> {
  const wanted = process.env['CHROMIUM_PATH'] ?? '';
  if (wanted === 'bundled') return unpackedChromium();
  const installed = [wanted, ...INSTALLED].find((path) => path !== '' && existsSync(path));
  return installed === undefined ? unpackedChromium() : { executablePath: installed, env: {} };
}

async function unpackedChromium(): Promise<Chromium> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('no Chromium here: install one, or name it in CHROMIUM_PATH');
  const root = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const folder = join(CACHE, `chromium-${version}`);
  if (!existsSync(folder)) await alone(join(CACHE, 'chromium.lock'), () => unpack(join(root, 'bin'), folder));
  const executablePath = join(folder, 'chromium');
  const env = {
    ...(await needsLibraries(executablePath) && { LD_LIBRARY_PATH: join(folder, 'lib') }),
    ...(!existsSync('/etc/fonts/fonts.conf') && { FONTCONFIG_PATH: folder }),
  };
  return { executablePath, env };
}

async function unpack(archives: string, folder: string): Promise<void> {
  if (existsSync(folder)) return;
  const draft = `${folder}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  for (const name of ['al2023', 'fonts']) {
    const tar = join(draft, `${name}.tar`);
    await inflate(join(archives, `${name}.tar.br`), tar, 0o644);
    await execute('tar', ['-xf', tar, '-C', draft, '--no-same-owner']);
    await rm(tar);
  }
  await inflate(join(archives, 'chromium.br'), join(draft, 'chromium'), 0o755);
  await rename(draft, folder);
}

const inflate = (from: string, to: string, mode: number): Promise<void> =>
  pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to, { mode }));

/** A bare machine has no NSS; the package brings a copy, which must not take the place of the machine's own. */
async function needsLibraries(executablePath: string): Promise<boolean> {
  return execute(executablePath, ['--version']).then(() => false, () => true);
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
