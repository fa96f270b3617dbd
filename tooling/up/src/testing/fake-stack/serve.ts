import { createServer } from 'node:http';
import { seen } from './env';

/** A stand-in for an app: answers its health and shows what it was started with. */
export function serve(port: string | undefined): void {
  const started = Date.now();
  createServer((request, answer) => {
    // not healthy at once, as a real app is not
    answer.statusCode = request.url === '/api/health' && Date.now() - started < 300 ? 503 : 200;
    answer.end(JSON.stringify({ args: process.argv.slice(2), ...seen() }));
  }).listen(Number(port));
}
