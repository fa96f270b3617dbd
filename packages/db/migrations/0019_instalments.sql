CREATE TABLE "instalments" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"branch_id" uuid NOT NULL,
	"payment_id" uuid,
	"code" text NOT NULL,
	"number" integer NOT NULL,
	"due_on" date NOT NULL,
	"amount_minor" bigint NOT NULL,
	"vat_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"tax_document_issuer" text NOT NULL,
	"status" text DEFAULT 'due' NOT NULL,
	"paid_at" timestamp with time zone,
	"reminded_at" timestamp with time zone,
	"overdue_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "instalments_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "instalments_amounts" CHECK (number >= 1 and amount_minor > 0 and vat_minor >= 0 and vat_minor <= amount_minor),
	CONSTRAINT "instalments_paid" CHECK (status <> 'paid' or (payment_id is not null and paid_at is not null)),
	CONSTRAINT "instalments_status" CHECK ("instalments"."status" in ('due', 'paid', 'canceled')),
	CONSTRAINT "instalments_issuer" CHECK ("instalments"."tax_document_issuer" in ('provider', 'tenant'))
);
--> statement-breakpoint
ALTER TABLE "instalments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "instalments" ADD CONSTRAINT "instalments_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instalments" ADD CONSTRAINT "instalments_membership_fk" FOREIGN KEY ("tenant_id","membership_id") REFERENCES "public"."memberships"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instalments" ADD CONSTRAINT "instalments_user_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."user"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instalments" ADD CONSTRAINT "instalments_branch_fk" FOREIGN KEY ("tenant_id","branch_id") REFERENCES "public"."branches"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instalments" ADD CONSTRAINT "instalments_payment_fk" FOREIGN KEY ("tenant_id","payment_id") REFERENCES "public"."payments"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "instalments_number" ON "instalments" USING btree ("tenant_id","membership_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "instalments_payment" ON "instalments" USING btree ("tenant_id","payment_id");--> statement-breakpoint
CREATE INDEX "instalments_user" ON "instalments" USING btree ("tenant_id","user_id");--> statement-breakpoint
CREATE INDEX "instalments_due" ON "instalments" USING btree ("tenant_id","due_on") WHERE status = 'due';--> statement-breakpoint
CREATE POLICY "instalments_tenant" ON "instalments" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "instalments_tenant_wall" ON "instalments" AS RESTRICTIVE FOR ALL TO public USING (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), '')));--> statement-breakpoint
CREATE POLICY "instalments_branch" ON "instalments" AS RESTRICTIVE FOR ALL TO public USING ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end) or "user_id" = (select case when current_setting('app.current_branch_id', true) = 'self' then nullif(current_setting('app.actor_id', true), '')::uuid end)) WITH CHECK ((select current_setting('app.current_branch_id', true)) = '*' or "branch_id" = (select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end) or "user_id" = (select case when current_setting('app.current_branch_id', true) = 'self' then nullif(current_setting('app.actor_id', true), '')::uuid end));