import { paddleWebhookRoute } from '@interdomestik/api/http';

export async function POST(request: Request, { params }: { params: Promise<{ account: string }> }): Promise<Response> {
  return await paddleWebhookRoute(request, (await params).account);
}
