ALTER TABLE "refunds" DROP CONSTRAINT "refunds_source";--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "payout_account" text;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "payout_reference" text;--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_payout" ON "refunds" USING btree ("tenant_id","payout_reference");--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_by_bank" CHECK ((source = 'bank') = (payout_account is not null and payout_reference is not null));--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_source" CHECK ("refunds"."source" in ('branch', 'collector', 'provider', 'owed', 'bank'));--> statement-breakpoint
-- As before, and what the bank has paid out stays paid. The account is sealed anew when keys are exchanged, so its sealed text may change.
CREATE OR REPLACE FUNCTION freeze_refund() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  moving text[] := ARRAY['status', 'provider_adjustment_id', 'deposit_id', 'done_at', 'updated_at', 'branch_id', 'tenant_id', 'trying_until', 'source', 'payout_account'];
BEGIN
  IF (to_jsonb(OLD) - moving) IS DISTINCT FROM (to_jsonb(NEW) - moving)
    OR (NEW.source <> OLD.source AND NOT (OLD.source = 'owed' AND NEW.source = 'branch'))
    OR (OLD.provider_adjustment_id IS NOT NULL AND NEW.provider_adjustment_id IS DISTINCT FROM OLD.provider_adjustment_id)
    OR (OLD.deposit_id IS NOT NULL AND NEW.deposit_id IS DISTINCT FROM OLD.deposit_id)
    OR (OLD.status = 'refused' AND NEW.status <> 'refused')
    OR (OLD.source = 'bank' AND OLD.status = 'done' AND NEW.status <> 'done') THEN
    RAISE EXCEPTION 'a refund does not change' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END
$$;
