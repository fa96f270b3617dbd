CREATE TABLE "refunds" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"payment_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"branch_id" uuid NOT NULL,
	"source" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"status" text NOT NULL,
	"note" text NOT NULL,
	"asked_by" uuid NOT NULL,
	"provider_adjustment_id" text,
	"deposit_id" uuid,
	"done_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refunds_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "refunds_amount" CHECK (amount_minor > 0),
	CONSTRAINT "refunds_source" CHECK ("refunds"."source" in ('branch', 'collector', 'provider')),
	CONSTRAINT "refunds_status" CHECK ("refunds"."status" in ('asked', 'done', 'refused'))
);
--> statement-breakpoint
ALTER TABLE "refunds" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cash_receipts" DROP CONSTRAINT "cash_receipts_status";--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "credit_of" uuid;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "cancel_asked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_payment_fk" FOREIGN KEY ("tenant_id","payment_id") REFERENCES "public"."payments"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_membership_fk" FOREIGN KEY ("tenant_id","membership_id") REFERENCES "public"."memberships"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_user_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_branch_fk" FOREIGN KEY ("tenant_id","branch_id") REFERENCES "public"."branches"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_asked_by_fk" FOREIGN KEY ("tenant_id","asked_by") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_deposit_fk" FOREIGN KEY ("tenant_id","deposit_id") REFERENCES "public"."cash_deposits"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_once" ON "refunds" USING btree ("tenant_id","payment_id") WHERE status <> 'refused';--> statement-breakpoint
CREATE INDEX "refunds_membership" ON "refunds" USING btree ("tenant_id","membership_id");--> statement-breakpoint
CREATE INDEX "refunds_till" ON "refunds" USING btree ("tenant_id","branch_id") WHERE source = 'branch' and deposit_id is null;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_credit_fk" FOREIGN KEY ("tenant_id","credit_of") REFERENCES "public"."invoices"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "invoices_credit" ON "invoices" USING btree ("tenant_id","credit_of");--> statement-breakpoint
ALTER TABLE "cash_receipts" ADD CONSTRAINT "cash_receipts_status" CHECK ("cash_receipts"."status" in ('collected', 'handed', 'banked', 'returned'));--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_credit_sign" CHECK ((credit_of is null and total_minor >= 0) or (credit_of is not null and total_minor <= 0));--> statement-breakpoint
CREATE POLICY "refunds_tenant" ON "refunds" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "refunds_tenant_wall" ON "refunds" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "refunds_branch" ON "refunds" AS RESTRICTIVE FOR ALL TO public USING ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end) or "user_id" = (select case when current_setting('app.current_branch_id', true) = 'self' then nullif(current_setting('app.actor_id', true), '')::uuid end)) WITH CHECK ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end) or "user_id" = (select case when current_setting('app.current_branch_id', true) = 'self' then nullif(current_setting('app.actor_id', true), '')::uuid end));--> statement-breakpoint
-- What was given back, of which payment and why does not change; how far it has come does, and no paper of it is thrown away.
CREATE FUNCTION freeze_refund() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  moving text[] := ARRAY['status', 'provider_adjustment_id', 'deposit_id', 'done_at', 'updated_at', 'branch_id', 'tenant_id'];
BEGIN
  IF (to_jsonb(OLD) - moving) IS DISTINCT FROM (to_jsonb(NEW) - moving)
    OR (OLD.provider_adjustment_id IS NOT NULL AND NEW.provider_adjustment_id IS DISTINCT FROM OLD.provider_adjustment_id)
    OR (OLD.deposit_id IS NOT NULL AND NEW.deposit_id IS DISTINCT FROM OLD.deposit_id)
    OR (OLD.status = 'refused' AND NEW.status <> 'refused') THEN
    RAISE EXCEPTION 'a refund does not change' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER refunds_frozen BEFORE UPDATE ON "refunds" FOR EACH ROW EXECUTE FUNCTION freeze_refund();--> statement-breakpoint
CREATE TRIGGER refunds_never_deleted BEFORE DELETE ON "refunds" FOR EACH ROW EXECUTE FUNCTION forbid_change();
