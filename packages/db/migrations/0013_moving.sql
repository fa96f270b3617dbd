-- A claim moves to another branch with its member, and its story with it; nothing else of a story ever changes. (Another tenant is what the policies refuse.)
CREATE FUNCTION freeze_claim_event() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF (to_jsonb(OLD) - ARRAY['branch_id', 'tenant_id']) IS DISTINCT FROM (to_jsonb(NEW) - ARRAY['branch_id', 'tenant_id']) THEN
    RAISE EXCEPTION 'the story of a claim is append-only' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER claim_events_frozen BEFORE UPDATE ON "claim_events" FOR EACH ROW EXECUTE FUNCTION freeze_claim_event();
--> statement-breakpoint
-- Nobody joins, works, sells or takes cash in a closed branch. The lock makes whoever comes while a branch is closing wait for the outcome.
CREATE FUNCTION assert_branch_open() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  working boolean;
BEGIN
  IF NEW.branch_id IS NULL THEN
    RETURN NEW;
  END IF;
  SELECT is_active INTO working FROM public.branches WHERE tenant_id = NEW.tenant_id AND id = NEW.branch_id FOR KEY SHARE;
  IF NOT working THEN
    RAISE EXCEPTION 'the branch is closed' USING ERRCODE = '23514', CONSTRAINT = 'branch_open';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER user_branch_open BEFORE INSERT OR UPDATE OF branch_id ON "user" FOR EACH ROW EXECUTE FUNCTION assert_branch_open();
--> statement-breakpoint
CREATE TRIGGER user_roles_branch_open BEFORE INSERT OR UPDATE OF branch_id ON "user_roles" FOR EACH ROW EXECUTE FUNCTION assert_branch_open();
--> statement-breakpoint
CREATE TRIGGER user_grants_branch_open BEFORE INSERT OR UPDATE OF branch_id ON "user_grants" FOR EACH ROW EXECUTE FUNCTION assert_branch_open();
--> statement-breakpoint
CREATE TRIGGER referral_codes_branch_open BEFORE INSERT OR UPDATE OF branch_id ON "referral_codes" FOR EACH ROW EXECUTE FUNCTION assert_branch_open();
--> statement-breakpoint
CREATE TRIGGER leads_branch_open BEFORE INSERT OR UPDATE OF branch_id ON "leads" FOR EACH ROW EXECUTE FUNCTION assert_branch_open();
--> statement-breakpoint
CREATE TRIGGER cash_receipts_branch_open BEFORE INSERT ON "cash_receipts" FOR EACH ROW EXECUTE FUNCTION assert_branch_open();
