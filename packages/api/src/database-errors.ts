import { conflict, DomainError, notFound, unavailable } from '@interdomestik/rules';

interface DatabaseFailure {
  readonly code: string;
  readonly constraint?: string;
}

function failureIn(error: unknown): DatabaseFailure | null {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth += 1) {
    const { code, syscall } = current as { code?: unknown; syscall?: unknown };
    if (typeof code !== 'string') continue;
    // asked before the codes of Postgres, whose shape EPIPE has too; a server on a socket that is down is a file that is not there
    if (/^(?:ECONN|EPIPE|ETIMEDOUT|ENOTFOUND)/u.test(code) || (code === 'ENOENT' && syscall === 'connect')) return { code: '08006' };
    if (/^[0-9A-Z]{5}$/u.test(code)) return current as unknown as DatabaseFailure;
  }
  return null;
}

/**
 * What a database error means to a person; null when it is a fault of ours. No text of the database goes along: it would
 * name rows and columns (I-31).
 */
export function asDomainError(error: unknown): DomainError | null {
  const failure = failureIn(error);
  if (failure === null) return null;
  // the branch closed while the call was on its way; the database takes nobody into a closed one
  if (failure.constraint === 'branch_open') return conflict('errors.branch.closed');
  // the service says it first; this is the same moment seen by two
  if (failure.constraint === 'last_admin') return conflict('errors.staff.lastAdmin');
  // a sign that no text may have: what was typed names nothing, whatever it was meant to find
  if (failure.code === '22021' || failure.code === '22P05') return new DomainError('INVALID', 'errors.invalid');
  if (failure.code === '23505') return conflict('errors.alreadyExists');
  // a parent that is not there, or not there for this tenant, looks the same
  if (failure.code === '23503') return notFound();
  if (failure.code === '40001' || failure.code === '40P01' || failure.code === '55P03') return conflict('errors.tryAgain');
  if (failure.code === '57014' || failure.code.startsWith('08') || failure.code.startsWith('53') || failure.code.startsWith('57P')) return unavailable();
  return null;
}

/** True when the error says that something hangs on the row that was to go, or that what a row should hang on is not there. */
export function violatesForeignKey(error: unknown): boolean {
  return failureIn(error)?.code === '23503';
}

/** True when the error is a violation of that unique key or check, so that a service can give it its own meaning. */
export function violates(error: unknown, constraint: string): boolean {
  const failure = failureIn(error);
  return failure !== null && failure.constraint === constraint;
}
