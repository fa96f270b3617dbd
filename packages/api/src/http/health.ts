import { listTenants } from '@interdomestik/db';
import { isSecure } from './asker';
import { dataHeaders } from './security-headers';

/** Healthy means that the database answers. 200 or 503, and nothing about why: the log says that. */
export async function healthHandler(request: Request): Promise<Response> {
  const healthy = await listTenants().then(() => true, () => false);
  return Response.json({ ok: healthy }, { status: healthy ? 200 : 503, headers: dataHeaders(isSecure(request.headers.get('x-forwarded-proto'))) });
}
