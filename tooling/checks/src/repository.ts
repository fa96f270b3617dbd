import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { source, type Source } from './source';

/** The checkout that the checks read. */
export const repoRoot = resolve(import.meta.dirname, '../../..');

/** Text of a file of the repository. */
export const textOf = (path: string): string => readFileSync(join(repoRoot, path), 'utf8');

let listed: string[] | undefined;
/** Paths of all files that are committed or about to be; what git ignores is nobody's rule. */
export function repositoryFiles(): string[] {
  listed ??= execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'], { cwd: repoRoot, encoding: 'utf8' })
    .split('\0')
    .filter((path) => path !== '')
    .filter((path) => {
      try {
        readFileSync(join(repoRoot, path));
        return true;
      } catch {
        return false; // deleted, and the deletion is not committed yet
      }
    });
  return listed;
}

let parsed: Source[] | undefined;
/** All TypeScript and JavaScript sources of the repository, parsed once. */
export function sources(): Source[] {
  parsed ??= repositoryFiles()
    .filter((path) => /\.(?:[cm]?[jt]s|tsx)$/u.test(path) && !/\.d\.[cm]?ts$/u.test(path))
    .map((path) => source(path, textOf(path)));
  return parsed;
}
