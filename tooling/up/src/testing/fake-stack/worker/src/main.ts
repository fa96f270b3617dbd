import { broken } from '../../env';

if (broken) throw new Error('the worker has no queue');
setInterval(() => undefined, 1000);
console.log('worker is ready');
