import { z } from 'zod';
import { flagKeySchema } from '@interdomestik/rules';

/** A switch as those see it who may know of it. */
export const flagOut = z.object({ key: flagKeySchema, on: z.boolean(), since: z.date().nullable(), by: z.string().nullable(), note: z.string() });
