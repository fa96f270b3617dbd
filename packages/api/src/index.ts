/** The API for whoever calls it in process; `./http` has the entries of the network, `./jobs` the background work. */
export { appRouter, createCaller, type AppRouter } from './root';
export type { Context } from './context';
export type { ClientError } from './trpc';
export { requireProductionSettings } from './env';
export { failureOf, log } from './log';
export { receivePaddleWebhook, type WebhookAnswer, type WebhookDelivery } from './webhooks';
export { ruleOf } from './settings/rules';
