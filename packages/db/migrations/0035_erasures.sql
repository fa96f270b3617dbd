CREATE TABLE "erasure_requests" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"branch_id" uuid NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"asked_by" uuid,
	"note" text DEFAULT '' NOT NULL,
	"due_on" date NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"answer" text,
	"letter" jsonb,
	"done_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "erasure_requests_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "erasure_requests_done" CHECK ((status = 'done') = (done_at is not null)),
	CONSTRAINT "erasure_requests_status" CHECK ("erasure_requests"."status" in ('open', 'withdrawn', 'refused', 'approved', 'done'))
);
--> statement-breakpoint
ALTER TABLE "erasure_requests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "erasure_requests" ADD CONSTRAINT "erasure_requests_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasure_requests" ADD CONSTRAINT "erasure_requests_user_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasure_requests" ADD CONSTRAINT "erasure_requests_branch_fk" FOREIGN KEY ("tenant_id","branch_id") REFERENCES "public"."branches"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasure_requests" ADD CONSTRAINT "erasure_requests_asked_by_fk" FOREIGN KEY ("tenant_id","asked_by") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasure_requests" ADD CONSTRAINT "erasure_requests_decided_by_fk" FOREIGN KEY ("tenant_id","decided_by") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "erasure_requests_one" ON "erasure_requests" USING btree ("tenant_id","user_id") WHERE status in ('open', 'approved', 'done');--> statement-breakpoint
CREATE INDEX "erasure_requests_created" ON "erasure_requests" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE POLICY "erasure_requests_tenant" ON "erasure_requests" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "erasure_requests_tenant_wall" ON "erasure_requests" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "erasure_requests_branch" ON "erasure_requests" AS RESTRICTIVE FOR ALL TO public USING ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end) or "user_id" = (select case when current_setting('app.current_branch_id', true) = 'self' then nullif(current_setting('app.actor_id', true), '')::uuid end)) WITH CHECK ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end) or "user_id" = (select case when current_setting('app.current_branch_id', true) = 'self' then nullif(current_setting('app.actor_id', true), '')::uuid end));--> statement-breakpoint
-- As before; and where a person was erased, or a claim has been closed for a year, what was written about them may be emptied. It can never be rewritten.
CREATE OR REPLACE FUNCTION freeze_claim_event() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  emptied boolean := NEW.note IS NULL AND OLD.note IS NOT NULL AND (
    EXISTS (SELECT FROM public."user" u WHERE u.tenant_id = OLD.tenant_id AND u.id = OLD.user_id AND u.erased_at IS NOT NULL)
    OR EXISTS (SELECT FROM public.claims c WHERE c.tenant_id = OLD.tenant_id AND c.id = OLD.claim_id AND c.status IN ('resolved', 'rejected') AND coalesce(c.stage_since, c.updated_at) < now() - interval '1 year'));
  fixed text[] := CASE WHEN emptied THEN ARRAY['branch_id', 'tenant_id', 'note'] ELSE ARRAY['branch_id', 'tenant_id'] END;
BEGIN
  IF (to_jsonb(OLD) - fixed) IS DISTINCT FROM (to_jsonb(NEW) - fixed) THEN
    RAISE EXCEPTION 'the story of a claim is append-only' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
-- As before; and of a person who was erased the words of a wish may be emptied.
CREATE OR REPLACE FUNCTION freeze_refund_request() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  emptied boolean := NEW.note = '' AND EXISTS (SELECT FROM public."user" u WHERE u.tenant_id = OLD.tenant_id AND u.id = OLD.user_id AND u.erased_at IS NOT NULL);
  moving text[] := ARRAY['status', 'decided_by', 'decided_at', 'answer', 'updated_at', 'branch_id', 'tenant_id'] || CASE WHEN emptied THEN ARRAY['note'] ELSE ARRAY[]::text[] END;
BEGIN
  IF (to_jsonb(OLD) - moving) IS DISTINCT FROM (to_jsonb(NEW) - moving) OR (OLD.status <> 'open' AND NEW.status <> OLD.status) THEN
    RAISE EXCEPTION 'an answered wish does not change' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
-- Who was erased stays erased: nobody writes a name, an address or a way in back into the row.
CREATE FUNCTION keep_erased() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF OLD.erased_at IS NOT NULL AND (NEW.erased_at IS NULL OR (to_jsonb(OLD) - ARRAY['tenant_id', 'branch_id', 'agent_id', 'updated_at']) IS DISTINCT FROM (to_jsonb(NEW) - ARRAY['tenant_id', 'branch_id', 'agent_id', 'updated_at'])) THEN
    RAISE EXCEPTION 'who was erased stays erased' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER user_stays_erased BEFORE UPDATE ON "user" FOR EACH ROW EXECUTE FUNCTION keep_erased();--> statement-breakpoint
-- A wish is decided once, and what was done stays done.
CREATE FUNCTION freeze_erasure_request() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  moving text[] := ARRAY['status', 'note', 'answer', 'decided_by', 'decided_at', 'letter', 'done_at', 'updated_at', 'branch_id', 'tenant_id'];
BEGIN
  IF (to_jsonb(OLD) - moving) IS DISTINCT FROM (to_jsonb(NEW) - moving)
    OR (OLD.status <> NEW.status AND NOT (OLD.status = 'open' OR (OLD.status = 'approved' AND NEW.status = 'done')))
    OR (NEW.note <> OLD.note AND NEW.note <> '')
    OR (OLD.status = 'done' AND (NEW.letter IS DISTINCT FROM OLD.letter OR NEW.done_at IS DISTINCT FROM OLD.done_at)) THEN
    RAISE EXCEPTION 'a decided wish does not change' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER erasure_requests_frozen BEFORE UPDATE ON "erasure_requests" FOR EACH ROW EXECUTE FUNCTION freeze_erasure_request();--> statement-breakpoint
CREATE TRIGGER erasure_requests_never_deleted BEFORE DELETE ON "erasure_requests" FOR EACH ROW EXECUTE FUNCTION forbid_change();
