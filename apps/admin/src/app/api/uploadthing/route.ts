import { createUploadRoute } from '@interdomestik/api/http';
import { identify } from '@interdomestik/auth';
import { app } from '@/server/app';

const handler = createUploadRoute({ app, identify });

export { handler as GET, handler as POST };
