import { askerOf, dataHeaders, foreignOrigin, logFailure } from '@interdomestik/api/http';
import { hostOf } from '@interdomestik/auth';
import { authOptions } from '@interdomestik/auth/options';
import NextAuth from 'next-auth';
import type { NextRequest } from 'next/server';
import { app } from '~/server/app';

async function handler(request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }): Promise<Response> {
  const asker = askerOf(request.headers);
  const headers = dataHeaders(asker.secure);
  const host = await hostOf(asker.host).catch(() => null);
  if (host === null || host.kind === 'closed') return new Response(null, { status: 503, headers });
  if (host.kind === 'unknown') return new Response(null, { status: 404, headers });
  if (foreignOrigin(request.method, request.headers, asker)) return new Response(null, { status: 403, headers });
  let ours = false;
  const options = authOptions(app, asker, (failure) => {
    ours = true;
    logFailure(asker.requestId, 'auth', failure);
  });
  const answer = (await NextAuth(request, context, options)) as Response;
  // what no fault of ours was, was the request's; and the library's own words would name it
  const status = answer.status >= 500 && !ours ? 400 : answer.status;
  const said = status >= 400 && status !== 401 ? new Response(null, { status }) : answer;
  for (const [name, value] of Object.entries(headers)) said.headers.set(name, value);
  return said;
}

export { handler as GET, handler as POST };
