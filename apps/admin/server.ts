import { closeProcess, serve, startProcess } from '@interdomestik/api/http';
import { authEnv } from '@interdomestik/auth';
import { env, port, setMode } from './src/env';
import { app, trpcHandler } from './src/server/app';

const dev = process.argv.includes('--dev');
setMode(dev);
// refuses to start without a real secret or with a login that walls do not bind, before anything listens
await startProcess(authEnv);
// loaded only now: Next reads its mode when it is loaded
const { default: next } = await import('next');
const pages = next({ dev, dir: import.meta.dirname, hostname: 'localhost', port });
await pages.prepare();
await serve({
  name: app, port, host: env.HOST, behindProxy: env.TRUST_PROXY === '1', trpc: trpcHandler, webhooks: false,
  pages: { handle: pages.getRequestHandler(), upgrade: pages.getUpgradeHandler() },
  close: async () => {
    await pages.close();
    await closeProcess();
  },
});
