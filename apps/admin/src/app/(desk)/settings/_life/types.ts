import type { Outputs } from '@/trpc/outputs';

/** One kind of rule with its versions, as the API tells it. */
export type KindAnswer = Outputs['settings']['kind'];
/** One version, without its document. */
export type Version = KindAnswer['versions'][number];
/** One version with its document and what is wrong with it. */
export type VersionPage = Outputs['settings']['version'];
