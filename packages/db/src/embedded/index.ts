export { findRepoRoot } from './paths';
export { overTcp, recreateDatabase, runningEmbedded, startEmbedded, statusEmbedded, stopEmbedded } from './server';
export type { EmbeddedOptions, EmbeddedServer, EmbeddedStatus } from './server';
export { databaseUrls } from './urls';
export type { DatabaseUrls } from './urls';
