import { createExportRoute } from '@interdomestik/api/http';
import { identify, passwords } from '@interdomestik/auth';
import { app } from '@/server/app';

const download = createExportRoute({ app, identify, passwords });

/** A list as a file, for a ticket of the last minutes. */
export async function GET(request: Request, { params }: { params: Promise<{ ticket: string }> }): Promise<Response> {
  return await download(request, (await params).ticket);
}
