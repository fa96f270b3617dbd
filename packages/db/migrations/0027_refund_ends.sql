CREATE TABLE "cash_write_offs" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"branch_id" uuid NOT NULL,
	"agent_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"reason" text NOT NULL,
	"written_off_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cash_write_offs_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "cash_write_offs_amount" CHECK (amount_minor <> 0)
);
--> statement-breakpoint
ALTER TABLE "cash_write_offs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "refund_requests" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"branch_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"note" text NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"answer" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refund_requests_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "refund_requests_amount" CHECK (amount_minor > 0),
	CONSTRAINT "refund_requests_decided" CHECK (status = 'open' or decided_at is not null),
	CONSTRAINT "refund_requests_status" CHECK ("refund_requests"."status" in ('open', 'granted', 'declined'))
);
--> statement-breakpoint
ALTER TABLE "refund_requests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "refunds" DROP CONSTRAINT "refunds_source";--> statement-breakpoint
DROP INDEX "invoices_credit";--> statement-breakpoint
DROP INDEX "refunds_once";--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "part" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "credit_note_id" uuid;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "trying_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "cash_write_offs" ADD CONSTRAINT "cash_write_offs_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_write_offs" ADD CONSTRAINT "cash_write_offs_branch_fk" FOREIGN KEY ("tenant_id","branch_id") REFERENCES "public"."branches"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_write_offs" ADD CONSTRAINT "cash_write_offs_agent_fk" FOREIGN KEY ("tenant_id","agent_id") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_write_offs" ADD CONSTRAINT "cash_write_offs_by_fk" FOREIGN KEY ("tenant_id","written_off_by") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_requests" ADD CONSTRAINT "refund_requests_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_requests" ADD CONSTRAINT "refund_requests_membership_fk" FOREIGN KEY ("tenant_id","membership_id") REFERENCES "public"."memberships"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_requests" ADD CONSTRAINT "refund_requests_user_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_requests" ADD CONSTRAINT "refund_requests_branch_fk" FOREIGN KEY ("tenant_id","branch_id") REFERENCES "public"."branches"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_requests" ADD CONSTRAINT "refund_requests_decided_by_fk" FOREIGN KEY ("tenant_id","decided_by") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cash_write_offs_agent" ON "cash_write_offs" USING btree ("tenant_id","branch_id","agent_id");--> statement-breakpoint
CREATE UNIQUE INDEX "refund_requests_open" ON "refund_requests" USING btree ("tenant_id","membership_id") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "refund_requests_branch" ON "refund_requests" USING btree ("tenant_id","branch_id","created_at","id");--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_credit_note_fk" FOREIGN KEY ("tenant_id","credit_note_id") REFERENCES "public"."invoices"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "refunds_created" ON "refunds" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "invoices_credit" ON "invoices" USING btree ("tenant_id","credit_of");--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_once" ON "refunds" USING btree ("tenant_id","payment_id") WHERE status <> 'refused' and not part;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_source" CHECK ("refunds"."source" in ('branch', 'collector', 'provider', 'owed'));--> statement-breakpoint
CREATE POLICY "cash_write_offs_tenant" ON "cash_write_offs" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "cash_write_offs_tenant_wall" ON "cash_write_offs" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "cash_write_offs_branch" ON "cash_write_offs" AS RESTRICTIVE FOR ALL TO public USING ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end)) WITH CHECK ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end));--> statement-breakpoint
CREATE POLICY "refund_requests_tenant" ON "refund_requests" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "refund_requests_tenant_wall" ON "refund_requests" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "refund_requests_branch" ON "refund_requests" AS RESTRICTIVE FOR ALL TO public USING ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end) or "user_id" = (select case when current_setting('app.current_branch_id', true) = 'self' then nullif(current_setting('app.actor_id', true), '')::uuid end)) WITH CHECK ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end) or "user_id" = (select case when current_setting('app.current_branch_id', true) = 'self' then nullif(current_setting('app.actor_id', true), '')::uuid end));
--> statement-breakpoint
-- What was given back, of which payment and why does not change; how far it has come does, and what is owed to a member is paid once out of a branch.
CREATE OR REPLACE FUNCTION freeze_refund() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  moving text[] := ARRAY['status', 'provider_adjustment_id', 'deposit_id', 'done_at', 'updated_at', 'branch_id', 'tenant_id', 'trying_until', 'source'];
BEGIN
  IF (to_jsonb(OLD) - moving) IS DISTINCT FROM (to_jsonb(NEW) - moving)
    OR (NEW.source <> OLD.source AND NOT (OLD.source = 'owed' AND NEW.source = 'branch'))
    OR (OLD.provider_adjustment_id IS NOT NULL AND NEW.provider_adjustment_id IS DISTINCT FROM OLD.provider_adjustment_id)
    OR (OLD.deposit_id IS NOT NULL AND NEW.deposit_id IS DISTINCT FROM OLD.deposit_id)
    OR (OLD.status = 'refused' AND NEW.status <> 'refused') THEN
    RAISE EXCEPTION 'a refund does not change' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
-- What was wished for does not change, and it is answered once.
CREATE FUNCTION freeze_refund_request() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  moving text[] := ARRAY['status', 'decided_by', 'decided_at', 'answer', 'updated_at', 'branch_id', 'tenant_id'];
BEGIN
  IF (to_jsonb(OLD) - moving) IS DISTINCT FROM (to_jsonb(NEW) - moving) OR (OLD.status <> 'open' AND NEW.status <> OLD.status) THEN
    RAISE EXCEPTION 'an answered wish does not change' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER refund_requests_frozen BEFORE UPDATE ON "refund_requests" FOR EACH ROW EXECUTE FUNCTION freeze_refund_request();--> statement-breakpoint
CREATE TRIGGER refund_requests_never_deleted BEFORE DELETE ON "refund_requests" FOR EACH ROW EXECUTE FUNCTION forbid_change();--> statement-breakpoint
CREATE TRIGGER cash_write_offs_append_only BEFORE UPDATE OR DELETE ON "cash_write_offs" FOR EACH ROW EXECUTE FUNCTION forbid_change();--> statement-breakpoint
CREATE TRIGGER cash_write_offs_no_truncate BEFORE TRUNCATE ON "cash_write_offs" FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();--> statement-breakpoint
-- Credit notes never take back more than their invoice says, however many are written at once. Looked at once the row has passed the policies.
CREATE FUNCTION assert_credit_left() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  invoice record;
  credited record;
BEGIN
  SELECT i.currency, i.net_minor, i.vat_minor, i.total_minor INTO invoice FROM public.invoices i
    WHERE i.tenant_id = NEW.tenant_id AND i.id = NEW.credit_of AND i.credit_of IS NULL FOR NO KEY UPDATE;
  SELECT coalesce(sum(n.net_minor), 0) AS net, coalesce(sum(n.vat_minor), 0) AS vat, coalesce(sum(n.total_minor), 0) AS total INTO credited FROM public.invoices n
    WHERE n.tenant_id = NEW.tenant_id AND n.credit_of = NEW.credit_of;
  IF invoice IS NULL OR invoice.currency <> NEW.currency OR invoice.net_minor + credited.net < 0 OR invoice.vat_minor + credited.vat < 0 OR invoice.total_minor + credited.total < 0 THEN
    RAISE EXCEPTION 'a credit note takes back more than is left' USING ERRCODE = '23514', CONSTRAINT = 'invoices_credit_left';
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER invoices_credit_left AFTER INSERT ON "invoices" FOR EACH ROW WHEN (NEW.credit_of IS NOT NULL) EXECUTE FUNCTION assert_credit_left();--> statement-breakpoint
-- Days are written by this alone: it runs as the owner of the tables, so that the app's role needs no right to write them, and nobody can call it. The owner is bound by the policies too: it works as the tenant of the entry, which
-- has passed them, and puts the settings of the transaction back.
CREATE OR REPLACE FUNCTION add_to_ledger_day() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  tenant_before text := coalesce(current_setting('app.current_tenant_id', true), '');
  branch_before text := coalesce(current_setting('app.current_branch_id', true), '');
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('ledger_days:' || NEW.tenant_id, 0));
  PERFORM set_config('app.current_tenant_id', NEW.tenant_id, true), set_config('app.current_branch_id', '*', true);
  INSERT INTO public.ledger_days AS d (tenant_id, id, branch_id, account_id, party_id, day, kind, plan_code, provider, vat_rate_bp, currency, amount_minor, entries)
    SELECT NEW.tenant_id,
      md5(concat_ws('/', NEW.branch_id, NEW.account_id, (NEW.occurred_at AT TIME ZONE t.time_zone)::date, x.kind, coalesce(x.plan_code, '-'), coalesce(x.provider, '-'), coalesce(x.vat_rate_bp, -1), coalesce(NEW.party_id::text, '-')))::uuid,
      NEW.branch_id, NEW.account_id, NEW.party_id, (NEW.occurred_at AT TIME ZONE t.time_zone)::date, x.kind, x.plan_code, x.provider, x.vat_rate_bp, NEW.currency, NEW.amount_minor, 1
    FROM public.ledger_transactions x JOIN public.tenants t ON t.id = x.tenant_id
    WHERE x.tenant_id = NEW.tenant_id AND x.id = NEW.transaction_id
  ON CONFLICT ON CONSTRAINT ledger_days_once DO UPDATE SET amount_minor = d.amount_minor + excluded.amount_minor, entries = d.entries + 1;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'entry % is on no day', NEW.id USING ERRCODE = '23514', CONSTRAINT = 'ledger_entries_day';
  END IF;
  PERFORM set_config('app.current_tenant_id', tenant_before, true), set_config('app.current_branch_id', branch_before, true);
  RETURN NULL;
END
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION add_to_ledger_day() FROM PUBLIC;
