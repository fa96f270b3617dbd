import { createDownloadRoute } from '@interdomestik/api/http';
import { identify, passwords } from '@interdomestik/auth';
import { app } from '~/server/app';

const download = createDownloadRoute({ app, identify, passwords });

/** Everything held about the person who is signed in, for a ticket of the last minutes. */
export async function GET(request: Request, { params }: { params: Promise<{ ticket: string }> }): Promise<Response> {
  return await download(request, (await params).ticket);
}
