import { createCallerFactory, router } from './trpc';

/** Every procedure of the product. Only this file gathers routers. */
export const appRouter = router({});

export type AppRouter = typeof appRouter;

/** Calls procedures in process, for server components, jobs and tests. */
export const createCaller = createCallerFactory(appRouter);
