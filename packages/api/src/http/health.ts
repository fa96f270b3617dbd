import { listTenants } from '@interdomestik/db';
import { dataHeaders } from './security-headers';

/** Healthy means that the database answers. 200 or 503, and nothing about why: the log says that. */
export async function healthHandler(): Promise<Response> {
  const healthy = await listTenants().then(() => true, () => false);
  return Response.json({ ok: healthy }, { status: healthy ? 200 : 503, headers: dataHeaders(false) });
}
