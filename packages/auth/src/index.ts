export { cookieNames, type App } from './cookies';
export { authEnv, readEnv, type AuthEnv } from './env';
export { hostName, hostOf, type Host } from './hosts';
export { identify, type Bearer, type Identity } from './identify';
export { hashPassword, needsRehash, passwords, verifyPassword } from './passwords';
export { openToken, sealToken, type SessionToken } from './token';
export { defaultSignInRule, signInLimits } from './limits';
export { endPlatformSession, signInPlatform } from './platform-sign-in';
export { endSession, messageOfRefusal, signIn, type NewSession, type SignInAttempt } from './sign-in';
