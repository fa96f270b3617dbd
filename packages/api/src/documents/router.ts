import { z } from 'zod';
import { byIdInput, documentKinds } from '@interdomestik/rules';
import { router, tenantProcedure } from '../trpc';
import { documentEntities, documentsOf, documentStatus, documentStatusesStored, myDocuments, openDocument } from './service';

const documentOut = z.object({
  id: z.string(), entity: z.enum(documentEntities), entityId: z.string(), kind: z.enum(documentKinds).nullable(), fileName: z.string(), mime: z.string(),
  sizeBytes: z.number().nullable(), status: z.enum(documentStatusesStored), rejectReason: z.string().nullable(), createdAt: z.date(),
});

export const documentsRouter = router({
  mine: tenantProcedure
    .meta({ permission: 'documents.read' })
    .input(z.void())
    .output(z.array(documentOut))
    .query(({ ctx }) => myDocuments(ctx.scope)),

  // what a document belongs to decides which permission it takes; the use-case looks
  forEntity: tenantProcedure
    .meta({ permission: 'self.read' })
    .input(z.object({ entity: z.enum(documentEntities), entityId: z.uuid() }))
    .output(z.array(documentOut))
    .query(({ ctx, input }) => documentsOf(ctx.scope, input.entity, input.entityId)),

  readUrl: tenantProcedure
    .meta({ permission: 'self.read' })
    .input(byIdInput)
    .output(z.object({ url: z.string(), expiresAt: z.date(), fileName: z.string(), mime: z.string() }))
    .mutation(({ ctx, input }) => openDocument(ctx.scope, input.id)),

  status: tenantProcedure
    .meta({ permission: 'documents.read' })
    .input(byIdInput)
    .output(z.object({ status: z.enum(documentStatusesStored), rejectReason: z.string().nullable() }))
    .query(({ ctx, input }) => documentStatus(ctx.scope, input.id)),
});
