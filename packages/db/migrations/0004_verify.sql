-- Refuses to go on while a row has no tenant, or hangs under a parent of another one.
DO $$
DECLARE
  core text;
  missing bigint;
BEGIN
  FOREACH core IN ARRAY ARRAY['user', 'memberships', 'claims', 'policies', 'payments', 'documents', 'notifications'] LOOP
    EXECUTE format('SELECT count(*) FROM %I WHERE tenant_id IS NULL', core) INTO missing;
    IF missing > 0 THEN
      RAISE EXCEPTION 'tenant backfill incomplete: % rows of % have no tenant', missing, core;
    END IF;
    IF core <> 'user' THEN
      EXECUTE format('SELECT count(*) FROM %I c LEFT JOIN "user" u ON u.id = c.user_id AND u.tenant_id = c.tenant_id WHERE u.id IS NULL', core) INTO missing;
      IF missing > 0 THEN
        RAISE EXCEPTION 'tenant backfill inconsistent: % rows of % belong to a user of another tenant or to nobody', missing, core;
      END IF;
    END IF;
  END LOOP;
  SELECT count(*) INTO missing FROM claims c JOIN memberships m ON m.id = c.membership_id WHERE m.tenant_id <> c.tenant_id;
  IF missing > 0 THEN
    RAISE EXCEPTION 'tenant backfill inconsistent: % claims name a membership of another tenant', missing;
  END IF;
  SELECT count(*) INTO missing FROM payments p JOIN memberships m ON m.id = p.membership_id WHERE m.tenant_id <> p.tenant_id;
  IF missing > 0 THEN
    RAISE EXCEPTION 'tenant backfill inconsistent: % payments name a membership of another tenant', missing;
  END IF;
END
$$;
