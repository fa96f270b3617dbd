// Keeps one page for use without a network: the member's card, with the files it is made of. Everything else goes to the network as ever.
const PAGE = 'idm-card';
const FILES = 'idm-files';
const CARD = '/card';

globalThis.addEventListener('install', () => globalThis.skipWaiting());
globalThis.addEventListener('activate', (event) => event.waitUntil(globalThis.clients.claim()));

/** A sign-in page instead of the card means that nobody is signed in: then nothing may stay behind. */
async function keep(response) {
  const cache = await caches.open(PAGE);
  if (response.ok && !response.redirected) await cache.put(CARD, response.clone());
  else if (response.redirected) await cache.delete(CARD);
}

/** The page's own scripts and styles, which a first visit may have loaded before this worker stood. */
async function keepFilesOf(response) {
  const html = await response.text();
  const cache = await caches.open(FILES);
  const paths = [...new Set([...html.matchAll(/\/_next\/static\/[^"'\\\s)]+/g)].map(([path]) => path))];
  await Promise.all(paths.map(async (path) => {
    if (await cache.match(path)) return;
    const file = await fetch(path).catch(() => undefined);
    if (file?.ok) await cache.put(path, file);
  }));
}

async function freshCard(request) {
  const response = await fetch(request);
  const copy = response.clone();
  await keep(response.clone());
  if (response.ok && !response.redirected) await keepFilesOf(copy).catch(() => undefined);
  return response;
}

globalThis.addEventListener('message', (event) => {
  if (event.data === 'keep-card') event.waitUntil(freshCard(CARD).catch(() => undefined));
});

globalThis.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== globalThis.location.origin) return;
  if (request.mode === 'navigate') {
    event.respondWith(
      url.pathname === CARD
        ? freshCard(request).catch(async () => (await caches.match(CARD)) ?? Response.error())
        // with no network the card is the one page there is
        : fetch(request).catch(async () => ((await caches.match(CARD)) ? Response.redirect(CARD) : Response.error())),
    );
    return;
  }
  if (url.pathname.startsWith('/_next/static/')) {
    event.respondWith(
      fetch(request).then(async (response) => {
        if (response.ok && (await caches.has(PAGE))) await (await caches.open(FILES)).put(url.pathname, response.clone());
        return response;
      }).catch(async () => (await caches.match(url.pathname)) ?? Response.error()),
    );
  }
});
