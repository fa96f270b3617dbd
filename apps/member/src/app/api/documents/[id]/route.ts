import { dataHeaders } from '@interdomestik/api/http';
import { caller, needed } from '~/server/caller';

/** Sends a person who may see the document on to its short-lived address; the procedure checks the row and writes down who read it. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  const { url } = await needed((await caller()).documents.readUrl({ id }));
  return new Response(null, { status: 302, headers: { ...dataHeaders(false), 'referrer-policy': 'no-referrer', location: url } });
}
