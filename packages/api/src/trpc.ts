import { initTRPC, TRPCError, type TRPC_ERROR_CODE_KEY } from '@trpc/server';
import { ZodError } from 'zod';
import { scopeFor } from '@interdomestik/db';
import { DomainError, forbidden, isDomainError, needsFreshProof, unauthenticated, type ErrorCode, type Permission } from '@interdomestik/rules';
import type { Context } from './context';
import { asDomainError } from './database-errors';
import { log, logFailure } from './log';
import { assertFresh } from './second-factor/holder';
import { wire } from './wire';

/** 1. What a procedure says of itself. */
export interface ProcedureMeta {
  /** Who may call it: a row of the permission table. */
  readonly permission: Permission;
  /**
   * The person must have proven within ten minutes who it is; otherwise the answer is FORBIDDEN `errors.session.reauthenticate`. For what the
   * permission table does not ask it of already.
   */
  readonly fresh?: true;
}

/** What a client is told of an error: a key that it says in its own language, never our words or the database's. */
export interface ClientError {
  readonly code: ErrorCode | 'INTERNAL';
  readonly messageKey: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** The input field it belongs to; null when it is about the whole. */
  readonly field: string | null;
  /** Every field that the input schema refused, with its message key. */
  readonly fields: Readonly<Record<string, string>>;
  readonly requestId: string;
}

/** 2. Errors are mapped here and nowhere else. */
const transportCode: Readonly<Record<ErrorCode, TRPC_ERROR_CODE_KEY>> = {
  NOT_FOUND: 'NOT_FOUND',
  FORBIDDEN: 'FORBIDDEN',
  UNAUTHENTICATED: 'UNAUTHORIZED',
  INVALID: 'BAD_REQUEST',
  CONFLICT: 'CONFLICT',
  RATE_LIMITED: 'TOO_MANY_REQUESTS',
  UNAVAILABLE: 'SERVICE_UNAVAILABLE',
};

function fieldsOf(cause: unknown): Record<string, string> {
  if (!(cause instanceof ZodError)) return {};
  return Object.fromEntries(cause.issues.map((issue) => [issue.path.join('.'), issue.message]));
}

/** The client's view of anything thrown. */
export function describeError(error: TRPCError, requestId: string): ClientError {
  const { cause } = error;
  if (isDomainError(cause)) {
    return { code: cause.code, messageKey: cause.messageKey, params: cause.params, field: cause.field ?? null, fields: cause.field === undefined ? {} : { [cause.field]: cause.messageKey }, requestId };
  }
  if (error.code === 'BAD_REQUEST' || error.code === 'PARSE_ERROR') {
    return { code: 'INVALID', messageKey: 'errors.invalid', params: {}, field: null, fields: fieldsOf(cause), requestId };
  }
  if (error.code === 'NOT_FOUND') return { code: 'NOT_FOUND', messageKey: 'errors.notFound', params: {}, field: null, fields: {}, requestId };
  return { code: 'INTERNAL', messageKey: 'errors.internal', params: {}, field: null, fields: {}, requestId };
}

const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    transformer: wire,
    isServer: true,
    errorFormatter({ shape, error, ctx }) {
      const client = describeError(error, ctx?.requestId ?? '');
      // the built-in text and stack would carry our internals
      return { ...shape, message: client.messageKey, data: { code: shape.data.code, httpStatus: shape.data.httpStatus, error: client } };
    },
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** 3. The ladder. Each step narrows the context, so that no use-case checks again what a step has proven. */
const mapErrors = t.middleware(async ({ next, ctx, path }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  if (cause instanceof ZodError) return result;
  const domain = isDomainError(cause) ? cause : asDomainError(cause);
  if (domain === null) {
    if (result.error.code === 'INTERNAL_SERVER_ERROR') logFailure(ctx.requestId, path, cause ?? result.error);
    return result;
  }
  // who asked for what they may not do, by ids alone: a pattern of these is how a search for holes looks
  if (domain.code === 'FORBIDDEN') log.warn({ requestId: ctx.requestId, where: path, tenantId: ctx.scope?.tenantId ?? ctx.site?.tenantId ?? null, actorId: ctx.scope?.actor.id ?? null, reason: domain.messageKey }, 'access denied');
  throw new TRPCError({ code: transportCode[domain.code], message: domain.messageKey, cause: domain });
});

/** Anybody, on any host of ours. */
export const publicProcedure = t.procedure.use(mapErrors);

// Each step narrows the context of the one before; a procedure takes its whole way up in one middleware, since each costs like a small query.
const atSite = (ctx: Context) => {
  if (ctx.site === null) throw new DomainError('NOT_FOUND', 'errors.notFound');
  return { site: ctx.site };
};

const signedIn = (ctx: Context): Context => {
  if (ctx.scope === null && ctx.platform === null) throw unauthenticated();
  return ctx;
};

const entering = (ctx: Context): Context => {
  if (ctx.pending === null) return signedIn(ctx);
  return ctx;
};

const inTenant = (ctx: Context, meta: ProcedureMeta | undefined) => {
  const { scope } = signedIn(ctx);
  if (scope === null) throw unauthenticated();
  if (meta === undefined) throw new Error('a procedure without a permission');
  const reaching = scopeFor(scope, meta.permission);
  if (reaching === null) throw forbidden();
  if (meta.fresh === true || needsFreshProof(meta.permission)) assertFresh(scope.verifiedAt, ctx.now);
  return { scope: reaching };
};

const asStaff = (ctx: Context, meta: ProcedureMeta | undefined) => {
  const { scope } = inTenant(ctx, meta);
  if (scope.reach.kind === 'self' || scope.reach.kind === 'public') throw forbidden();
  return { scope };
};

const asPlatform = (ctx: Context, meta: ProcedureMeta | undefined) => {
  if (ctx.platform === null) throw unauthenticated();
  if (meta?.fresh === true) assertFresh(ctx.platform.session?.verifiedAt ?? null, ctx.now);
  return { platform: ctx.platform };
};

const atConsoleDoor = (ctx: Context): Context => {
  if (ctx.site !== null || ctx.app !== 'admin') throw new DomainError('NOT_FOUND', 'errors.notFound');
  return ctx;
};

/** Anybody, on the host of a tenant: `ctx.site` is that tenant as a visitor sees it. */
export const siteProcedure = publicProcedure.use(({ ctx, next }) => next({ ctx: atSite(ctx) }));

/** A person who is signed in, inside a tenant or as a super admin. */
export const authedProcedure = publicProcedure.use(({ ctx, next }) => next({ ctx: signedIn(ctx) }));

/** As `authedProcedure`, and somebody whose second factor is still to come as well: for the way there alone. */
export const enteringProcedure = publicProcedure.use(({ ctx, next }) => next({ ctx: entering(ctx) }));

/** A signed-in person of one tenant who holds the procedure's permission; the scope reaches as far as that permission does. */
export const tenantProcedure = publicProcedure.use(({ ctx, meta, next }) => next({ ctx: inTenant(ctx, meta) }));

/** Staff: the whole tenant, one branch, or an agent's own. Members are refused, whatever they hold. */
export const branchProcedure = publicProcedure.use(({ ctx, meta, next }) => next({ ctx: asStaff(ctx, meta) }));

/** A super admin, outside every tenant. */
export const platformProcedure = publicProcedure.use(({ ctx, meta, next }) => next({ ctx: asPlatform(ctx, meta) }));

/** Anybody before the console, on its own host alone; on the host of a tenant and in the member portal there is no such procedure. */
export const consoleDoorProcedure = publicProcedure.use(({ ctx, next }) => next({ ctx: atConsoleDoor(ctx) }));
