import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { screenshots } from './browser';

const run = promisify(execFile);

/** The smallest PDF that is one. */
export const evidence = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n',
);

/** Fetches a document with the page's own cookies, follows the signed address, and gives the bytes. */
export async function fetchPaper(page: Page, href: string): Promise<Buffer> {
  const answer = await page.request.get(new URL(href, page.url()).href);
  if (!answer.ok()) throw new Error(`the document answered ${String(answer.status())}`);
  return await answer.body();
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
