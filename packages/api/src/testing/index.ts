export { callerFor, scopeOf, systemScopeOf, visitorOf } from './callers';
export { adminSql, runJobs } from './jobs';
export { enrolInputOf } from './enrol';
export { joinInputOf } from './join';
export { deliver, eventOf, transactionData, usePaddle, type TestEvent } from './paddle';
export { memoryStorage } from './storage';
export { testPasswords, useTestSettings } from './settings';
export { buildWorld, useWorld, type TestBranch, type TestPerson, type TestTenant, type World } from './world';
export { factsOf, inboxOf, pendingSale, type PendingSale } from './sales';
