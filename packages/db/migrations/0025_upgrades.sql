ALTER TABLE "memberships" ADD COLUMN "upgraded_from" uuid;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "cut_ends_on" date;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "replaced_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_upgraded_fk" FOREIGN KEY ("tenant_id","upgraded_from") REFERENCES "public"."memberships"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "memberships_upgraded" ON "memberships" USING btree ("tenant_id","upgraded_from") WHERE upgraded_from is not null;