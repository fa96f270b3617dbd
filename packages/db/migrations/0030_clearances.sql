CREATE TABLE "clearance_accounts" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"service" text NOT NULL,
	"credentials" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "clearance_accounts_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "clearance_accounts_services" CHECK ("clearance_accounts"."service" in ('efaktura'))
);
--> statement-breakpoint
ALTER TABLE "clearance_accounts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "invoice_clearances" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"branch_id" uuid NOT NULL,
	"service" text NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"attempt" integer DEFAULT 1 NOT NULL,
	"sent_at" timestamp with time zone,
	"problem" text,
	"clearance_id" text,
	"qr" text,
	"reason" text,
	"decided_at" timestamp with time zone,
	"asked_by" uuid,
	"document_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "invoice_clearances_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "invoice_clearances_attempt" CHECK (attempt > 0),
	CONSTRAINT "invoice_clearances_cleared" CHECK ((status = 'cleared') = (clearance_id is not null and qr is not null)),
	CONSTRAINT "invoice_clearances_rejected" CHECK ((status = 'rejected') = (reason is not null)),
	CONSTRAINT "invoice_clearances_decided" CHECK ((status in ('cleared', 'rejected')) = (decided_at is not null)),
	CONSTRAINT "invoice_clearances_service" CHECK ("invoice_clearances"."service" in ('efaktura')),
	CONSTRAINT "invoice_clearances_status" CHECK ("invoice_clearances"."status" in ('waiting', 'submitted', 'cleared', 'rejected')),
	CONSTRAINT "invoice_clearances_problem" CHECK ("invoice_clearances"."problem" in ('unavailable', 'access'))
);
--> statement-breakpoint
ALTER TABLE "invoice_clearances" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "clearance_accounts" ADD CONSTRAINT "clearance_accounts_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_clearances" ADD CONSTRAINT "invoice_clearances_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_clearances" ADD CONSTRAINT "invoice_clearances_invoice_fk" FOREIGN KEY ("tenant_id","invoice_id") REFERENCES "public"."invoices"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_clearances" ADD CONSTRAINT "invoice_clearances_user_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_clearances" ADD CONSTRAINT "invoice_clearances_branch_fk" FOREIGN KEY ("tenant_id","branch_id") REFERENCES "public"."branches"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_clearances" ADD CONSTRAINT "invoice_clearances_asked_by_fk" FOREIGN KEY ("tenant_id","asked_by") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_clearances" ADD CONSTRAINT "invoice_clearances_document_fk" FOREIGN KEY ("tenant_id","document_id") REFERENCES "public"."documents"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "clearance_accounts_service" ON "clearance_accounts" USING btree ("tenant_id","service");--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_clearances_once" ON "invoice_clearances" USING btree ("tenant_id","invoice_id");--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_clearances_number" ON "invoice_clearances" USING btree ("tenant_id","service","clearance_id");--> statement-breakpoint
CREATE INDEX "invoice_clearances_open" ON "invoice_clearances" USING btree ("tenant_id","status","created_at");--> statement-breakpoint
CREATE POLICY "clearance_accounts_tenant" ON "clearance_accounts" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "clearance_accounts_tenant_wall" ON "clearance_accounts" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "invoice_clearances_tenant" ON "invoice_clearances" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "invoice_clearances_tenant_wall" ON "invoice_clearances" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "invoice_clearances_branch" ON "invoice_clearances" AS RESTRICTIVE FOR ALL TO public USING ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end) or "user_id" = (select case when current_setting('app.current_branch_id', true) = 'self' then nullif(current_setting('app.actor_id', true), '')::uuid end)) WITH CHECK ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end) or "user_id" = (select case when current_setting('app.current_branch_id', true) = 'self' then nullif(current_setting('app.actor_id', true), '')::uuid end));--> statement-breakpoint
-- What a service has cleared never changes but for the copy that is made once. What it rejected may only begin anew, by a further attempt; whose document it is never changes.
CREATE FUNCTION guard_clearance() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  moving text[] := ARRAY['status', 'attempt', 'sent_at', 'problem', 'clearance_id', 'qr', 'reason', 'decided_at', 'asked_by', 'document_id', 'updated_at'];
  copying text[] := ARRAY['document_id', 'updated_at'];
BEGIN
  IF (to_jsonb(OLD) - moving) IS DISTINCT FROM (to_jsonb(NEW) - moving)
    OR (OLD.status = 'cleared' AND (to_jsonb(OLD) - copying) IS DISTINCT FROM (to_jsonb(NEW) - copying))
    OR (OLD.document_id IS NOT NULL AND NEW.document_id IS DISTINCT FROM OLD.document_id)
    OR (OLD.status = 'rejected' AND NEW.status = 'rejected' AND NEW.reason IS DISTINCT FROM OLD.reason)
    OR (OLD.status = 'rejected' AND NEW.status NOT IN ('rejected', 'waiting'))
    OR (OLD.status = 'submitted' AND NEW.status = 'waiting')
    OR NEW.attempt <> OLD.attempt + (CASE WHEN OLD.status = 'rejected' AND NEW.status = 'waiting' THEN 1 ELSE 0 END) THEN
    RAISE EXCEPTION 'a clearance does not change so' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER invoice_clearances_guarded BEFORE UPDATE ON "invoice_clearances" FOR EACH ROW EXECUTE FUNCTION guard_clearance();--> statement-breakpoint
CREATE TRIGGER invoice_clearances_never_deleted BEFORE DELETE ON "invoice_clearances" FOR EACH ROW EXECUTE FUNCTION forbid_change();
