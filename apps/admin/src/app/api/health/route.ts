import { healthHandler } from '@interdomestik/api/http';

export const dynamic = 'force-dynamic';

export const GET = healthHandler;
