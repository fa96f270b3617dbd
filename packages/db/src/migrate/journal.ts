import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { MigrationError } from './errors';

const journal = z.object({ entries: z.array(z.object({ idx: z.number(), when: z.number(), tag: z.string() })) });

/** One statement of a migration file. */
export interface Statement {
  /** Counted from 1. */
  readonly position: number;
  readonly sql: string;
  readonly hash: string;
  /** Repeated, each time in a transaction of its own, until it affects no row. */
  readonly batch: boolean;
  /** Postgres refuses it inside a transaction. */
  readonly alone: boolean;
}

/** One migration file. */
export interface Migration {
  readonly tag: string;
  readonly file: string;
  /** As drizzle computes it: SHA-256 of the file. */
  readonly hash: string;
  /** The journal's time, milliseconds. */
  readonly when: number;
  /** False: every statement is committed on its own and the file can be resumed. */
  readonly transactional: boolean;
  readonly statements: readonly Statement[];
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const aloneWords = /^\s*(create\s+(unique\s+)?index\s+concurrently|drop\s+index\s+concurrently|reindex\s.*concurrently|vacuum|alter\s+table\s.*detach\s+partition\s.*concurrently)/isu;

function parse(sql: string, position: number): Statement {
  const body = sql.trim();
  const withoutComments = body.replace(/^(\s*--[^\n]*\n)+/u, '');
  return { position, sql: body, hash: sha256(body), batch: /^--\s*@batch\s*$/mu.test(body), alone: aloneWords.test(withoutComments) };
}

/** Reads the migrations that the journal lists, in its order. Throws a line naming the file that is missing or wrong. */
export function readMigrations(dir: string): Migration[] {
  const path = join(dir, 'meta', '_journal.json');
  if (!existsSync(path)) throw new MigrationError(`no journal at ${path}`);
  const { entries } = journal.parse(JSON.parse(readFileSync(path, 'utf8')));
  return [...entries].sort((a, b) => a.idx - b.idx).map((entry) => {
    const file = `${entry.tag}.sql`;
    if (!existsSync(join(dir, file))) throw new MigrationError(`${file} is in the journal but not in ${dir}`);
    const text = readFileSync(join(dir, file), 'utf8');
    const firstLine = text.split('\n', 1)[0] ?? '';
    const directive = /^--\s*@transaction:\s*(\S+)\s*$/u.exec(firstLine)?.[1];
    if (directive !== undefined && directive !== 'none') throw new MigrationError(`${file}: unknown directive @transaction: ${directive}`);
    const transactional = directive !== 'none';
    const statements = text.split('--> statement-breakpoint').map((sql, index) => parse(sql, index + 1)).filter(({ sql }) => hasSql(sql));
    const misplaced = statements.find((one) => transactional && (one.batch || one.alone));
    if (misplaced !== undefined) {
      throw new MigrationError(`${file} statement ${misplaced.position}: @batch and CONCURRENTLY need "-- @transaction: none" as the first line of the file`);
    }
    return { tag: entry.tag, file, hash: sha256(text), when: entry.when, transactional, statements };
  });
}

function hasSql(sql: string): boolean {
  return sql.replace(/--[^\n]*(\n|$)/gu, '').trim() !== '';
}
