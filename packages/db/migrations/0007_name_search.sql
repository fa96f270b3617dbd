ALTER TABLE "user" ADD COLUMN "surname_tokens" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "user_surname" ON "user" USING btree ("tenant_id","surname_tokens");--> statement-breakpoint
CREATE INDEX "user_phone" ON "user" USING btree ("tenant_id","phone");