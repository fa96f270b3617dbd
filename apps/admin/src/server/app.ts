import { passwords, identify } from '@interdomestik/auth';
import { createTrpcHandler } from '@interdomestik/api/http';

/** Which portal this is; decides cookie, session and rights. */
export const app = 'admin';

/** The one tRPC handler of this app, mounted ahead of Next and as a Next route. */
export const trpcHandler = createTrpcHandler({ app, identify, passwords });
