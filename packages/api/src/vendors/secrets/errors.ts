/** ENCRYPTION_KEY is missing or malformed. The message never holds key material. */
export class InvalidKey extends Error {
  override readonly name = 'InvalidKey';
}

export type SealBreak = 'format' | 'unknownKey' | 'tampered' | 'content';

/**
 * A sealed value cannot be opened: not our format, sealed by a key that is gone, changed or belonging to another tenant,
 * or holding something else than expected. Never says which bytes.
 */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
  readonly reason: SealBreak;

  constructor(reason: SealBreak) {
    super(`sealed value refused: ${reason}`);
    this.reason = reason;
  }
}
