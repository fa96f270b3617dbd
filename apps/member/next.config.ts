import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  transpilePackages: ['@interdomestik/api', '@interdomestik/auth', '@interdomestik/db', '@interdomestik/i18n', '@interdomestik/rules', '@interdomestik/ui'],
  // loaded from where they lie: built in once for pages, once for routes and once for the proxy step they took a fifth of the build
  serverExternalPackages: [
    '@neondatabase/serverless', '@node-rs/argon2', '@paddle/paddle-node-sdk', '@uploadthing/mime-types', '@uploadthing/shared', 'date-holidays', 'drizzle-orm',
    'file-type', 'jspdf', 'jspdf-autotable', 'json-logic-engine', 'libphonenumber-js', 'nodemailer', 'papaparse', 'pg', 'pg-boss', 'pino', 'qrcode', 'subset-font', 'superjson', 'uploadthing', 'uuid', 'ws', 'zod',
  ],
  // the typecheck task looks at every workspace, this app included; a build need not do it again
  typescript: { ignoreBuildErrors: true },
  // a build is kept or made as a whole; writing what a next one could begin with took a quarter of its time. What runs on the server is not made
  // small, so that a stack trace names what is in the sources without maps of them: a fifth of the time again.
  experimental: { turbopackFileSystemCacheForBuild: false, serverMinification: false, turbopackSourceMaps: false, turbopackInputSourceMaps: false },
  // the proxy step covers everything else; it does not run for built files
  headers: () => Promise.resolve([{ source: '/_next/:path*', headers: [{ key: 'x-content-type-options', value: 'nosniff' }, { key: 'cross-origin-resource-policy', value: 'same-origin' }] }]),
  allowedDevOrigins: ['localhost', '*.localhost'],
};

export default createNextIntlPlugin('./src/i18n/request.ts')(config);
