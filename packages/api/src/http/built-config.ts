import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a build of Next writes beside its pages. */
interface RequiredServerFiles {
  readonly config: { readonly experimental: Readonly<Record<string, unknown>> };
}

/**
 * The settings that a portal was built with, for the variable from which Next's own standalone server takes them; `next.config.ts` is then not compiled
 * again at every start, which took a tenth of it. What the build could not know is given with `experimental`. Throws when the portal was never built.
 * @see https://nextjs.org/docs/app/api-reference/config/next-config-js/output
 */
export function builtConfig(folder: string, experimental: Readonly<Record<string, boolean>>): { readonly __NEXT_PRIVATE_STANDALONE_CONFIG: string } {
  const { config } = JSON.parse(readFileSync(join(folder, '.next/required-server-files.json'), 'utf8')) as RequiredServerFiles;
  return { __NEXT_PRIVATE_STANDALONE_CONFIG: JSON.stringify({ ...config, experimental: { ...config.experimental, ...experimental } }) };
}
