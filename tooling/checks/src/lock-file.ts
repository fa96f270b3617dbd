/**
 * Why: new releases often lack the package of another platform; `npm install` then passes here and `npm ci` fails there. And
 * a lock file that names the host it was made with is of no use behind any other registry.
 */
export interface LockEntry {
  version?: string;
  link?: boolean;
  resolved?: string;
  integrity?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

/** The entry that a package at `path` would load for `name`: its own folder first, then every folder above. */
function entryFor(packages: Record<string, LockEntry>, path: string, name: string): LockEntry | undefined {
  for (let folder = path; ; ) {
    const found = packages[folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`];
    if (found !== undefined) return found;
    if (folder === '') return undefined;
    const nested = folder.lastIndexOf('/node_modules/');
    folder = nested >= 0 ? folder.slice(0, nested) : '';
  }
}

/** What is missing from, or must not be in, the packages of a lock file. */
export function lockFaults(packages: Record<string, LockEntry>): string[] {
  const faults: string[] = [];
  for (const [path, entry] of Object.entries(packages)) {
    for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies, ...(path.includes('node_modules/') ? {} : entry.devDependencies) })) {
      if (entryFor(packages, path, name) === undefined) faults.push(`${path || 'the root'} names ${name}, which has no entry`);
    }
    if (entry.resolved !== undefined && entry.link !== true) faults.push(`${path} names where it was downloaded`);
    if (path.includes('node_modules/') && entry.link !== true && (entry.version === undefined || entry.integrity === undefined)) faults.push(`${path} has no version or no integrity`);
  }
  return faults;
}

/** Versions that must be one: a second copy of these breaks at run time, not at install time. */
export const single = ['react', 'react-dom', 'next', 'zod', 'drizzle-orm', '@trpc/server', '@trpc/client', '@tanstack/react-query', 'use-intl', 'superjson'];

/** Packages of `single` that the lock file holds more than once. */
export function duplicates(packages: Record<string, LockEntry>): string[] {
  return single.filter((name) => Object.keys(packages).filter((path) => path.endsWith(`node_modules/${name}`)).length > 1);
}
