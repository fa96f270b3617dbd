import { config } from 'zod';

// runs before any other script of a page: zod would try to compile its schemas, which the content policy refuses and reports
config({ jitless: true });
