import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { screenshots } from './browser';

const run = promisify(execFile);

/** The smallest PDF that is one. */
export const evidence = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n',
);

interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  readonly body: Buffer;
}

/** One request with the browser's cookies. Node does not resolve `ks.localhost`, so the name goes into the Host header. */
function ask(url: URL, cookie: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: 'localhost', port: url.port, path: `${url.pathname}${url.search}`, headers: { host: url.host, ...(cookie === '' ? {} : { cookie }) } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => { resolve({ status: answer.statusCode ?? 0, location: answer.headers.location, body: Buffer.concat(parts) }); });
    });
    asked.on('error', reject);
    asked.end();
  });
}

async function cookiesOf(page: Page, url: URL): Promise<string> {
  const cookies = await page.context().cookies(url.href);
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

/** How our own route answers to this browser, before any redirect is followed. */
export async function statusOfPaper(page: Page, href: string): Promise<number> {
  const url = new URL(href, page.url());
  return (await ask(url, await cookiesOf(page, url))).status;
}

/** Fetches a document with the page's own cookies, follows the signed address, and gives the bytes. */
export async function fetchPaper(page: Page, href: string): Promise<Buffer> {
  const url = new URL(href, page.url());
  const first = await ask(url, await cookiesOf(page, url));
  if (first.location === undefined) throw new Error(`the document answered ${String(first.status)}`);
  // the signed address carries its own right and gets no cookie of ours
  const second = await ask(new URL(first.location, url), '');
  if (second.status !== 200) throw new Error(`the signed address answered ${String(second.status)}`);
  return second.body;
}

/** The text layer of a PDF, in reading order. The file and a picture of its first page stay beside the screenshots. */
export async function textOf(pdf: Buffer, name: string): Promise<string> {
  const file = join(screenshots, `${name}.pdf`);
  writeFileSync(file, pdf);
  try {
    await run('pdftoppm', ['-r', '70', '-png', '-singlefile', file, join(screenshots, name)]);
    const { stdout } = await run('pdftotext', ['-layout', file, '-']);
    return stdout;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new Error('pdftotext is missing: apt-get install -y poppler-utils', { cause: error });
    throw error;
  }
}
