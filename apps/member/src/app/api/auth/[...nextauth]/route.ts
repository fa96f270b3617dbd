import { askerOf, dataHeaders, foreignOrigin, logFailure } from '@interdomestik/api/http';
import { hostOf } from '@interdomestik/auth';
import { authOptions } from '@interdomestik/auth/options';
import NextAuth from 'next-auth';
import type { NextRequest } from 'next/server';
import { app } from '@/server/app';

async function handler(request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }): Promise<Response> {
  const asker = askerOf(request.headers);
  const headers = dataHeaders(asker.secure);
  const host = await hostOf(asker.host).catch(() => null);
  if (host === null) return new Response(null, { status: 503, headers });
  if (host.kind === 'unknown') return new Response(null, { status: 404, headers });
  if (foreignOrigin(request.method, request.headers, asker)) return new Response(null, { status: 403, headers });
  const options = authOptions(app, asker, (failure) => logFailure(asker.requestId, 'auth', failure));
  const answer = (await NextAuth(request, context, options)) as Response;
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
  return answer;
}

export { handler as GET, handler as POST };
