/** What an event is called that we send ourselves, to see that the provider's would arrive. It moves nothing. */
export const testEventType = 'interdomestik.test';
