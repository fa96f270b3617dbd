CREATE TABLE "tenant_creations" (
	"made_tenant_id" text PRIMARY KEY NOT NULL,
	"key" uuid NOT NULL,
	"payload_hash" text NOT NULL,
	"pack" jsonb,
	"admin" jsonb,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "country" jsonb;--> statement-breakpoint
ALTER TABLE "tenant_creations" ADD CONSTRAINT "tenant_creations_made_tenant_id_tenants_id_fk" FOREIGN KEY ("made_tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant_creations" ADD CONSTRAINT "tenant_creations_created_by_platform_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."platform_users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- Tenants from before this column have what their packs say.
UPDATE "tenants" SET "country" = '{"code":"MK","names":{"mk":"Северна Македонија","sq":"Maqedonia e Veriut","sr":"Severna Makedonija","en":"North Macedonia"},"phone":{"callingCode":"389","trunk":"0","mobilePrefixes":["7"],"digits":{"min":8,"max":8}},"personalNumbers":[{"kind":"embg","digits":13,"bornFirst":true,"check":{"weights":[7,6,5,4,3,2,7,6,5,4,3,2],"certain":true}}],"taxId":{"digits":13,"prefixes":["MK","МК"],"check":{"weights":[7,6,5,4,3,2,7,6,5,4,3,2],"certain":true}}}'::jsonb WHERE "country_code" = 'MK' AND "country" IS NULL;--> statement-breakpoint
UPDATE "tenants" SET "country" = '{"code":"XK","names":{"mk":"Косово","sq":"Kosova","sr":"Kosovo","en":"Kosovo"},"phone":{"callingCode":"383","trunk":"0","mobilePrefixes":["43","44","45","46","47","48","49"],"digits":{"min":8,"max":8}},"personalNumbers":[{"kind":"xk","digits":10,"bornFirst":false,"check":{"weights":[4,3,2,7,6,5,4,3,2],"certain":false}},{"kind":"jmbg","digits":13,"bornFirst":true,"check":{"weights":[7,6,5,4,3,2,7,6,5,4,3,2],"certain":true}}],"taxId":{"digits":9,"prefixes":["XK","KS"],"check":null}}'::jsonb WHERE "country_code" = 'XK' AND "country" IS NULL;
