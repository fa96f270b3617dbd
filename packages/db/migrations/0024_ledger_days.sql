CREATE TABLE "ledger_closings" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"month" date NOT NULL,
	"closed_by" uuid,
	"closed_at" timestamp with time zone NOT NULL,
	"reopened_by" uuid,
	"reopened_at" timestamp with time zone,
	"reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ledger_closings_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "ledger_closings_month" CHECK (extract(day from month) = 1),
	CONSTRAINT "ledger_closings_reopened" CHECK ((reopened_at is null) = (reason is null))
);
--> statement-breakpoint
ALTER TABLE "ledger_closings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "ledger_days" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"branch_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"party_id" uuid,
	"day" date NOT NULL,
	"kind" text NOT NULL,
	"plan_code" text,
	"provider" text,
	"vat_rate_bp" integer,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"entries" integer NOT NULL,
	CONSTRAINT "ledger_days_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "ledger_days_once" UNIQUE NULLS NOT DISTINCT("tenant_id","account_id","day","branch_id","kind","plan_code","provider","vat_rate_bp","party_id"),
	CONSTRAINT "ledger_days_entries" CHECK (entries > 0)
);
--> statement-breakpoint
ALTER TABLE "ledger_days" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "ledger_transactions" ADD COLUMN "plan_code" text;--> statement-breakpoint
ALTER TABLE "ledger_transactions" ADD COLUMN "provider" text;--> statement-breakpoint
ALTER TABLE "ledger_transactions" ADD COLUMN "vat_rate_bp" integer;--> statement-breakpoint
ALTER TABLE "ledger_closings" ADD CONSTRAINT "ledger_closings_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_closings" ADD CONSTRAINT "ledger_closings_closed_by_fk" FOREIGN KEY ("tenant_id","closed_by") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_closings" ADD CONSTRAINT "ledger_closings_reopened_by_fk" FOREIGN KEY ("tenant_id","reopened_by") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_days" ADD CONSTRAINT "ledger_days_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_days" ADD CONSTRAINT "ledger_days_branch_fk" FOREIGN KEY ("tenant_id","branch_id") REFERENCES "public"."branches"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_days" ADD CONSTRAINT "ledger_days_party_fk" FOREIGN KEY ("tenant_id","party_id") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_days" ADD CONSTRAINT "ledger_days_account_fk" FOREIGN KEY ("tenant_id","account_id","currency") REFERENCES "public"."ledger_accounts"("tenant_id","id","currency") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_closings_month" ON "ledger_closings" USING btree ("tenant_id","month") WHERE reopened_at is null;--> statement-breakpoint
CREATE POLICY "ledger_closings_tenant" ON "ledger_closings" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "ledger_closings_tenant_wall" ON "ledger_closings" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "ledger_days_tenant" ON "ledger_days" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "ledger_days_tenant_wall" ON "ledger_days" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "ledger_days_branch" ON "ledger_days" AS RESTRICTIVE FOR ALL TO public USING ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end)) WITH CHECK ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end));
--> statement-breakpoint
-- What a posting was for, read once, when it is made: later changes of the membership change no report of the past.
CREATE FUNCTION tell_ledger_transaction() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF NEW.source_type IN ('payment', 'invoice') THEN
    SELECT m.plan_code, a.provider,
        CASE WHEN p.tax_document_issuer = 'tenant' THEN coalesce((p.receipt #>> '{outcome,vatRateBp}')::integer, CASE WHEN coalesce(p.vat_minor, 0) = 0 OR p.vat_minor = p.amount_minor THEN 0 ELSE round(p.vat_minor * 100.0 / (p.amount_minor - p.vat_minor))::integer * 100 END) END
      INTO NEW.plan_code, NEW.provider, NEW.vat_rate_bp
      FROM public.payments p
      JOIN public.payment_accounts a ON a.tenant_id = p.tenant_id AND a.id = p.payment_account_id
      LEFT JOIN public.memberships m ON m.tenant_id = p.tenant_id AND m.id = p.membership_id
      WHERE p.tenant_id = NEW.tenant_id
        AND p.id = CASE NEW.source_type WHEN 'payment' THEN NEW.source_id ELSE (SELECT i.payment_id FROM public.invoices i WHERE i.tenant_id = NEW.tenant_id AND i.id = NEW.source_id) END;
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER ledger_transactions_told BEFORE INSERT ON "ledger_transactions" FOR EACH ROW EXECUTE FUNCTION tell_ledger_transaction();
--> statement-breakpoint
-- Nothing is booked into a closed month. Whoever books and whoever closes wait for each other: what is under way is in before the month closes, or finds it closed.
CREATE FUNCTION assert_ledger_open() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('ledger_closings:' || NEW.tenant_id, 0));
  IF EXISTS (
    SELECT FROM public.ledger_closings c JOIN public.tenants t ON t.id = c.tenant_id
    WHERE c.tenant_id = NEW.tenant_id AND c.reopened_at IS NULL AND NEW.occurred_at < (c.month + interval '1 month') AT TIME ZONE t.time_zone) THEN
    RAISE EXCEPTION 'the month of % is closed', NEW.occurred_at USING ERRCODE = '23514', CONSTRAINT = 'ledger_open_month';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER ledger_transactions_open BEFORE INSERT ON "ledger_transactions" FOR EACH ROW EXECUTE FUNCTION assert_ledger_open();
--> statement-breakpoint
CREATE TRIGGER ledger_entries_open BEFORE INSERT ON "ledger_entries" FOR EACH ROW EXECUTE FUNCTION assert_ledger_open();
--> statement-breakpoint
CREATE FUNCTION wait_for_postings() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('ledger_closings:' || NEW.tenant_id, 0));
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER ledger_closings_wait BEFORE INSERT ON "ledger_closings" FOR EACH ROW EXECUTE FUNCTION wait_for_postings();
--> statement-breakpoint
-- A closing is opened again once, with a reason, and does not change otherwise.
CREATE FUNCTION freeze_ledger_closing() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  moving text[] := ARRAY['reopened_by', 'reopened_at', 'reason', 'updated_at', 'tenant_id'];
BEGIN
  IF (to_jsonb(OLD) - moving) IS DISTINCT FROM (to_jsonb(NEW) - moving)
    OR (OLD.reopened_at IS NOT NULL AND (NEW.reopened_at IS DISTINCT FROM OLD.reopened_at OR NEW.reopened_by IS DISTINCT FROM OLD.reopened_by OR NEW.reason IS DISTINCT FROM OLD.reason)) THEN
    RAISE EXCEPTION 'a closing of the books does not change' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER ledger_closings_frozen BEFORE UPDATE ON "ledger_closings" FOR EACH ROW EXECUTE FUNCTION freeze_ledger_closing();
--> statement-breakpoint
CREATE TRIGGER ledger_closings_never_deleted BEFORE DELETE ON "ledger_closings" FOR EACH ROW EXECUTE FUNCTION forbid_change();
--> statement-breakpoint
CREATE TRIGGER ledger_closings_no_truncate BEFORE TRUNCATE ON "ledger_closings" FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
--> statement-breakpoint
-- Every entry is added to its day as its transaction commits. One at a time in a tenant, and last of all: nobody waits for a sale that is still under way, and two never hold each other's days.
CREATE FUNCTION add_to_ledger_day() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('ledger_days:' || NEW.tenant_id, 0));
  INSERT INTO public.ledger_days AS d (tenant_id, id, branch_id, account_id, party_id, day, kind, plan_code, provider, vat_rate_bp, currency, amount_minor, entries)
    SELECT NEW.tenant_id,
      md5(concat_ws('/', NEW.branch_id, NEW.account_id, (NEW.occurred_at AT TIME ZONE t.time_zone)::date, x.kind, coalesce(x.plan_code, '-'), coalesce(x.provider, '-'), coalesce(x.vat_rate_bp, -1), coalesce(NEW.party_id::text, '-')))::uuid,
      NEW.branch_id, NEW.account_id, NEW.party_id, (NEW.occurred_at AT TIME ZONE t.time_zone)::date, x.kind, x.plan_code, x.provider, x.vat_rate_bp, NEW.currency, NEW.amount_minor, 1
    FROM public.ledger_transactions x JOIN public.tenants t ON t.id = x.tenant_id
    WHERE x.tenant_id = NEW.tenant_id AND x.id = NEW.transaction_id
  ON CONFLICT ON CONSTRAINT ledger_days_once DO UPDATE SET amount_minor = d.amount_minor + excluded.amount_minor, entries = d.entries + 1;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- What was booked before, told and summed the same way.
DO $$
DECLARE
  country record;
BEGIN
  -- the policies bind this login too: it works as one tenant after the other
  SET LOCAL row_security = on;
  ALTER TABLE ledger_transactions DISABLE TRIGGER ledger_transactions_append_only;
  FOR country IN SELECT id, time_zone FROM tenants LOOP
    PERFORM set_config('app.current_tenant_id', country.id, true), set_config('app.current_branch_id', '*', true);
    UPDATE ledger_transactions x SET plan_code = told.plan_code, provider = told.provider, vat_rate_bp = told.vat_rate_bp
      FROM (
        SELECT p.id, m.plan_code, a.provider,
          CASE WHEN p.tax_document_issuer = 'tenant' THEN coalesce((p.receipt #>> '{outcome,vatRateBp}')::integer, CASE WHEN coalesce(p.vat_minor, 0) = 0 OR p.vat_minor = p.amount_minor THEN 0 ELSE round(p.vat_minor * 100.0 / (p.amount_minor - p.vat_minor))::integer * 100 END) END AS vat_rate_bp
        FROM payments p
        JOIN payment_accounts a ON a.tenant_id = p.tenant_id AND a.id = p.payment_account_id
        LEFT JOIN memberships m ON m.tenant_id = p.tenant_id AND m.id = p.membership_id
        WHERE p.tenant_id = country.id) AS told
      WHERE x.tenant_id = country.id AND x.source_type = 'payment' AND x.source_id = told.id;
    INSERT INTO ledger_days (tenant_id, id, branch_id, account_id, party_id, day, kind, plan_code, provider, vat_rate_bp, currency, amount_minor, entries)
      SELECT e.tenant_id, gen_random_uuid(), e.branch_id, e.account_id, e.party_id, (e.occurred_at AT TIME ZONE country.time_zone)::date, x.kind, x.plan_code, x.provider, x.vat_rate_bp, e.currency, sum(e.amount_minor)::bigint, count(*)::integer
      FROM ledger_entries e JOIN ledger_transactions x ON x.tenant_id = e.tenant_id AND x.id = e.transaction_id
      WHERE e.tenant_id = country.id GROUP BY 1, 3, 4, 5, 6, 7, 8, 9, 10, 11;
  END LOOP;
  ALTER TABLE ledger_transactions ENABLE TRIGGER ledger_transactions_append_only;
END
$$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ledger_entries_day AFTER INSERT ON "ledger_entries"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION add_to_ledger_day();
