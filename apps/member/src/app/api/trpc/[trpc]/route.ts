import { onFetch } from '@interdomestik/api/http';
import { trpcHandler } from '~/server/app';

const handler = onFetch(trpcHandler);

export { handler as GET, handler as POST };
