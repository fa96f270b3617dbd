import { createHash } from 'node:crypto';
import { documentKindSchema, DomainError, invalid, isDomainError, isId } from '@interdomestik/rules';
import { UTFiles, UploadThingError, createRouteHandler, createUploadthing } from 'uploadthing/server';
import { z } from 'zod';
import { libraryConfig, sharedBucket } from './bucket';
import type { UploadBucket } from './bucket';
import { requireTenantPath, storageEntities } from './path';
import { isAllowedMime, sniff } from './sniff';
import type { AllowedMime } from './sniff';
import type { Storage } from './storage';

/** What the client says about an upload beside the file itself. */
export const uploadInputSchema = z.object({
  entity: z.enum(storageEntities),
  entityId: z.string().refine(isId, { error: 'errors.id' }),
  /** What the file is, by the member's word. */
  kind: documentKindSchema.optional(),
});
export type UploadInput = z.output<typeof uploadInputSchema>;

/** The client's word about its file; only the size is binding, because the store refuses another one. */
export type AnnouncedFile = { readonly name: string; readonly sizeBytes: number; readonly mime: AllowedMime };

export type UploadGrant = {
  readonly tenantId: string;
  readonly documentId: string;
  /** Made by `storagePath` for this tenant and document. */
  readonly path: string;
  readonly maxBytes: number;
};

export type ArrivedFile = Omit<UploadGrant, 'maxBytes'> & { readonly storageKey: string; readonly fileName: string } & (
    | { readonly status: 'stored'; readonly mime: AllowedMime; readonly sizeBytes: number; /** Hex. */ readonly sha256: string }
    | { readonly status: 'rejected'; /** Message key; the file has been deleted. */ readonly reason: string }
  );

export type UploadHandlerDeps = {
  readonly storage: Storage;
  /**
   * Decides from the request's own session whether this upload may be, and writes the pending document row.
   * Refuses by throwing DomainError; its message key reaches the client.
   */
  readonly authorise: (request: Request, input: UploadInput, file: AnnouncedFile) => Promise<UploadGrant>;
  /** Records what arrived. Runs on the provider's signed call, without a session; may run twice for one file. */
  readonly complete: (file: ArrivedFile) => Promise<void>;
  /** Hears what went wrong where the provider's library would only print it. */
  readonly report: (error: unknown) => void;
  readonly bucket?: UploadBucket;
};

/** What the uploader learns at the end. */
export type UploadOutcome = { documentId: string; status: 'stored' } | { documentId: string; status: 'rejected'; reason: string };

const limits = { maxFileSize: '16MB', maxFileCount: 1, contentDisposition: 'inline', acl: 'private' } as const;

const codes = {
  NOT_FOUND: 'NOT_FOUND',
  FORBIDDEN: 'FORBIDDEN',
  UNAUTHENTICATED: 'FORBIDDEN',
  INVALID: 'BAD_REQUEST',
  CONFLICT: 'BAD_REQUEST',
  RATE_LIMITED: 'BAD_REQUEST',
  UNAVAILABLE: 'INTERNAL_SERVER_ERROR',
} as const;

function asUploadError(error: unknown, report: (error: unknown) => void): Error {
  if (isDomainError(error)) return new UploadThingError({ code: codes[error.code], message: error.messageKey });
  report(error);
  return new UploadThingError({ code: 'INTERNAL_SERVER_ERROR', message: 'errors.unavailable' });
}

function announced(file: { name: string; size: number; type: string }): AnnouncedFile {
  if (!isAllowedMime(file.type)) throw invalid('file', 'errors.storage.type');
  if (file.size < 1) throw invalid('file', 'errors.storage.empty');
  return { name: file.name, sizeBytes: file.size, mime: file.type };
}

async function examine(storage: Storage, arrived: Omit<UploadGrant, 'maxBytes'> & { storageKey: string; fileName: string }, maxBytes: number): Promise<ArrivedFile> {
  let reason: string;
  try {
    const bytes = await storage.fetchBytes(arrived, maxBytes);
    const found = await sniff(bytes);
    if (found && arrived.path.endsWith(`.${found.extension}`)) {
      return { ...arrived, status: 'stored', mime: found.mime, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    }
    reason = 'errors.storage.type';
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'INVALID') throw error;
    reason = error.messageKey;
  }
  await storage.remove(arrived);
  return { ...arrived, status: 'rejected', reason };
}

function createUploadRouter({ storage, authorise, complete, report }: UploadHandlerDeps) {
  const build = createUploadthing({ errorFormatter: ({ message }) => ({ message: message.startsWith('errors.') ? message : 'errors.storage.refused' }) });
  return {
    document: build({
      'application/pdf': limits,
      'image/jpeg': limits,
      'image/png': limits,
      'image/webp': limits,
      'image/heic': limits,
    } satisfies Record<AllowedMime, typeof limits>)
      .input(uploadInputSchema)
      .middleware(async ({ req, input, files }) => {
        try {
          const [file, ...others] = files;
          if (file === undefined || others.length > 0) throw invalid('file', 'errors.storage.oneFile');
          const grant = await authorise(req, input, announced(file));
          requireTenantPath(grant.path, grant.tenantId);
          if (file.size > grant.maxBytes) throw invalid('file', 'errors.storage.tooLarge', { maxBytes: grant.maxBytes });
          const { tenantId, documentId, path, maxBytes } = grant;
          return { tenantId, documentId, path, maxBytes, [UTFiles]: [{ ...file, customId: path }] };
        } catch (error) {
          throw asUploadError(error, report);
        }
      })
      .onUploadComplete(async ({ file, metadata }): Promise<UploadOutcome> => {
        const { tenantId, documentId, path, maxBytes } = metadata;
        try {
          const arrived = await examine(storage, { tenantId, documentId, path, storageKey: file.key, fileName: file.name }, maxBytes);
          await complete(arrived);
          return arrived.status === 'stored' ? { documentId, status: 'stored' } : { documentId, status: 'rejected', reason: arrived.reason };
        } catch (error) {
          report(error);
          return { documentId, status: 'rejected', reason: 'errors.storage.unavailable' };
        }
      }),
  };
}

/** For the browser: `generateReactHelpers<UploadRouter>()`, endpoint `document`, input `UploadInput`. Import as a type only. */
export type UploadRouter = ReturnType<typeof createUploadRouter>;

/**
 * The route that browsers and the store talk to (GET and POST of one address). It prepares an upload for what `authorise` grants, under
 * a path that the server made; when the bytes are there it looks at them, deletes what is not an allowed type or is too big, and tells `complete`.
 */
export function createUploadHandler(deps: UploadHandlerDeps): (request: Request) => Promise<Response> {
  let handler: ((request: Request) => Promise<Response>) | undefined;
  const make = () => {
    const bucket = deps.bucket ?? sharedBucket();
    const { callbackUrl, isDev = false } = bucket;
    // it logs signed addresses at its usual level
    const config = { ...libraryConfig(bucket), logLevel: 'Error' as const, isDev, ...(callbackUrl !== undefined && { callbackUrl }) };
    return createRouteHandler({ router: createUploadRouter(deps), config });
  };
  return (request) => {
    handler ??= make();
    return handler(request);
  };
}
