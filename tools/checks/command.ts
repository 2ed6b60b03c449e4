import { execFile } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');
const LIMIT_MS = 300_000;

export type Outcome = { code: number; stdout: string; stderr: string };

/** Runs the script of an installed package under this Node. */
export function execute(script: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = { cwd: ROOT, timeout: LIMIT_MS, maxBuffer: 256 * 1024 * 1024, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' } };
    execFile(process.execPath, [join(ROOT, 'node_modules', script), ...args], options, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : 1;
      resolve({ code: error ? code : 0, stdout, stderr: error && stderr === '' && stdout === '' ? error.message : stderr });
    });
  });
}

/** A tool whose exit code says whether all is well. */
export async function command(script: string, args: readonly string[]): Promise<string[]> {
  const { code, stdout, stderr } = await execute(script, args);
  return code === 0 ? [] : [`${stdout}${stderr}`.trim()];
}
