CREATE FUNCTION audit_row_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  personal text[] := string_to_array(coalesce(TG_ARGV[0], ''), ',');
  old_row jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}'::jsonb ELSE to_jsonb(OLD) END;
  new_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}'::jsonb ELSE to_jsonb(NEW) END;
  whole jsonb := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
  was jsonb;
  becomes jsonb;
BEGIN
  -- only what changed; a personal value is named, never written down a second time
  SELECT jsonb_object_agg(key, CASE WHEN key = ANY (personal) AND value <> 'null'::jsonb THEN '"***"'::jsonb ELSE value END)
    INTO was FROM jsonb_each(old_row) WHERE new_row -> key IS DISTINCT FROM value AND key <> 'updated_at';
  SELECT jsonb_object_agg(key, CASE WHEN key = ANY (personal) AND value <> 'null'::jsonb THEN '"***"'::jsonb ELSE value END)
    INTO becomes FROM jsonb_each(new_row) WHERE old_row -> key IS DISTINCT FROM value AND key <> 'updated_at';
  IF was IS NULL AND becomes IS NULL THEN
    RETURN NULL;
  END IF;
  INSERT INTO public.audit_logs (tenant_id, id, actor_kind, actor_id, action, request_id, operation, entity, entity_id, branch_id, before, after)
  VALUES (
    whole ->> 'tenant_id',
    gen_random_uuid(),
    coalesce(nullif(current_setting('app.actor_kind', true), ''), 'database'),
    CASE WHEN nullif(current_setting('app.actor_kind', true), '') IS NULL THEN session_user::text ELSE nullif(current_setting('app.actor_id', true), '') END,
    coalesce(nullif(current_setting('app.action', true), ''), 'direct'),
    nullif(current_setting('app.request_id', true), ''),
    TG_OP, TG_TABLE_NAME, whole ->> 'id', (whole ->> 'branch_id')::uuid, was, becomes);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION forbid_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '42501';
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_logs_append_only BEFORE UPDATE OR DELETE ON "audit_logs" FOR EACH ROW EXECUTE FUNCTION forbid_change();
--> statement-breakpoint
CREATE TRIGGER audit_logs_no_truncate BEFORE TRUNCATE ON "audit_logs" FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
--> statement-breakpoint
CREATE TRIGGER ledger_transactions_append_only BEFORE UPDATE OR DELETE ON "ledger_transactions" FOR EACH ROW EXECUTE FUNCTION forbid_change();
--> statement-breakpoint
CREATE TRIGGER ledger_transactions_no_truncate BEFORE TRUNCATE ON "ledger_transactions" FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
--> statement-breakpoint
CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE ON "ledger_entries" FOR EACH ROW EXECUTE FUNCTION forbid_change();
--> statement-breakpoint
CREATE TRIGGER ledger_entries_no_truncate BEFORE TRUNCATE ON "ledger_entries" FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
--> statement-breakpoint
CREATE TRIGGER consents_append_only BEFORE UPDATE OR DELETE ON "consents" FOR EACH ROW EXECUTE FUNCTION forbid_change();
--> statement-breakpoint
CREATE TRIGGER invoices_never_deleted BEFORE DELETE ON "invoices" FOR EACH ROW EXECUTE FUNCTION forbid_change();
--> statement-breakpoint
CREATE FUNCTION freeze_invoice() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  moving text[] := ARRAY['status', 'document_id', 'pdf_sha256', 'updated_at'];
BEGIN
  IF OLD.status <> 'draft' AND (to_jsonb(OLD) - moving) IS DISTINCT FROM (to_jsonb(NEW) - moving) THEN
    RAISE EXCEPTION 'an issued invoice does not change' USING ERRCODE = '42501';
  END IF;
  IF OLD.pdf_sha256 IS NOT NULL AND NEW.pdf_sha256 IS DISTINCT FROM OLD.pdf_sha256 THEN
    RAISE EXCEPTION 'the stored PDF of an invoice does not change' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER invoices_frozen BEFORE UPDATE ON "invoices" FOR EACH ROW EXECUTE FUNCTION freeze_invoice();
--> statement-breakpoint
CREATE FUNCTION assert_ledger_balance() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  posting uuid := CASE WHEN TG_TABLE_NAME = 'ledger_entries' THEN (to_jsonb(NEW) ->> 'transaction_id')::uuid ELSE NEW.id END;
  legs integer;
  skewed text;
BEGIN
  SELECT count(*) INTO legs FROM public.ledger_entries WHERE tenant_id = NEW.tenant_id AND transaction_id = posting;
  IF legs < 2 THEN
    RAISE EXCEPTION 'ledger transaction % has % legs', posting, legs USING ERRCODE = '23514', CONSTRAINT = 'ledger_two_legs';
  END IF;
  SELECT string_agg(currency, ', ') INTO skewed FROM (
    SELECT currency FROM public.ledger_entries
    WHERE tenant_id = NEW.tenant_id AND transaction_id = posting
    GROUP BY currency HAVING sum(amount_minor) <> 0) AS s;
  IF skewed IS NOT NULL THEN
    RAISE EXCEPTION 'ledger transaction % does not balance in %', posting, skewed USING ERRCODE = '23514', CONSTRAINT = 'ledger_zero_sum';
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ledger_entries_balance AFTER INSERT ON "ledger_entries"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assert_ledger_balance();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ledger_transactions_balance AFTER INSERT ON "ledger_transactions"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assert_ledger_balance();
