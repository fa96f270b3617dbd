CREATE TABLE "cash_counts" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"handover_id" uuid NOT NULL,
	"branch_id" uuid NOT NULL,
	"agent_id" uuid NOT NULL,
	"outcome" text NOT NULL,
	"counted_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"note" text,
	"counted_by" uuid NOT NULL,
	"counted_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cash_counts_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "cash_counts_outcome" CHECK ("cash_counts"."outcome" in ('confirmed', 'returned')),
	CONSTRAINT "cash_counts_counted" CHECK (counted_minor >= 0)
);
--> statement-breakpoint
ALTER TABLE "cash_counts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cash_deposit_items" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"deposit_id" uuid NOT NULL,
	"handover_id" uuid NOT NULL,
	"branch_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cash_deposit_items_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "cash_deposit_items_amount" CHECK (amount_minor > 0)
);
--> statement-breakpoint
ALTER TABLE "cash_deposit_items" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cash_deposits" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"branch_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"slip" text NOT NULL,
	"deposited_on" date NOT NULL,
	"banked_by" uuid NOT NULL,
	"banked_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cash_deposits_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "cash_deposits_amount" CHECK (amount_minor > 0)
);
--> statement-breakpoint
ALTER TABLE "cash_deposits" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cash_handovers" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"branch_id" uuid NOT NULL,
	"agent_id" uuid NOT NULL,
	"handed_by" uuid NOT NULL,
	"receipts" integer NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"handed_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cash_handovers_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "cash_handovers_amounts" CHECK (amount_minor > 0 and receipts > 0)
);
--> statement-breakpoint
ALTER TABLE "cash_handovers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "commission_payouts" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"branch_id" uuid NOT NULL,
	"agent_id" uuid NOT NULL,
	"batch_id" uuid NOT NULL,
	"code" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"entries" integer NOT NULL,
	"paid_on" date NOT NULL,
	"reference" text,
	"paid_by" uuid NOT NULL,
	"receipt" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "commission_payouts_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "commission_payouts_amount" CHECK (amount_minor > 0 and entries > 0)
);
--> statement-breakpoint
ALTER TABLE "commission_payouts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "commissions" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"branch_id" uuid NOT NULL,
	"agent_id" uuid NOT NULL,
	"payment_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"plan_code" text NOT NULL,
	"net_minor" bigint NOT NULL,
	"rate_bp" integer NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"receipt" jsonb NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"approved_at" timestamp with time zone,
	"approved_by" uuid,
	"payout_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "commissions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "commissions_amounts" CHECK (amount_minor <> 0 and net_minor >= 0 and rate_bp >= 0 and number >= 1),
	CONSTRAINT "commissions_kind" CHECK ("commissions"."kind" in ('new', 'renewal', 'upgrade', 'business'))
);
--> statement-breakpoint
ALTER TABLE "commissions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "documents" DROP CONSTRAINT "documents_entity_words";--> statement-breakpoint
ALTER TABLE "cash_receipts" ADD COLUMN "handover_id" uuid;--> statement-breakpoint
ALTER TABLE "cash_counts" ADD CONSTRAINT "cash_counts_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_counts" ADD CONSTRAINT "cash_counts_handover_fk" FOREIGN KEY ("tenant_id","handover_id") REFERENCES "public"."cash_handovers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_counts" ADD CONSTRAINT "cash_counts_branch_fk" FOREIGN KEY ("tenant_id","branch_id") REFERENCES "public"."branches"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_counts" ADD CONSTRAINT "cash_counts_agent_fk" FOREIGN KEY ("tenant_id","agent_id") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_counts" ADD CONSTRAINT "cash_counts_counted_by_fk" FOREIGN KEY ("tenant_id","counted_by") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_deposit_items" ADD CONSTRAINT "cash_deposit_items_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_deposit_items" ADD CONSTRAINT "cash_deposit_items_deposit_fk" FOREIGN KEY ("tenant_id","deposit_id") REFERENCES "public"."cash_deposits"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_deposit_items" ADD CONSTRAINT "cash_deposit_items_handover_fk" FOREIGN KEY ("tenant_id","handover_id") REFERENCES "public"."cash_handovers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_deposit_items" ADD CONSTRAINT "cash_deposit_items_branch_fk" FOREIGN KEY ("tenant_id","branch_id") REFERENCES "public"."branches"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_deposits" ADD CONSTRAINT "cash_deposits_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_deposits" ADD CONSTRAINT "cash_deposits_branch_fk" FOREIGN KEY ("tenant_id","branch_id") REFERENCES "public"."branches"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_deposits" ADD CONSTRAINT "cash_deposits_banked_by_fk" FOREIGN KEY ("tenant_id","banked_by") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_handovers" ADD CONSTRAINT "cash_handovers_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_handovers" ADD CONSTRAINT "cash_handovers_branch_fk" FOREIGN KEY ("tenant_id","branch_id") REFERENCES "public"."branches"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_handovers" ADD CONSTRAINT "cash_handovers_agent_fk" FOREIGN KEY ("tenant_id","agent_id") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_handovers" ADD CONSTRAINT "cash_handovers_handed_by_fk" FOREIGN KEY ("tenant_id","handed_by") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commission_payouts" ADD CONSTRAINT "commission_payouts_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commission_payouts" ADD CONSTRAINT "commission_payouts_branch_fk" FOREIGN KEY ("tenant_id","branch_id") REFERENCES "public"."branches"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commission_payouts" ADD CONSTRAINT "commission_payouts_agent_fk" FOREIGN KEY ("tenant_id","agent_id") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commission_payouts" ADD CONSTRAINT "commission_payouts_paid_by_fk" FOREIGN KEY ("tenant_id","paid_by") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commissions" ADD CONSTRAINT "commissions_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commissions" ADD CONSTRAINT "commissions_branch_fk" FOREIGN KEY ("tenant_id","branch_id") REFERENCES "public"."branches"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commissions" ADD CONSTRAINT "commissions_agent_fk" FOREIGN KEY ("tenant_id","agent_id") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commissions" ADD CONSTRAINT "commissions_payment_fk" FOREIGN KEY ("tenant_id","payment_id") REFERENCES "public"."payments"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commissions" ADD CONSTRAINT "commissions_membership_fk" FOREIGN KEY ("tenant_id","membership_id") REFERENCES "public"."memberships"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commissions" ADD CONSTRAINT "commissions_approver_fk" FOREIGN KEY ("tenant_id","approved_by") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commissions" ADD CONSTRAINT "commissions_payout_fk" FOREIGN KEY ("tenant_id","payout_id") REFERENCES "public"."commission_payouts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "cash_counts_handover" ON "cash_counts" USING btree ("tenant_id","handover_id");--> statement-breakpoint
CREATE INDEX "cash_counts_branch" ON "cash_counts" USING btree ("tenant_id","branch_id","counted_at");--> statement-breakpoint
CREATE UNIQUE INDEX "cash_deposit_items_handover" ON "cash_deposit_items" USING btree ("tenant_id","handover_id");--> statement-breakpoint
CREATE INDEX "cash_deposit_items_deposit" ON "cash_deposit_items" USING btree ("tenant_id","deposit_id");--> statement-breakpoint
CREATE INDEX "cash_deposits_branch" ON "cash_deposits" USING btree ("tenant_id","branch_id","banked_at","id");--> statement-breakpoint
CREATE INDEX "cash_handovers_branch" ON "cash_handovers" USING btree ("tenant_id","branch_id","handed_at","id");--> statement-breakpoint
CREATE INDEX "cash_handovers_agent" ON "cash_handovers" USING btree ("tenant_id","agent_id","handed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "commission_payouts_code" ON "commission_payouts" USING btree ("tenant_id","code");--> statement-breakpoint
CREATE INDEX "commission_payouts_agent" ON "commission_payouts" USING btree ("tenant_id","agent_id","created_at","id");--> statement-breakpoint
CREATE INDEX "commission_payouts_created" ON "commission_payouts" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "commissions_number" ON "commissions" USING btree ("tenant_id","payment_id","number");--> statement-breakpoint
CREATE INDEX "commissions_agent" ON "commissions" USING btree ("tenant_id","agent_id","occurred_at","id");--> statement-breakpoint
CREATE INDEX "commissions_branch" ON "commissions" USING btree ("tenant_id","branch_id","occurred_at","id");--> statement-breakpoint
CREATE INDEX "commissions_time" ON "commissions" USING btree ("tenant_id","occurred_at","id");--> statement-breakpoint
CREATE INDEX "commissions_open" ON "commissions" USING btree ("tenant_id","agent_id") WHERE payout_id is null;--> statement-breakpoint
CREATE INDEX "commissions_payout" ON "commissions" USING btree ("tenant_id","payout_id");--> statement-breakpoint
ALTER TABLE "cash_receipts" ADD CONSTRAINT "cash_receipts_handover_fk" FOREIGN KEY ("tenant_id","handover_id") REFERENCES "public"."cash_handovers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cash_receipts_handover" ON "cash_receipts" USING btree ("tenant_id","handover_id");--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_entity_words" CHECK ("documents"."entity" in ('claim', 'invoice', 'receipt', 'membership', 'policy', 'member', 'deposit', 'payout')) NOT VALID;--> statement-breakpoint
ALTER TABLE "documents" VALIDATE CONSTRAINT "documents_entity_words";--> statement-breakpoint
CREATE POLICY "cash_counts_tenant" ON "cash_counts" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "cash_counts_tenant_wall" ON "cash_counts" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "cash_counts_branch" ON "cash_counts" AS RESTRICTIVE FOR ALL TO public USING ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end)) WITH CHECK ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end));--> statement-breakpoint
CREATE POLICY "cash_deposit_items_tenant" ON "cash_deposit_items" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "cash_deposit_items_tenant_wall" ON "cash_deposit_items" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "cash_deposit_items_branch" ON "cash_deposit_items" AS RESTRICTIVE FOR ALL TO public USING ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end)) WITH CHECK ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end));--> statement-breakpoint
CREATE POLICY "cash_deposits_tenant" ON "cash_deposits" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "cash_deposits_tenant_wall" ON "cash_deposits" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "cash_deposits_branch" ON "cash_deposits" AS RESTRICTIVE FOR ALL TO public USING ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end)) WITH CHECK ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end));--> statement-breakpoint
CREATE POLICY "cash_handovers_tenant" ON "cash_handovers" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "cash_handovers_tenant_wall" ON "cash_handovers" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "cash_handovers_branch" ON "cash_handovers" AS RESTRICTIVE FOR ALL TO public USING ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end)) WITH CHECK ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end));--> statement-breakpoint
CREATE POLICY "commission_payouts_tenant" ON "commission_payouts" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "commission_payouts_tenant_wall" ON "commission_payouts" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "commission_payouts_branch" ON "commission_payouts" AS RESTRICTIVE FOR ALL TO public USING ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end)) WITH CHECK ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end));--> statement-breakpoint
CREATE POLICY "commissions_tenant" ON "commissions" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "commissions_tenant_wall" ON "commissions" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "commissions_branch" ON "commissions" AS RESTRICTIVE FOR ALL TO public USING ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end)) WITH CHECK ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end));--> statement-breakpoint
CREATE TRIGGER cash_handovers_append_only BEFORE UPDATE OR DELETE ON "cash_handovers" FOR EACH ROW EXECUTE FUNCTION forbid_change();--> statement-breakpoint
CREATE TRIGGER cash_handovers_no_truncate BEFORE TRUNCATE ON "cash_handovers" FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();--> statement-breakpoint
CREATE TRIGGER cash_counts_append_only BEFORE UPDATE OR DELETE ON "cash_counts" FOR EACH ROW EXECUTE FUNCTION forbid_change();--> statement-breakpoint
CREATE TRIGGER cash_counts_no_truncate BEFORE TRUNCATE ON "cash_counts" FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();--> statement-breakpoint
CREATE TRIGGER cash_deposits_append_only BEFORE UPDATE OR DELETE ON "cash_deposits" FOR EACH ROW EXECUTE FUNCTION forbid_change();--> statement-breakpoint
CREATE TRIGGER cash_deposits_no_truncate BEFORE TRUNCATE ON "cash_deposits" FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();--> statement-breakpoint
CREATE TRIGGER cash_deposit_items_append_only BEFORE UPDATE OR DELETE ON "cash_deposit_items" FOR EACH ROW EXECUTE FUNCTION forbid_change();--> statement-breakpoint
CREATE TRIGGER cash_deposit_items_no_truncate BEFORE TRUNCATE ON "cash_deposit_items" FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();--> statement-breakpoint
CREATE TRIGGER commission_payouts_append_only BEFORE UPDATE OR DELETE ON "commission_payouts" FOR EACH ROW EXECUTE FUNCTION forbid_change();--> statement-breakpoint
CREATE TRIGGER commission_payouts_no_truncate BEFORE TRUNCATE ON "commission_payouts" FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();--> statement-breakpoint
-- What was earned does not change: it is approved once and paid out once, and what goes back is an entry of its own. (Another tenant or branch is what the policies refuse.)
CREATE FUNCTION freeze_commission() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  moving text[] := ARRAY['approved_at', 'approved_by', 'payout_id', 'updated_at', 'branch_id', 'tenant_id'];
BEGIN
  IF (to_jsonb(OLD) - moving) IS DISTINCT FROM (to_jsonb(NEW) - moving)
    OR (OLD.approved_at IS NOT NULL AND (NEW.approved_at IS DISTINCT FROM OLD.approved_at OR NEW.approved_by IS DISTINCT FROM OLD.approved_by))
    OR (OLD.payout_id IS NOT NULL AND NEW.payout_id IS DISTINCT FROM OLD.payout_id)
    OR (NEW.payout_id IS NOT NULL AND NEW.approved_at IS NULL) THEN
    RAISE EXCEPTION 'a commission does not change' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER commissions_frozen BEFORE UPDATE ON "commissions" FOR EACH ROW EXECUTE FUNCTION freeze_commission();--> statement-breakpoint
CREATE TRIGGER commissions_never_deleted BEFORE DELETE ON "commissions" FOR EACH ROW EXECUTE FUNCTION forbid_change();
--> statement-breakpoint
-- Cash that was on its way before: every receipt was handed over, counted and banked by itself, so each becomes a handover of one receipt under its own id.
DO $$
DECLARE
  country record;
BEGIN
  -- the policies bind this login too: it works as one tenant after the other
  SET LOCAL row_security = on;
  FOR country IN SELECT id, time_zone FROM tenants LOOP
    PERFORM set_config('app.current_tenant_id', country.id, true), set_config('app.current_branch_id', '*', true);
    INSERT INTO cash_handovers (tenant_id, id, branch_id, agent_id, handed_by, receipts, amount_minor, currency, handed_at)
      SELECT tenant_id, id, branch_id, agent_id, agent_id, 1, amount_minor, currency, coalesce(handed_at, updated_at) FROM cash_receipts WHERE tenant_id = country.id AND status <> 'collected';
    INSERT INTO cash_counts (tenant_id, id, handover_id, branch_id, agent_id, outcome, counted_minor, currency, counted_by, counted_at)
      SELECT tenant_id, id, id, branch_id, agent_id, 'confirmed', amount_minor, currency, coalesce(verified_by, agent_id), coalesce(handed_at, updated_at) FROM cash_receipts
      WHERE tenant_id = country.id AND (verified_by IS NOT NULL OR status = 'banked');
    INSERT INTO cash_deposits (tenant_id, id, branch_id, amount_minor, currency, slip, deposited_on, banked_by, banked_at)
      SELECT tenant_id, id, branch_id, amount_minor, currency, coalesce(bank_slip, '-'), (coalesce(banked_at, updated_at) AT TIME ZONE country.time_zone)::date, coalesce(verified_by, agent_id), coalesce(banked_at, updated_at)
      FROM cash_receipts WHERE tenant_id = country.id AND status = 'banked';
    INSERT INTO cash_deposit_items (tenant_id, id, deposit_id, handover_id, branch_id, amount_minor)
      SELECT tenant_id, id, id, id, branch_id, amount_minor FROM cash_receipts WHERE tenant_id = country.id AND status = 'banked';
    UPDATE cash_receipts SET handover_id = id WHERE tenant_id = country.id AND status <> 'collected';
  END LOOP;
END
$$;
