import { closeSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const LIMIT_MS = 900_000;

/** Does the work while no other process does; what a killed process left behind does not count. */
export async function alone(lockFile, work) {
  await take(lockFile);
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

async function take(lockFile) {
  mkdirSync(dirname(lockFile), { recursive: true });
  const deadline = Date.now() + LIMIT_MS;
  for (let told = false; !claim(lockFile); told = true) {
    if (Date.now() > deadline) throw new Error(`another process holds ${lockFile} for too long; remove the file if there is none`);
    if (!told) console.log('Waiting for another start that is installing or building …');
    await pause(200);
  }
}

function claim(lockFile) {
  try {
    const file = openSync(lockFile, 'wx');
    writeSync(file, `${process.pid} ${startOf(process.pid)}`);
    closeSync(file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  clearAbandoned(lockFile);
  return false;
}

function clearAbandoned(lockFile) {
  const owner = readText(lockFile);
  // An empty file was made this very moment by a process that has not yet written its name.
  if (owner === '') return;
  const pid = Number.parseInt(owner, 10);
  if (owner === `${pid} ${startOf(pid)}`) return;
  const aside = `${lockFile}.${process.pid}`;
  try {
    renameSync(lockFile, aside);
    // Another process may have cleared it and begun its own work since we looked.
    if (readText(aside) !== owner) linkSync(aside, lockFile);
  } catch { /* somebody else was quicker */ }
  rmSync(aside, { force: true });
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** When the process started: with its number it is unmistakable, also after the number was given out again. */
function startOf(pid) {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').split(' ')[20];
    return process.kill(pid, 0) ? 'alive' : 'dead';
  } catch {
    return 'dead';
  }
}
