ALTER TABLE "clearance_accounts" DROP CONSTRAINT "clearance_accounts_services";--> statement-breakpoint
-- As before; whose row it is, the policies guard, as everywhere.
CREATE OR REPLACE FUNCTION guard_clearance() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  moving text[] := ARRAY['status', 'attempt', 'sent_at', 'problem', 'clearance_id', 'qr', 'reason', 'decided_at', 'asked_by', 'document_id', 'updated_at', 'branch_id', 'tenant_id'];
  copying text[] := ARRAY['document_id', 'updated_at', 'branch_id', 'tenant_id'];
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
