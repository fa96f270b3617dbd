-- @transaction: none
-- Everything that the old database holds is North Macedonia's. An empty database passes through untouched.
INSERT INTO "tenants" ("id", "slug", "name", "country_code", "currency", "time_zone", "default_locale", "locales")
SELECT 'tenant_mk', 'mk', 'Interdomestik Македонија', 'MK', 'MKD', 'Europe/Skopje', 'mk', '{mk,sq,en}'
WHERE EXISTS (SELECT 1 FROM "user")
ON CONFLICT ("id") DO NOTHING;
--> statement-breakpoint
INSERT INTO "branches" ("tenant_id", "id", "code", "name", "city")
SELECT 'tenant_mk', gen_random_uuid(), 'skopje', 'Скопје', 'Скопје'
WHERE EXISTS (SELECT 1 FROM "user")
  AND NOT EXISTS (SELECT 1 FROM "branches" WHERE "tenant_id" = 'tenant_mk' AND "code" = 'skopje');
--> statement-breakpoint
INSERT INTO "payment_accounts" ("tenant_id", "id", "provider", "slug", "name", "currency", "environment", "tax_document_issuer", "is_active")
SELECT 'tenant_mk', gen_random_uuid(), p."provider", 'history', p."name", 'EUR', 'local', p."issuer", false
FROM (VALUES ('paddle', 'Card (history)', 'provider'), ('cash', 'Cash (history)', 'tenant'), ('bank_transfer', 'Bank (history)', 'tenant')) AS p ("provider", "name", "issuer")
WHERE EXISTS (SELECT 1 FROM "user")
  AND NOT EXISTS (SELECT 1 FROM "payment_accounts" a WHERE a."tenant_id" = 'tenant_mk' AND a."provider" = p."provider" AND a."slug" = 'history');
--> statement-breakpoint
INSERT INTO "user_roles" ("tenant_id", "id", "user_id", "role", "branch_id")
SELECT 'tenant_mk', gen_random_uuid(), u."id", CASE u."role" WHEN 'admin' THEN 'tenant_admin' WHEN 'agent' THEN 'agent' ELSE 'member' END,
  CASE u."role" WHEN 'agent' THEN (SELECT b."id" FROM "branches" b WHERE b."tenant_id" = 'tenant_mk' AND b."code" = 'skopje') END
FROM "user" u
WHERE NOT EXISTS (SELECT 1 FROM "user_roles" r WHERE r."tenant_id" = 'tenant_mk' AND r."user_id" = u."id");
--> statement-breakpoint
-- @batch
UPDATE "user" SET
  "tenant_id" = 'tenant_mk',
  "branch_id" = (SELECT b."id" FROM "branches" b WHERE b."tenant_id" = 'tenant_mk' AND b."code" = 'skopje'),
  "email" = lower(btrim("email")),
  "sign_in_email" = lower(btrim("email"))
WHERE "id" IN (SELECT "id" FROM "user" WHERE "tenant_id" IS NULL ORDER BY "id" LIMIT 20000);
--> statement-breakpoint
-- @batch
UPDATE "memberships" SET
  "tenant_id" = 'tenant_mk',
  "branch_id" = (SELECT b."id" FROM "branches" b WHERE b."tenant_id" = 'tenant_mk' AND b."code" = 'skopje'),
  "channel" = 'import',
  "activated_at" = CASE WHEN "status" <> 'pending' THEN "created_at" END
WHERE "id" IN (SELECT "id" FROM "memberships" WHERE "tenant_id" IS NULL ORDER BY "id" LIMIT 20000);
--> statement-breakpoint
-- @batch
UPDATE "claims" SET
  "tenant_id" = 'tenant_mk',
  "branch_id" = (SELECT b."id" FROM "branches" b WHERE b."tenant_id" = 'tenant_mk' AND b."code" = 'skopje'),
  "submitted_at" = CASE WHEN "status" = 'draft' THEN "submitted_at" ELSE coalesce("submitted_at", "created_at") END
WHERE "id" IN (SELECT "id" FROM "claims" WHERE "tenant_id" IS NULL ORDER BY "id" LIMIT 20000);
--> statement-breakpoint
-- @batch
UPDATE "policies" SET
  "tenant_id" = 'tenant_mk',
  "branch_id" = (SELECT b."id" FROM "branches" b WHERE b."tenant_id" = 'tenant_mk' AND b."code" = 'skopje')
WHERE "id" IN (SELECT "id" FROM "policies" WHERE "tenant_id" IS NULL ORDER BY "id" LIMIT 20000);
--> statement-breakpoint
-- @batch
UPDATE "payments" SET
  "tenant_id" = 'tenant_mk',
  "branch_id" = (SELECT b."id" FROM "branches" b WHERE b."tenant_id" = 'tenant_mk' AND b."code" = 'skopje'),
  "payment_account_id" = (
    SELECT a."id" FROM "payment_accounts" a
    WHERE a."tenant_id" = 'tenant_mk' AND a."slug" = 'history'
      AND a."provider" = CASE "payments"."method" WHEN 'card' THEN 'paddle' WHEN 'cash' THEN 'cash' ELSE 'bank_transfer' END),
  "tax_document_issuer" = CASE "method" WHEN 'card' THEN 'provider' ELSE 'tenant' END
WHERE "id" IN (SELECT "id" FROM "payments" WHERE "tenant_id" IS NULL ORDER BY "id" LIMIT 20000);
--> statement-breakpoint
-- @batch
UPDATE "documents" SET
  "tenant_id" = 'tenant_mk',
  "branch_id" = (SELECT b."id" FROM "branches" b WHERE b."tenant_id" = 'tenant_mk' AND b."code" = 'skopje'),
  "entity" = CASE WHEN "claim_id" IS NULL THEN 'member' ELSE 'claim' END,
  "entity_id" = coalesce("claim_id", "user_id"),
  "storage_key" = "path",
  "path" = 'pii/tenants/tenant_mk/' || CASE WHEN "claim_id" IS NULL THEN 'member' ELSE 'claim' END || '/' || coalesce("claim_id", "user_id") || '/' || "id"
    || coalesce(lower(substring("file_name" from '\.[A-Za-z0-9]{1,5}$')), ''),
  "status" = 'stored',
  "stored_at" = "created_at"
WHERE "id" IN (SELECT "id" FROM "documents" WHERE "tenant_id" IS NULL ORDER BY "id" LIMIT 20000);
--> statement-breakpoint
-- @batch
UPDATE "notifications" SET
  "tenant_id" = 'tenant_mk',
  "kind" = 'history',
  "params" = jsonb_build_object('message', "message"),
  "effect_key" = 'history:' || "id"
WHERE "id" IN (SELECT "id" FROM "notifications" WHERE "tenant_id" IS NULL ORDER BY "id" LIMIT 20000);
