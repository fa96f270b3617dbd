CREATE TABLE "audit_checks" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"checked_at" timestamp with time zone NOT NULL,
	"rows" bigint NOT NULL,
	"seals" bigint NOT NULL,
	"sealed_until" timestamp with time zone,
	"anchored" bigint,
	"faults" integer NOT NULL,
	"findings" jsonb NOT NULL,
	CONSTRAINT "audit_checks_pkey" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "audit_checks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit_seals" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"number" bigint NOT NULL,
	"first_seq" bigint NOT NULL,
	"size" integer NOT NULL,
	"row_ids" uuid[] NOT NULL,
	"row_macs" text[] NOT NULL,
	"key_id" text NOT NULL,
	"previous_mac" text NOT NULL,
	"mac" text NOT NULL,
	"upto_tx" bigint NOT NULL,
	"upto_at" timestamp with time zone NOT NULL,
	"upto_id" uuid NOT NULL,
	"seen_until" timestamp with time zone,
	"known_until" timestamp with time zone,
	"sealed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "audit_seals_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "audit_seals_size" CHECK (size > 0 and size = cardinality(row_ids) and size = cardinality(row_macs)),
	CONSTRAINT "audit_seals_numbers" CHECK (number > 0 and first_seq > 0)
);
--> statement-breakpoint
ALTER TABLE "audit_seals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit_logs" ADD COLUMN "tx" bigint DEFAULT (pg_current_xact_id()::text)::bigint NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_checks" ADD CONSTRAINT "audit_checks_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_seals" ADD CONSTRAINT "audit_seals_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_checks_time" ON "audit_checks" USING btree ("tenant_id","checked_at");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_seals_number" ON "audit_seals" USING btree ("tenant_id","number");--> statement-breakpoint
CREATE INDEX "audit_logs_tx" ON "audit_logs" USING btree ("tenant_id","tx","at","id");--> statement-breakpoint
CREATE POLICY "audit_checks_tenant" ON "audit_checks" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "audit_checks_tenant_wall" ON "audit_checks" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "audit_seals_tenant" ON "audit_seals" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "audit_seals_tenant_wall" ON "audit_seals" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE TRIGGER audit_seals_append_only BEFORE UPDATE OR DELETE ON "audit_seals" FOR EACH ROW EXECUTE FUNCTION forbid_change();--> statement-breakpoint
CREATE TRIGGER audit_seals_no_truncate BEFORE TRUNCATE ON "audit_seals" FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();--> statement-breakpoint
CREATE TRIGGER audit_checks_append_only BEFORE UPDATE OR DELETE ON "audit_checks" FOR EACH ROW EXECUTE FUNCTION forbid_change();--> statement-breakpoint
CREATE TRIGGER audit_checks_no_truncate BEFORE TRUNCATE ON "audit_checks" FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
