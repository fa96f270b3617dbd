ALTER TABLE "claims" DROP CONSTRAINT "claims_amounts";--> statement-breakpoint
ALTER TABLE "policies" DROP CONSTRAINT "policies_kind";--> statement-breakpoint
ALTER TABLE "claims" ADD COLUMN "fee_minor" bigint;--> statement-breakpoint
ALTER TABLE "claims" ADD COLUMN "no_fee_reason" text;--> statement-breakpoint
ALTER TABLE "claims" ADD COLUMN "fee_authorised_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "claims" ADD COLUMN "legal_cap_accepted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "kind" text;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_amounts" CHECK (coalesce(claimed_minor, 0) >= 0 and coalesce(recovered_minor, 0) >= 0 and coalesce(fee_minor, 0) >= 0);--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_kind" CHECK ("documents"."kind" in ('identity', 'police_report', 'accident_statement', 'photos', 'estimate', 'invoice_proof', 'medical_report', 'contract', 'correspondence', 'power_of_attorney', 'agreement', 'other'));--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_kind" CHECK ("policies"."kind" in ('vehicle_liability', 'vehicle_casco', 'property', 'travel', 'health', 'life', 'other', 'motor', 'liability', 'service'));