export { askerOf, cookieOf, type Asker, type HeaderSource } from './asker';
export { healthHandler } from './health';
export { contextOf, localeCookie, localeOf, type Identify, type Identity } from './request-context';
export { dataHeaders, securityHeaders } from './security-headers';
export { serve, type PageServer, type ServeOptions } from './serve';
export { createTrpcHandler, foreignOrigin, foreignRequest, maxBatchSize, maxBodyBytes, onFetch, type TrpcHandler, type TrpcHandlerOptions } from './trpc-handler';
export { closeProcess, startProcess } from './process';
export { brandingOf, type Branding } from './branding';
export { logFailure } from '../log';
