export { CircuitBreaker } from './breaker';
export { createPaddleClient, paddleCurrencies } from './client';
export type { PaddleClientOptions } from './client';
export { paddleCredentials, PaddleMisconfigured, refusesKey } from './credentials';
export type { PaddleCredentials } from './credentials';
export { parsePaddleEnvelope, parsePaddleEvent } from './events';
export type { PaddleEnvelope, PaddleEvent, PaddleSubscription } from './events';
export { signatureToleranceSeconds, verifyPaddleSignature } from './signature';
export type { SignatureInput, SignatureRefusal, SignatureVerdict } from './signature';
