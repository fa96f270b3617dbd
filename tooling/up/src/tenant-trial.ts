import { closeDatabase, connectDatabase } from '@interdomestik/db';
import { statusEmbedded, stopEmbedded } from '@interdomestik/db/embedded';
import { createTestDatabase } from '@interdomestik/db/testing';
import { acceptCountry, NotAccepted, type Accepted } from '@interdomestik/api/acceptance';
import { installQueues, jobKinds } from '@interdomestik/api/jobs';
import { buildWorld, closeAdmin, useTestSettings } from '@interdomestik/api/testing';
import { readPackText } from '@interdomestik/rules';
import { repoRoot } from './paths';
import { refusalOf } from './tenant-pack';

/** How a country did in its acceptance journey. */
export interface Trial {
  readonly ok: boolean;
  readonly accepted: readonly Accepted[];
  /** What it could not do, and why; null when it did everything. */
  readonly failure: string | null;
}

const why = (error: NotAccepted): string => {
  const refusal = [error.cause, error.cause instanceof Error ? error.cause.cause : undefined].map(refusalOf).find((text) => text !== null);
  return refusal === undefined ? error.message : `${error.what}: ${refusal}`;
};

/**
 * The acceptance journey of the country that a right pack would make, beside the two others, in a database of its own that is thrown away; nothing
 * of a running installation is touched. `tell` hears of each thing as it is seen. Throws when the trial itself could not be made.
 */
export async function tryCountry(packText: string, tell: (accepted: Accepted) => void): Promise<Trial> {
  const reading = readPackText(packText);
  if (!reading.ok) throw new Error('the pack is not right');
  useTestSettings();
  const ran = statusEmbedded({ repoRoot, purpose: 'tests' }).running;
  const database = await createTestDatabase({ hooks: [installQueues], variant: `queues ${jobKinds.map(({ name }) => name).join()}` });
  const accepted: Accepted[] = [];
  try {
    await connectDatabase({ appUrl: database.appUrl, platformUrl: database.platformUrl });
    await acceptCountry(reading.pack, await buildWorld(database), (one) => {
      accepted.push(one);
      tell(one);
    });
    return { ok: true, accepted, failure: null };
  } catch (error) {
    if (!(error instanceof NotAccepted)) throw error;
    return { ok: false, accepted, failure: why(error) };
  } finally {
    await Promise.all([closeDatabase(), closeAdmin()]);
    await database.drop();
    if (!ran) await stopEmbedded({ repoRoot, purpose: 'tests' });
  }
}
