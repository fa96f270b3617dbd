-- A tenant with somebody at its head keeps somebody: the last working administrator is not shut out or demoted, on no path and not by two
-- at the same moment. The lock makes the second wait for the first; what is counted then is what the first has left.
CREATE FUNCTION assert_admin_left() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_TABLE_NAME = 'user' THEN
    IF NOT EXISTS (SELECT FROM public.user_roles WHERE tenant_id = OLD.tenant_id AND user_id = OLD.id AND role = 'tenant_admin') THEN
      RETURN NULL;
    END IF;
  ELSIF NOT EXISTS (SELECT FROM public."user" WHERE tenant_id = OLD.tenant_id AND id = OLD.user_id AND status = 'active') THEN
    RETURN NULL;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('last-admin:' || OLD.tenant_id, 0));
  IF NOT EXISTS (
    SELECT FROM public.user_roles r JOIN public."user" u ON u.tenant_id = r.tenant_id AND u.id = r.user_id
    WHERE r.tenant_id = OLD.tenant_id AND r.role = 'tenant_admin' AND u.status = 'active'
  ) THEN
    RAISE EXCEPTION 'the last administrator of a tenant stays' USING ERRCODE = '23514', CONSTRAINT = 'last_admin';
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER user_admin_left AFTER UPDATE OF status ON "user" FOR EACH ROW
  WHEN (OLD.status = 'active' AND NEW.status <> 'active') EXECUTE FUNCTION assert_admin_left();
--> statement-breakpoint
CREATE TRIGGER user_roles_admin_left AFTER DELETE OR UPDATE OF role, user_id ON "user_roles" FOR EACH ROW
  WHEN (OLD.role = 'tenant_admin') EXECUTE FUNCTION assert_admin_left();
