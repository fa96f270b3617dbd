ALTER TABLE "leads" ADD COLUMN "source" text DEFAULT 'agent' NOT NULL;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "plan_code" text;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_source" CHECK ("leads"."source" in ('referral', 'agent', 'web', 'event', 'partner', 'import'));