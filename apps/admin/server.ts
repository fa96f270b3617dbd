import { builtConfig, closeProcess, serve, startProcess } from '@interdomestik/api/http';
import { authEnv } from '@interdomestik/auth';
import { env, port, setMode } from './src/env';
import { app, trpcHandler } from './src/server/app';

const dev = process.argv.includes('--dev');
// every page is loaded before the first visitor comes where visitors are waited for
setMode(dev, dev ? {} : builtConfig(process.cwd(), { preloadEntriesOnStart: env.APP_ENV === 'production' }));
// refuses to start without a real secret or with a login that walls do not bind, before anything listens
await startProcess(authEnv);
// loaded only now: Next reads its mode when it is loaded
const { default: next } = await import('next');
await serve({
  name: app, port, host: env.HOST, behindProxy: env.TRUST_PROXY === '1', trpc: trpcHandler, webhooks: false,
  pages: async (httpServer) => {
    const pages = next({ dev, dir: process.cwd(), hostname: 'localhost', port, httpServer });
    await pages.prepare();
    return { handle: pages.getRequestHandler(), close: () => pages.close() };
  },
  close: closeProcess,
});
