import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Pool } from 'pg';
import { env } from './env';

// The calibration: nothing between HTTP and Postgres. GET answers one statement as JSON, POST stores the body in one row.
const { text, values } = env.statement();
const pool = new Pool({ connectionString: env.databaseUrl(), max: 10 });

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.once('error', reject);
  });
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'POST') {
    await pool.query(text, [await bodyOf(request)]);
    response.writeHead(200).end();
    return;
  }
  const { rows } = await pool.query(text, values);
  const body = JSON.stringify(rows);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
}

createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    response.writeHead(500).end();
  });
}).listen(env.port(), '127.0.0.1');
