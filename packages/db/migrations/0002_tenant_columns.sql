ALTER TABLE "user" RENAME COLUMN "embg" TO "personal_number";
--> statement-breakpoint
ALTER TABLE "user"
  ADD COLUMN "tenant_id" text,
  ADD COLUMN "branch_id" uuid,
  ADD COLUMN "agent_id" uuid,
  ADD COLUMN "sign_in_email" text,
  ADD COLUMN "email_verified_at" timestamp with time zone,
  ADD COLUMN "status" text DEFAULT 'active' NOT NULL,
  ADD COLUMN "name_tokens" text DEFAULT '' NOT NULL,
  ADD COLUMN "updated_at" timestamp with time zone DEFAULT now() NOT NULL;
--> statement-breakpoint
ALTER TABLE "memberships"
  ADD COLUMN "tenant_id" text,
  ADD COLUMN "branch_id" uuid,
  ADD COLUMN "agent_id" uuid,
  ADD COLUMN "referral_code_id" uuid,
  ADD COLUMN "channel" text,
  ADD COLUMN "receipt" jsonb,
  ADD COLUMN "activated_at" timestamp with time zone,
  ADD COLUMN "canceled_at" timestamp with time zone,
  ADD COLUMN "updated_at" timestamp with time zone DEFAULT now() NOT NULL;
--> statement-breakpoint
ALTER TABLE "claims"
  ADD COLUMN "tenant_id" text,
  ADD COLUMN "branch_id" uuid,
  ADD COLUMN "reject_reason" text,
  ADD COLUMN "handler_id" uuid,
  ADD COLUMN "pack_complete_at" timestamp with time zone,
  ADD COLUMN "sla_due_at" timestamp with time zone,
  ADD COLUMN "receipt" jsonb,
  ADD COLUMN "updated_at" timestamp with time zone DEFAULT now() NOT NULL;
--> statement-breakpoint
ALTER TABLE "policies"
  ADD COLUMN "tenant_id" text,
  ADD COLUMN "branch_id" uuid,
  ADD COLUMN "updated_at" timestamp with time zone DEFAULT now() NOT NULL;
--> statement-breakpoint
ALTER TABLE "payments"
  ADD COLUMN "tenant_id" text,
  ADD COLUMN "branch_id" uuid,
  ADD COLUMN "payment_account_id" uuid,
  ADD COLUMN "vat_minor" bigint,
  ADD COLUMN "refunded_minor" bigint DEFAULT 0 NOT NULL,
  ADD COLUMN "tax_document_issuer" text,
  ADD COLUMN "provider_customer_id" text,
  ADD COLUMN "provider_transaction_id" text,
  ADD COLUMN "checkout_url" text,
  ADD COLUMN "collected_by" uuid,
  ADD COLUMN "receipt" jsonb,
  ADD COLUMN "last_event_at" timestamp with time zone,
  ADD COLUMN "updated_at" timestamp with time zone DEFAULT now() NOT NULL;
--> statement-breakpoint
ALTER TABLE "documents"
  ADD COLUMN "tenant_id" text,
  ADD COLUMN "branch_id" uuid,
  ADD COLUMN "entity" text,
  ADD COLUMN "entity_id" uuid,
  ADD COLUMN "storage_key" text,
  ADD COLUMN "sha256" text,
  ADD COLUMN "status" text DEFAULT 'pending' NOT NULL,
  ADD COLUMN "reject_reason" text,
  ADD COLUMN "uploaded_by" uuid,
  ADD COLUMN "stored_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "notifications"
  ADD COLUMN "tenant_id" text,
  ADD COLUMN "kind" text,
  ADD COLUMN "params" jsonb DEFAULT '{}'::jsonb NOT NULL,
  ADD COLUMN "href" text,
  ADD COLUMN "effect_key" text;
