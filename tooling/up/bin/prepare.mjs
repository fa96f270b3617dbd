// Runs before node_modules exists: Node's own modules only.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const repoRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const modules = join(repoRoot, 'node_modules');
const stamp = join(modules, '.idm-lock');
const installing = join(repoRoot, '.data', 'install.pid');

/** Ends the process with one line on stderr and exit code 1. */
export function fail(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

/** Whether `version` ("v20.20.2") is at least 20.19. */
export function nodeIsNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 19);
}

/** Whether the packages on disk are the ones the lock file names. Optional ones may be missing: they belong to other platforms. */
export function matchesLock(lock, installed) {
  return Object.entries(lock.packages).every(([path, entry]) => {
    if (!path.includes('node_modules/') || entry.link || entry.optional || entry.devOptional || entry.peer) return true;
    return installed.packages[path]?.version === entry.version;
  });
}

function isInstalled(lockText, hash) {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return true;
  // npm keeps its own record of what it put there, so an `npm install` made by hand is not repeated
  const record = join(modules, '.package-lock.json');
  if (!existsSync(record)) return false;
  if (!matchesLock(JSON.parse(lockText), JSON.parse(readFileSync(record, 'utf8')))) return false;
  writeFileSync(stamp, hash);
  return true;
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Two commands started at once install once: the second waits for the first. Returns whether an earlier installation was cut off. */
function lockInstall() {
  mkdirSync(dirname(installing), { recursive: true });
  for (let said = false, cutOff = false; ; ) {
    try {
      writeFileSync(installing, String(process.pid), { flag: 'wx' });
      return cutOff;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const owner = existsSync(installing) ? Number(readFileSync(installing, 'utf8')) : 0;
      if (owner > 0 && !alive(owner)) {
        rmSync(installing, { force: true });
        cutOff = true;
        continue;
      }
      if (!said) process.stderr.write(`Waiting for the installation that process ${owner} is making ...\n`);
      said = true;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    }
  }
}

function install() {
  // npm names its own script when it started us; without it the shell finds npm, also on Windows
  const script = process.env.npm_execpath;
  const useScript = script !== undefined && script.endsWith('npm-cli.js');
  const [command, args] = useScript ? [process.execPath, [script, 'ci']] : ['npm', ['ci']];
  // stdout stays clean for commands whose output is a value, such as db:url
  const done = spawnSync(command, args, {
    cwd: repoRoot,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && !useScript,
    env: { ...process.env, NODE_ENV: '' },
  });
  if (done.error?.code === 'ENOENT') fail('npm was not found. Install Node.js 20.19 or newer together with npm.');
  if (done.status !== 0) fail('npm ci failed. Its message stands above; the command stops here.');
}

/** Makes sure that this Node is new enough and that the packages of the lock file are installed. */
export function prepare() {
  if (!nodeIsNewEnough(process.version)) fail(`Node.js 20.19 or newer is needed; this is ${process.version}.`);
  const lockText = readFileSync(join(repoRoot, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lockText).digest('hex');
  // while another command installs, what is there so far says nothing
  if (!existsSync(installing) && isInstalled(lockText, hash)) return;
  const cutOff = lockInstall();
  try {
    if (!cutOff && isInstalled(lockText, hash)) return;
    const started = Date.now();
    process.stderr.write('Installing packages (npm ci), about half a minute ...\n');
    install();
    writeFileSync(stamp, hash);
    process.stderr.write(`Packages installed in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  } finally {
    rmSync(installing, { force: true });
  }
}

/** Prepares, then runs a TypeScript file of the repository in this process, so that signals reach it directly. */
export async function runTypeScript(file, args) {
  prepare();
  process.chdir(repoRoot);
  const path = join(repoRoot, file);
  if (!existsSync(path)) fail(`${file} does not exist in this checkout.`);
  process.argv = [process.execPath, path, ...args];
  const { register } = await import(pathToFileURL(join(modules, 'tsx/dist/esm/api/index.mjs')).href);
  register();
  await import(pathToFileURL(path).href);
}
