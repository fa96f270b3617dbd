CREATE TABLE "reconciliation_differences" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"payment_account_id" uuid NOT NULL,
	"reconciliation_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"provider_id" text NOT NULL,
	"payment_id" uuid,
	"told_minor" bigint,
	"told_currency" text,
	"ours_minor" bigint,
	"ours_currency" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"resolved_at" timestamp with time zone,
	CONSTRAINT "reconciliation_differences_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "reconciliation_differences_kind" CHECK ("reconciliation_differences"."kind" in ('amount', 'tax', 'unknown', 'twice', 'stuck'))
);
--> statement-breakpoint
ALTER TABLE "reconciliation_differences" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "reconciliations" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"payment_account_id" uuid NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"since" timestamp with time zone,
	"until" timestamp with time zone NOT NULL,
	"phase" text DEFAULT 'transactions' NOT NULL,
	"position" text,
	"checked" integer DEFAULT 0 NOT NULL,
	"repaired" integer DEFAULT 0 NOT NULL,
	"found" integer DEFAULT 0 NOT NULL,
	"reason" text,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "reconciliations_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "reconciliations_status" CHECK ("reconciliations"."status" in ('queued', 'running', 'done', 'failed')),
	CONSTRAINT "reconciliations_phase" CHECK ("reconciliations"."phase" in ('transactions', 'adjustments'))
);
--> statement-breakpoint
ALTER TABLE "reconciliations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "reconciliation_differences" ADD CONSTRAINT "reconciliation_differences_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reconciliation_differences" ADD CONSTRAINT "reconciliation_differences_account_fk" FOREIGN KEY ("tenant_id","payment_account_id") REFERENCES "public"."payment_accounts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reconciliation_differences" ADD CONSTRAINT "reconciliation_differences_run_fk" FOREIGN KEY ("tenant_id","reconciliation_id") REFERENCES "public"."reconciliations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reconciliations" ADD CONSTRAINT "reconciliations_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reconciliations" ADD CONSTRAINT "reconciliations_account_fk" FOREIGN KEY ("tenant_id","payment_account_id") REFERENCES "public"."payment_accounts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "reconciliation_differences_once" ON "reconciliation_differences" USING btree ("tenant_id","payment_account_id","provider_id","kind");--> statement-breakpoint
CREATE INDEX "reconciliation_differences_created" ON "reconciliation_differences" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "reconciliations_created" ON "reconciliations" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "webhook_events_created" ON "webhook_events" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE POLICY "reconciliation_differences_tenant" ON "reconciliation_differences" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "reconciliation_differences_tenant_wall" ON "reconciliation_differences" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "reconciliations_tenant" ON "reconciliations" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "reconciliations_tenant_wall" ON "reconciliations" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));