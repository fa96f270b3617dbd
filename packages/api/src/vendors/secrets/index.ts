export { InvalidKey, SealBroken } from './errors';
export { currentKeyRing, parseKeyRing } from './keys';
export type { KeyRing, SealKey } from './keys';
export { needsReseal, open, openJson, seal, sealJson } from './seal';
export type { SealOptions } from './seal';
