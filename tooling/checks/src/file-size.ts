import type { Finding } from './source';

/** Why: a file that a person cannot hold in the head gets a second place for the same thing. Split it by verb or by part. */
const rule = 'file-size';
export const limit = 400;
/** What 90 of 100 files should stay under. */
export const goal = 200;

/**
 * Named escape: a file of facts rather than of decisions, where a split would only scatter a table. With its reason.
 */
const allowed: Record<string, string> = {};

export const linesOf = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

/** Files over the limit. */
export function sizeFaults(files: readonly { path: string; text: string }[]): Finding[] {
  return files
    .filter(({ path, text }) => linesOf(text) > limit && allowed[path] === undefined)
    .map(({ path, text }) => ({ rule, path, line: limit + 1, message: `${linesOf(text)} lines; no source file has more than ${limit}` }));
}

/** The length that 90 of 100 files stay under. */
export function p90(files: readonly { text: string }[]): number {
  const lengths = files.map(({ text }) => linesOf(text)).sort((a, b) => a - b);
  return lengths[Math.min(lengths.length - 1, Math.floor(lengths.length * 0.9))] ?? 0;
}
