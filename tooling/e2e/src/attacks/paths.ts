import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repoRoot } from '@interdomestik/up';

export type Portal = 'member' | 'admin';

function filesOf(app: Portal, name: string): string[] {
  const folder = join(repoRoot, 'apps', app, 'src/app');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file === name || file.endsWith(`/${name}`))
    .map((file) => `/${file.split('/').slice(0, -1).filter((part) => !/^\(.*\)$/u.test(part)).join('/')}`).toSorted();
}

/** Every page of a portal as its address is written, `/claims/[id]/edit`, found among its files so that a new one cannot be left out. */
export const pagesOf = (app: Portal): string[] => filesOf(app, 'page.tsx');

/** Every route handler of a portal. */
export const routesOf = (app: Portal): string[] => filesOf(app, 'route.ts');

/** An id that no row has. */
export const nobodysId = '01a20a36-d5da-7677-afa8-b1868740f3cf';

/** The address with every parameter replaced. */
export const filled = (path: string, value: string = nobodysId): string => path.replaceAll(/\[[^\]]+\]/gu, value);
