CREATE TABLE "import_batches" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"file_name" text NOT NULL,
	"file_hash" text NOT NULL,
	"reading" jsonb NOT NULL,
	"status" text DEFAULT 'uploaded' NOT NULL,
	"lines" integer NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"report" jsonb,
	"trial" jsonb,
	"error_key" text,
	"created_by" uuid,
	"stamp" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"undone_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "import_batches_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "import_batches_kind" CHECK ("import_batches"."kind" in ('members', 'claims', 'payments')),
	CONSTRAINT "import_batches_status" CHECK ("import_batches"."status" in ('uploaded', 'running', 'done', 'undoing', 'partly_undone', 'undone'))
);
--> statement-breakpoint
ALTER TABLE "import_batches" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "import_lines" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"batch_id" uuid NOT NULL,
	"record" integer NOT NULL,
	"line" integer NOT NULL,
	"outcome" text NOT NULL,
	"reason" text,
	"problems" jsonb,
	"cells" jsonb,
	"number" text,
	"user_id" uuid,
	"is_new_user" boolean DEFAULT false NOT NULL,
	"row_id" uuid,
	"card_id" uuid,
	"traits" jsonb,
	"before" jsonb,
	"alike" jsonb,
	"decision" text,
	"undo" text,
	CONSTRAINT "import_lines_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "import_lines_outcome_words" CHECK ("import_lines"."outcome" in ('valid_new', 'duplicate_in_file', 'renewal', 'probable_duplicate', 'rejected')),
	CONSTRAINT "import_lines_decision" CHECK ("import_lines"."decision" in ('same', 'different')),
	CONSTRAINT "import_lines_undo" CHECK ("import_lines"."undo" in ('undone', 'changed', 'in_use'))
);
--> statement-breakpoint
ALTER TABLE "import_lines" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "import_pieces" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"batch_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "import_pieces_pkey" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "import_pieces" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "import_templates" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"fields" jsonb NOT NULL,
	"style" jsonb NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "import_templates_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "import_templates_kind" CHECK ("import_templates"."kind" in ('members', 'claims', 'payments'))
);
--> statement-breakpoint
ALTER TABLE "import_templates" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "import_batches" ADD CONSTRAINT "import_batches_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_lines" ADD CONSTRAINT "import_lines_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_lines" ADD CONSTRAINT "import_lines_batch_fk" FOREIGN KEY ("tenant_id","batch_id") REFERENCES "public"."import_batches"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_pieces" ADD CONSTRAINT "import_pieces_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_pieces" ADD CONSTRAINT "import_pieces_batch_fk" FOREIGN KEY ("tenant_id","batch_id") REFERENCES "public"."import_batches"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_templates" ADD CONSTRAINT "import_templates_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_batches_created" ON "import_batches" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "import_batches_once" ON "import_batches" USING btree ("tenant_id","kind","file_hash") WHERE status in ('running', 'done', 'undoing', 'partly_undone');--> statement-breakpoint
CREATE UNIQUE INDEX "import_batches_one_at_work" ON "import_batches" USING btree ("tenant_id") WHERE status in ('running', 'undoing');--> statement-breakpoint
CREATE UNIQUE INDEX "import_lines_record" ON "import_lines" USING btree ("tenant_id","batch_id","record");--> statement-breakpoint
CREATE INDEX "import_lines_outcome" ON "import_lines" USING btree ("tenant_id","batch_id","outcome","record");--> statement-breakpoint
CREATE INDEX "import_lines_user" ON "import_lines" USING btree ("tenant_id","user_id");--> statement-breakpoint
CREATE INDEX "import_lines_row" ON "import_lines" USING btree ("tenant_id","row_id");--> statement-breakpoint
CREATE UNIQUE INDEX "import_pieces_position" ON "import_pieces" USING btree ("tenant_id","batch_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "import_templates_name" ON "import_templates" USING btree ("tenant_id","kind","name");--> statement-breakpoint
CREATE POLICY "import_batches_tenant" ON "import_batches" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "import_batches_tenant_wall" ON "import_batches" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "import_lines_tenant" ON "import_lines" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "import_lines_tenant_wall" ON "import_lines" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "import_pieces_tenant" ON "import_pieces" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "import_pieces_tenant_wall" ON "import_pieces" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "import_templates_tenant" ON "import_templates" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "import_templates_tenant_wall" ON "import_templates" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));
--> statement-breakpoint
-- Rows of people, sales and claims stay. What an import has brought may go again with its undo, and nothing else: whatever the code does, a row goes
-- only while its batch is being undone and a line of that batch says that it made the row.
CREATE FUNCTION only_imported_rows_go() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  -- only the runtime's own hands are bound: the owner moves and empties tables
  IF current_user <> 'interdomestik_app' THEN
    RETURN OLD;
  END IF;
  IF TG_TABLE_NAME = 'user' THEN
    IF EXISTS (
      SELECT FROM public.import_lines l JOIN public.import_batches b ON b.tenant_id = l.tenant_id AND b.id = l.batch_id
      WHERE l.tenant_id = OLD.tenant_id AND l.user_id = OLD.id AND l.is_new_user AND l.undo IS DISTINCT FROM 'undone' AND b.status = 'undoing'
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
--> statement-breakpoint
CREATE TRIGGER user_only_imported_go BEFORE DELETE ON "user" FOR EACH ROW EXECUTE FUNCTION only_imported_rows_go();
--> statement-breakpoint
CREATE TRIGGER memberships_only_imported_go BEFORE DELETE ON "memberships" FOR EACH ROW EXECUTE FUNCTION only_imported_rows_go();
--> statement-breakpoint
CREATE TRIGGER cards_only_imported_go BEFORE DELETE ON "cards" FOR EACH ROW EXECUTE FUNCTION only_imported_rows_go();
--> statement-breakpoint
CREATE TRIGGER claims_only_imported_go BEFORE DELETE ON "claims" FOR EACH ROW EXECUTE FUNCTION only_imported_rows_go();
--> statement-breakpoint
CREATE TRIGGER payments_only_imported_go BEFORE DELETE ON "payments" FOR EACH ROW EXECUTE FUNCTION only_imported_rows_go();
