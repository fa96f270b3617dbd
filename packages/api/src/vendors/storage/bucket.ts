import { DomainError } from '@interdomestik/rules';
import { env } from '../../env';
import type { ApiEnv } from '../../env';

/** One app of the provider and where it is reached; the cloud when only the token is given. */
export type UploadBucket = {
  readonly token: string;
  readonly ingestUrl?: string | undefined;
  readonly apiUrl?: string | undefined;
  readonly ufsHost?: string | undefined;
  readonly ufsAppIdLocation?: 'path' | 'subdomain' | undefined;
  /** Where the provider reports an arrived file; the address of the request when absent. */
  readonly callbackUrl?: string | undefined;
  /** True lets the library itself carry the callback, for a machine that the provider cannot reach. */
  readonly isDev?: boolean | undefined;
};

/** Chooses the bucket of a tenant. Today all share one, under paths of their own. */
export type BucketFor = (tenantId: string) => UploadBucket;

/** The bucket of the environment. Throws DomainError UNAVAILABLE when UPLOADTHING_TOKEN is not set. */
export function sharedBucket(settings: ApiEnv = env): UploadBucket {
  if (settings.UPLOADTHING_TOKEN === undefined) {
    throw new DomainError('UNAVAILABLE', 'errors.storage.unavailable', { cause: new Error('UPLOADTHING_TOKEN is not set') });
  }
  return {
    token: settings.UPLOADTHING_TOKEN,
    ingestUrl: settings.UPLOADTHING_INGEST_URL,
    apiUrl: settings.UPLOADTHING_API_URL,
    ufsHost: settings.UPLOADTHING_UFS_HOST,
    ufsAppIdLocation: settings.UPLOADTHING_UFS_APP_ID_LOCATION,
    callbackUrl: settings.UPLOADTHING_CALLBACK_URL,
    isDev: settings.UPLOADTHING_IS_DEV === 'true',
  };
}

/** The library's own settings for a bucket, without what is absent: an absent value must not hide a default. */
export function libraryConfig(bucket: UploadBucket) {
  return {
    token: bucket.token,
    ...(bucket.ingestUrl !== undefined && { ingestUrl: bucket.ingestUrl }),
    ...(bucket.apiUrl !== undefined && { apiUrl: bucket.apiUrl }),
    ...(bucket.ufsHost !== undefined && { ufsHost: bucket.ufsHost }),
    ...(bucket.ufsAppIdLocation !== undefined && { ufsAppIdLocation: bucket.ufsAppIdLocation }),
  };
}
