CREATE TABLE "coupon_redemptions" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"code" text NOT NULL,
	"membership_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"branch_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"released_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "coupon_redemptions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "coupon_redemptions_amount" CHECK (amount_minor >= 0)
);
--> statement-breakpoint
ALTER TABLE "coupon_redemptions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "referral_rewards" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"branch_id" uuid NOT NULL,
	"prolonged_id" uuid NOT NULL,
	"days" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "referral_rewards_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "referral_rewards_days" CHECK (days > 0)
);
--> statement-breakpoint
ALTER TABLE "referral_rewards" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "feature_flags" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"key" text NOT NULL,
	"enabled" boolean NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"updated_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "feature_flags_pkey" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "feature_flags" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "receipt_checks" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"checked" integer DEFAULT 0 NOT NULL,
	"differing" integer DEFAULT 0 NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "receipt_checks_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "receipt_checks_status" CHECK ("receipt_checks"."status" in ('queued', 'running', 'done', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "receipt_checks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "receipt_differences" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"check_id" uuid NOT NULL,
	"branch_id" uuid,
	"entity" text NOT NULL,
	"entity_id" uuid NOT NULL,
	"decision" text NOT NULL,
	"stored" jsonb NOT NULL,
	"recomputed" jsonb,
	CONSTRAINT "receipt_differences_pkey" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "receipt_differences" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "rule_simulation_rows" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"simulation_id" uuid NOT NULL,
	"branch_id" uuid,
	"figure" text NOT NULL,
	"position" integer NOT NULL,
	"entity" text NOT NULL,
	"entity_id" uuid NOT NULL,
	"currency" text,
	"before_minor" bigint,
	"after_minor" bigint,
	"before" jsonb,
	"after" jsonb,
	CONSTRAINT "rule_simulation_rows_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "rule_simulation_rows_entity" CHECK ("rule_simulation_rows"."entity" in ('membership', 'claim'))
);
--> statement-breakpoint
ALTER TABLE "rule_simulation_rows" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "rule_simulations" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"setting_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"document_hash" text NOT NULL,
	"days" integer NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"figures" jsonb,
	"error_key" text,
	"created_by" uuid,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "rule_simulations_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "rule_simulations_days" CHECK (days between 1 and 365),
	CONSTRAINT "rule_simulations_status" CHECK ("rule_simulations"."status" in ('queued', 'running', 'done', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "rule_simulations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "claim_events" DROP CONSTRAINT "claim_events_kind";--> statement-breakpoint
ALTER TABLE "tenant_settings" DROP CONSTRAINT "tenant_settings_status";--> statement-breakpoint
ALTER TABLE "claim_events" ADD COLUMN "receipt" jsonb;--> statement-breakpoint
ALTER TABLE "claims" ADD COLUMN "sla_receipt" jsonb;--> statement-breakpoint
ALTER TABLE "claims" ADD COLUMN "stage_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "claims" ADD COLUMN "route_code" text;--> statement-breakpoint
ALTER TABLE "claims" ADD COLUMN "priority" text DEFAULT 'normal' NOT NULL;--> statement-breakpoint
ALTER TABLE "claims" ADD COLUMN "rule_versions" jsonb;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "addon_codes" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "people" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant_settings" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant_settings" ADD COLUMN "base_version" integer;--> statement-breakpoint
ALTER TABLE "tenant_settings" ADD COLUMN "restores_version" integer;--> statement-breakpoint
ALTER TABLE "tenant_settings" ADD COLUMN "note" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "tenant_settings" ADD COLUMN "updated_by" uuid;--> statement-breakpoint
ALTER TABLE "tenant_settings" ADD COLUMN "validated_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "tenant_settings" ADD COLUMN "approved_by" uuid;--> statement-breakpoint
ALTER TABLE "tenant_settings" ADD COLUMN "approved_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "tenant_settings" ADD COLUMN "simulated_hash" text;--> statement-breakpoint
ALTER TABLE "tenant_settings" ADD COLUMN "simulation_id" uuid;--> statement-breakpoint
ALTER TABLE "coupon_redemptions" ADD CONSTRAINT "coupon_redemptions_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coupon_redemptions" ADD CONSTRAINT "coupon_redemptions_membership_fk" FOREIGN KEY ("tenant_id","membership_id") REFERENCES "public"."memberships"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coupon_redemptions" ADD CONSTRAINT "coupon_redemptions_user_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coupon_redemptions" ADD CONSTRAINT "coupon_redemptions_branch_fk" FOREIGN KEY ("tenant_id","branch_id") REFERENCES "public"."branches"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_rewards" ADD CONSTRAINT "referral_rewards_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_rewards" ADD CONSTRAINT "referral_rewards_membership_fk" FOREIGN KEY ("tenant_id","membership_id") REFERENCES "public"."memberships"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_rewards" ADD CONSTRAINT "referral_rewards_prolonged_fk" FOREIGN KEY ("tenant_id","prolonged_id") REFERENCES "public"."memberships"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_rewards" ADD CONSTRAINT "referral_rewards_user_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_rewards" ADD CONSTRAINT "referral_rewards_branch_fk" FOREIGN KEY ("tenant_id","branch_id") REFERENCES "public"."branches"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feature_flags" ADD CONSTRAINT "feature_flags_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipt_checks" ADD CONSTRAINT "receipt_checks_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipt_differences" ADD CONSTRAINT "receipt_differences_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipt_differences" ADD CONSTRAINT "receipt_differences_check_fk" FOREIGN KEY ("tenant_id","check_id") REFERENCES "public"."receipt_checks"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipt_differences" ADD CONSTRAINT "receipt_differences_branch_fk" FOREIGN KEY ("tenant_id","branch_id") REFERENCES "public"."branches"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_simulation_rows" ADD CONSTRAINT "rule_simulation_rows_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_simulation_rows" ADD CONSTRAINT "rule_simulation_rows_simulation_fk" FOREIGN KEY ("tenant_id","simulation_id") REFERENCES "public"."rule_simulations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_simulation_rows" ADD CONSTRAINT "rule_simulation_rows_branch_fk" FOREIGN KEY ("tenant_id","branch_id") REFERENCES "public"."branches"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_simulations" ADD CONSTRAINT "rule_simulations_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_simulations" ADD CONSTRAINT "rule_simulations_setting_fk" FOREIGN KEY ("tenant_id","setting_id") REFERENCES "public"."tenant_settings"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "coupon_redemptions_once" ON "coupon_redemptions" USING btree ("tenant_id","code","user_id") WHERE released_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "coupon_redemptions_membership" ON "coupon_redemptions" USING btree ("tenant_id","membership_id");--> statement-breakpoint
CREATE UNIQUE INDEX "referral_rewards_membership" ON "referral_rewards" USING btree ("tenant_id","membership_id");--> statement-breakpoint
CREATE UNIQUE INDEX "feature_flags_key" ON "feature_flags" USING btree ("tenant_id","key");--> statement-breakpoint
CREATE INDEX "receipt_checks_created" ON "receipt_checks" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE INDEX "receipt_differences_check" ON "receipt_differences" USING btree ("tenant_id","check_id","id");--> statement-breakpoint
CREATE INDEX "rule_simulation_rows_figure" ON "rule_simulation_rows" USING btree ("tenant_id","simulation_id","figure","position");--> statement-breakpoint
CREATE INDEX "rule_simulations_setting" ON "rule_simulations" USING btree ("tenant_id","setting_id","created_at");--> statement-breakpoint
CREATE INDEX "claims_due" ON "claims" USING btree ("tenant_id","sla_due_at");--> statement-breakpoint
CREATE UNIQUE INDEX "tenant_settings_one_draft" ON "tenant_settings" USING btree ("tenant_id","kind",coalesce("branch_id", '00000000-0000-0000-0000-000000000000'::uuid)) WHERE status in ('draft', 'validated', 'approved');--> statement-breakpoint
ALTER TABLE "claim_events" ADD CONSTRAINT "claim_events_kind" CHECK ("claim_events"."kind" in ('created', 'status', 'document', 'note', 'assigned', 'reminded', 'escalated'));--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_priority" CHECK ("claims"."priority" in ('normal', 'urgent'));--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_people" CHECK (people >= 1);--> statement-breakpoint
ALTER TABLE "tenant_settings" ADD CONSTRAINT "tenant_settings_status" CHECK ("tenant_settings"."status" in ('draft', 'validated', 'approved', 'published', 'withdrawn'));--> statement-breakpoint
CREATE POLICY "coupon_redemptions_tenant" ON "coupon_redemptions" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "coupon_redemptions_tenant_wall" ON "coupon_redemptions" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "coupon_redemptions_branch" ON "coupon_redemptions" AS RESTRICTIVE FOR ALL TO public USING ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end) or "user_id" = (select case when current_setting('app.current_branch_id', true) = 'self' then nullif(current_setting('app.actor_id', true), '')::uuid end)) WITH CHECK ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end) or "user_id" = (select case when current_setting('app.current_branch_id', true) = 'self' then nullif(current_setting('app.actor_id', true), '')::uuid end));--> statement-breakpoint
CREATE POLICY "referral_rewards_tenant" ON "referral_rewards" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "referral_rewards_tenant_wall" ON "referral_rewards" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "referral_rewards_branch" ON "referral_rewards" AS RESTRICTIVE FOR ALL TO public USING ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end) or "user_id" = (select case when current_setting('app.current_branch_id', true) = 'self' then nullif(current_setting('app.actor_id', true), '')::uuid end)) WITH CHECK ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end) or "user_id" = (select case when current_setting('app.current_branch_id', true) = 'self' then nullif(current_setting('app.actor_id', true), '')::uuid end));--> statement-breakpoint
CREATE POLICY "feature_flags_tenant" ON "feature_flags" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "feature_flags_tenant_wall" ON "feature_flags" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "receipt_checks_tenant" ON "receipt_checks" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "receipt_checks_tenant_wall" ON "receipt_checks" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "receipt_differences_tenant" ON "receipt_differences" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "receipt_differences_tenant_wall" ON "receipt_differences" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "rule_simulation_rows_tenant" ON "rule_simulation_rows" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "rule_simulation_rows_tenant_wall" ON "rule_simulation_rows" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "rule_simulations_tenant" ON "rule_simulations" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "rule_simulations_tenant_wall" ON "rule_simulations" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
-- What was published stays as it was billed; only a version whose time has not come may be taken back.
CREATE FUNCTION freeze_published_rule() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF OLD.status IN ('published', 'withdrawn')
    AND (to_jsonb(OLD) - ARRAY['status', 'updated_at', 'updated_by', 'tenant_id']) IS DISTINCT FROM (to_jsonb(NEW) - ARRAY['status', 'updated_at', 'updated_by', 'tenant_id']) THEN
    RAISE EXCEPTION 'a published rule does not change' USING ERRCODE = '42501';
  END IF;
  IF OLD.status = 'withdrawn' AND NEW.status <> 'withdrawn' OR OLD.status = 'published' AND NEW.status NOT IN ('published', 'withdrawn') THEN
    RAISE EXCEPTION 'a published rule does not become a draft again' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER tenant_settings_frozen BEFORE UPDATE ON "tenant_settings" FOR EACH ROW EXECUTE FUNCTION freeze_published_rule();
--> statement-breakpoint
-- Tenants from before this kind of rule start as a country pack does. Row security binds the owner, so it is lifted for the statement and forced again after all migrations.
ALTER TABLE "tenant_settings" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
INSERT INTO "tenant_settings" ("tenant_id", "id", "kind", "version", "status", "value", "effective_from", "published_at")
SELECT DISTINCT "tenant_id", gen_random_uuid(), 'governance', 1, 'published', '{"secondPersonFor":[],"simulateFor":["products","tax","workflows"]}'::jsonb, now(), now()
FROM "tenant_settings" s WHERE NOT EXISTS (SELECT 1 FROM "tenant_settings" g WHERE g."tenant_id" = s."tenant_id" AND g."kind" = 'governance');
--> statement-breakpoint
ALTER TABLE "claims" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
UPDATE "claims" SET "stage_since" = coalesce("submitted_at", "updated_at") WHERE "status" <> 'draft' AND "stage_since" IS NULL;
