interface LockFile {
  packages: Record<string, { version?: string; link?: boolean; optional?: boolean; devOptional?: boolean; peer?: boolean }>;
}

export const repoRoot: string;
export function fail(line: string): never;
export function nodeIsNewEnough(version: string): boolean;
export function matchesLock(lock: LockFile, installed: LockFile): boolean;
export function prepare(): void;
export function runTypeScript(file: string, args: readonly string[]): Promise<void>;
