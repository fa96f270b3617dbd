import type { AppRouter } from '@interdomestik/api';
import type { inferRouterOutputs } from '@trpc/server';

/** What each procedure answers: `Outputs['claims']['get']`. */
export type Outputs = inferRouterOutputs<AppRouter>;
