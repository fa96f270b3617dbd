export { anchorHead } from './anchor';
export { type Finding, type FindingKind } from './findings';
export { keepSealing, trailScope } from './keep-sealing';
export { sealTenant } from './seal';
export { verifyTrail, type VerifyReport } from './verify';
