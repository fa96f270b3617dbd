import { policyKinds } from '@interdomestik/rules/policies';
import type { Outputs } from '~/trpc/outputs';

export type Policy = Outputs['policies']['list'][number];

/** A kind as the forms offer it; anything older counts as another kind. */
export const kindOf = (text: string) => policyKinds.find((kind) => kind === text) ?? 'other';
