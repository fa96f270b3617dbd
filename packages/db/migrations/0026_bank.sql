CREATE TABLE "bank_lines" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"statement_id" uuid NOT NULL,
	"payment_account_id" uuid NOT NULL,
	"line_key" text NOT NULL,
	"booked_on" date NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"payer" text NOT NULL,
	"payer_account" text NOT NULL,
	"purpose" text NOT NULL,
	"reference" text NOT NULL,
	"bank_id" text NOT NULL,
	"status" text DEFAULT 'new' NOT NULL,
	"open_reason" text,
	"payment_id" uuid,
	"held_minor" bigint DEFAULT 0 NOT NULL,
	"deposit_id" uuid,
	"refund_id" uuid,
	"payout_of" uuid,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"note" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "bank_lines_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "bank_lines_amount" CHECK (amount_minor <> 0),
	CONSTRAINT "bank_lines_held" CHECK (held_minor >= 0 and held_minor <= greatest(amount_minor, 0)),
	CONSTRAINT "bank_lines_status_words" CHECK ("bank_lines"."status" in ('new', 'open', 'held', 'booked', 'seen', 'ignored', 'returned')),
	CONSTRAINT "bank_lines_reason" CHECK ("bank_lines"."open_reason" in ('noReference', 'unknownReference', 'severalReferences', 'underpaid', 'overpaid', 'paidAlready', 'lapsed', 'outgoing', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "bank_lines" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "bank_statements" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"payment_account_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"file_hash" text NOT NULL,
	"reading" jsonb NOT NULL,
	"lines" integer NOT NULL,
	"fresh" integer NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "bank_statements_pkey" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "bank_statements" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "payment_accounts" ADD COLUMN "bank_details" jsonb;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "expires_on" date;--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_statement_fk" FOREIGN KEY ("tenant_id","statement_id") REFERENCES "public"."bank_statements"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_account_fk" FOREIGN KEY ("tenant_id","payment_account_id") REFERENCES "public"."payment_accounts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_payment_fk" FOREIGN KEY ("tenant_id","payment_id") REFERENCES "public"."payments"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_deposit_fk" FOREIGN KEY ("tenant_id","deposit_id") REFERENCES "public"."cash_deposits"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_refund_fk" FOREIGN KEY ("tenant_id","refund_id") REFERENCES "public"."refunds"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_payout_fk" FOREIGN KEY ("tenant_id","payout_of") REFERENCES "public"."payment_accounts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_decided_by_fk" FOREIGN KEY ("tenant_id","decided_by") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_statements" ADD CONSTRAINT "bank_statements_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_statements" ADD CONSTRAINT "bank_statements_account_fk" FOREIGN KEY ("tenant_id","payment_account_id") REFERENCES "public"."payment_accounts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_statements" ADD CONSTRAINT "bank_statements_created_by_fk" FOREIGN KEY ("tenant_id","created_by") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "bank_lines_once" ON "bank_lines" USING btree ("tenant_id","payment_account_id","line_key");--> statement-breakpoint
CREATE UNIQUE INDEX "bank_lines_deposit" ON "bank_lines" USING btree ("tenant_id","deposit_id");--> statement-breakpoint
CREATE UNIQUE INDEX "bank_lines_refund" ON "bank_lines" USING btree ("tenant_id","refund_id");--> statement-breakpoint
CREATE INDEX "bank_lines_status" ON "bank_lines" USING btree ("tenant_id","status","booked_on","id");--> statement-breakpoint
CREATE INDEX "bank_lines_booked" ON "bank_lines" USING btree ("tenant_id","booked_on","id");--> statement-breakpoint
CREATE INDEX "bank_lines_statement" ON "bank_lines" USING btree ("tenant_id","statement_id");--> statement-breakpoint
CREATE INDEX "bank_lines_payment" ON "bank_lines" USING btree ("tenant_id","payment_id");--> statement-breakpoint
CREATE UNIQUE INDEX "bank_statements_file" ON "bank_statements" USING btree ("tenant_id","payment_account_id","file_hash");--> statement-breakpoint
CREATE INDEX "bank_statements_created" ON "bank_statements" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "payments_transfers" ON "payments" USING btree ("tenant_id","status","expires_on") WHERE method = 'bank_transfer';--> statement-breakpoint
CREATE POLICY "bank_lines_tenant" ON "bank_lines" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "bank_lines_tenant_wall" ON "bank_lines" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "bank_statements_tenant" ON "bank_statements" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "bank_statements_tenant_wall" ON "bank_statements" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
-- What the bank said of a movement does not change, and none is thrown away; what we made of it moves on, and what is booked stays booked.
CREATE FUNCTION freeze_bank_line() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  moving text[] := ARRAY['status', 'open_reason', 'payment_id', 'held_minor', 'deposit_id', 'refund_id', 'payout_of', 'decided_by', 'decided_at', 'note', 'updated_at', 'tenant_id'];
BEGIN
  IF (to_jsonb(OLD) - moving) IS DISTINCT FROM (to_jsonb(NEW) - moving)
    OR (OLD.status IN ('booked', 'seen', 'returned') AND NEW.status <> OLD.status)
    OR (OLD.status = 'held' AND NEW.status NOT IN ('held', 'booked', 'returned'))
    OR (OLD.status IN ('held', 'booked', 'seen', 'returned') AND (NEW.payment_id IS DISTINCT FROM OLD.payment_id OR NEW.deposit_id IS DISTINCT FROM OLD.deposit_id OR NEW.refund_id IS DISTINCT FROM OLD.refund_id OR NEW.payout_of IS DISTINCT FROM OLD.payout_of)) THEN
    RAISE EXCEPTION 'a movement of the bank does not change' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER bank_lines_frozen BEFORE UPDATE ON "bank_lines" FOR EACH ROW EXECUTE FUNCTION freeze_bank_line();--> statement-breakpoint
CREATE TRIGGER bank_lines_never_deleted BEFORE DELETE ON "bank_lines" FOR EACH ROW EXECUTE FUNCTION forbid_change();--> statement-breakpoint
CREATE TRIGGER bank_lines_no_truncate BEFORE TRUNCATE ON "bank_lines" FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();--> statement-breakpoint
CREATE TRIGGER bank_statements_append_only BEFORE UPDATE OR DELETE ON "bank_statements" FOR EACH ROW EXECUTE FUNCTION forbid_change();--> statement-breakpoint
CREATE TRIGGER bank_statements_no_truncate BEFORE TRUNCATE ON "bank_statements" FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
