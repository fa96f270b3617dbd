export { receivePaddleWebhook, type WebhookAnswer, type WebhookDelivery } from './receive';
