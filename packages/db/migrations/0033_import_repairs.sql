ALTER TABLE "import_lines" ADD COLUMN "repairs" jsonb;--> statement-breakpoint
ALTER TABLE "import_templates" ADD COLUMN "repairs" jsonb DEFAULT '[]'::jsonb NOT NULL;