/** What the step before every page and route needs of the API, and nothing that leads to the procedures: it is loaded and built once more for that step alone. */
export { askerOf } from './asker';
export { paddlePath } from './protocol';
export { closedPolicy, securityHeaders } from './security-headers';
