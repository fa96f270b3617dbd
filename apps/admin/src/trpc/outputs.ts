import type { AppRouter } from '@interdomestik/api';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';

/** What each procedure answers: `Outputs['claims']['get']`. */
export type Outputs = inferRouterOutputs<AppRouter>;

/** What each procedure is asked: `Inputs['reports']['export']`. */
export type Inputs = inferRouterInputs<AppRouter>;
