import { initTRPC, TRPCError, type TRPC_ERROR_CODE_KEY } from '@trpc/server';
import superjson from 'superjson';
import { ZodError } from 'zod';
import { can, DomainError, forbidden, isDomainError, unauthenticated, type ErrorCode, type Permission } from '@interdomestik/rules';
import type { TenantScope } from '@interdomestik/db';
import type { Context } from './context';
import { asDomainError } from './database-errors';
import { logFailure } from './log';

/** 1. What a procedure says of itself. */
export interface ProcedureMeta {
  /** Who may call it: a row of the permission table. */
  readonly permission: Permission;
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
    transformer: superjson,
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
  throw new TRPCError({ code: transportCode[domain.code], message: domain.messageKey, cause: domain });
});

/** Anybody, on any host of ours. */
export const publicProcedure = t.procedure.use(mapErrors);

/** Anybody, on the host of a tenant: `ctx.site` is that tenant as a visitor sees it. */
export const siteProcedure = publicProcedure.use(({ ctx, next }) => {
  if (ctx.site === null) throw new DomainError('NOT_FOUND', 'errors.notFound');
  return next({ ctx: { ...ctx, site: ctx.site } });
});

/** A person who is signed in, inside a tenant or as a super admin. */
export const authedProcedure = publicProcedure.use(({ ctx, next }) => {
  if (ctx.scope === null && ctx.platform === null) throw unauthenticated();
  return next({ ctx });
});

function permitted(scope: TenantScope, meta: ProcedureMeta | undefined): void {
  if (meta === undefined) throw new Error('a procedure without a permission');
  if (!can(scope.permissions, meta.permission)) throw forbidden();
}

/** A signed-in person of one tenant who holds the procedure's permission. */
export const tenantProcedure = authedProcedure.use(({ ctx, next, meta }) => {
  if (ctx.scope === null) throw unauthenticated();
  permitted(ctx.scope, meta);
  return next({ ctx: { ...ctx, scope: ctx.scope } });
});

/** Staff: the whole tenant, one branch, or an agent's own. Members are refused, whatever they hold. */
export const branchProcedure = tenantProcedure.use(({ ctx, next }) => {
  const { kind } = ctx.scope.reach;
  if (kind === 'self' || kind === 'public') throw forbidden();
  return next({ ctx });
});

/** A super admin, outside every tenant. */
export const platformProcedure = publicProcedure.use(({ ctx, next }) => {
  if (ctx.platform === null) throw unauthenticated();
  return next({ ctx: { ...ctx, platform: ctx.platform } });
});
