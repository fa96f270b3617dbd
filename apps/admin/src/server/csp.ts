import { env } from '../env';

const simulators = [env.PADDLE_API_BASE, env.UPLOADTHING_INGEST_URL, env.UPLOADTHING_UFS_HOST === undefined ? undefined : `http://${env.UPLOADTHING_UFS_HOST}`]
  .filter((address) => address !== undefined)
  .filter((address) => /^http:\/\/(?:localhost|127\.0\.0\.1)[:/]/u.test(`${address}/`))
  .map((address) => new URL(address).origin);

/**
 * The content policy of a page: scripts only with this answer's nonce and what they load themselves, data only to us, the storage and the
 * payment provider. In development React needs eval and the reload socket.
 */
export function contentPolicy(nonce: string, dev: boolean): string {
  const local = [...new Set(simulators)];
  const rules: Readonly<Record<string, readonly string[]>> = {
    'default-src': ["'self'"],
    'script-src': ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(dev ? ["'unsafe-eval'"] : [])],
    // positions and sizes are written as style attributes, which no nonce can allow
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:', 'https://*.ufs.sh', ...local],
    'font-src': ["'self'"],
    'connect-src': ["'self'", 'https://*.ingest.uploadthing.com', 'https://*.paddle.com', ...local, ...(dev ? ['ws:'] : [])],
    // papers that a page was given as bytes are shown from its own memory
    'frame-src': ["'self'", 'blob:', 'https://*.paddle.com', ...local],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
    'base-uri': ["'none'"],
    'object-src': ["'none'"],
  };
  return Object.entries(rules).map(([name, values]) => `${name} ${values.join(' ')}`).join('; ');
}
