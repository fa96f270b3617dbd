export { once, type OnceCall } from './once';
