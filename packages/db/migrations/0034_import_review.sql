ALTER TABLE "import_lines" DROP CONSTRAINT "import_lines_decision";--> statement-breakpoint
ALTER TABLE "import_lines" ADD CONSTRAINT "import_lines_decision" CHECK ("import_lines"."decision" in ('same', 'different', 'skip', 'keep', 'fill', 'update'));--> statement-breakpoint
-- As before, and a person whom a finished import has made goes when somebody has decided that it is one of those who were known.
CREATE OR REPLACE FUNCTION only_imported_rows_go() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  -- only the runtime's own hands are bound: the owner moves and empties tables
  IF current_user <> 'interdomestik_app' THEN
    RETURN OLD;
  END IF;
  IF TG_TABLE_NAME = 'user' THEN
    IF EXISTS (
      SELECT FROM public.import_lines l JOIN public.import_batches b ON b.tenant_id = l.tenant_id AND b.id = l.batch_id
      WHERE l.tenant_id = OLD.tenant_id AND l.user_id = OLD.id AND l.is_new_user AND l.undo IS DISTINCT FROM 'undone'
        AND (b.status = 'undoing' OR (b.status = 'done' AND l.alike IS NOT NULL AND l.decision IN ('keep', 'fill', 'update')))
    ) THEN
      RETURN OLD;
    END IF;
  ELSIF TG_TABLE_NAME = 'cards' THEN
    IF EXISTS (
      SELECT FROM public.import_lines l JOIN public.import_batches b ON b.tenant_id = l.tenant_id AND b.id = l.batch_id
      WHERE l.tenant_id = OLD.tenant_id AND l.row_id = (to_jsonb(OLD) ->> 'membership_id')::uuid AND l.card_id = OLD.id AND l.undo IS DISTINCT FROM 'undone' AND b.status = 'undoing'
    ) THEN
      RETURN OLD;
    END IF;
  ELSIF EXISTS (
    SELECT FROM public.import_lines l JOIN public.import_batches b ON b.tenant_id = l.tenant_id AND b.id = l.batch_id
    WHERE l.tenant_id = OLD.tenant_id AND l.row_id = OLD.id AND l.undo IS DISTINCT FROM 'undone' AND b.status = 'undoing'
  ) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'a row of % goes only with the undo of its import', TG_TABLE_NAME USING ERRCODE = '42501';
END
$$;
