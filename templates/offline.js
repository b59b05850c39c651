// The service worker: keeps the last pages read, once its reader asked for it (offline_page.js).
// The network always comes first. Only what any cache may keep is kept: no receipt, form, preview.
const ROOT = new URL("./", location.href).href;
const PAGES = `${ROOT} pages 1`, PARTS = `${ROOT} parts 1`, OWN = `${ROOT} own 1`;
const MOST = { [PAGES]: [20, 3e6], [PARTS]: [60, 5e6] };

addEventListener("install", () => skipWaiting());

addEventListener("activate", (event) => event.waitUntil(forgetOldVersions().then(() => clients.claim())));

async function forgetOldVersions() {
  for (const name of await caches.keys())
    if (name.startsWith(`${ROOT} `) && ![PAGES, PARTS, OWN].includes(name)) await caches.delete(name);
}

addEventListener("fetch", (event) => {
  const { method, url, destination } = event.request;
  if (method !== "GET" || !url.startsWith(ROOT) || url.startsWith(`${ROOT}admin/`)) return;
  if (["document", "style", "image", "script"].includes(destination)) event.respondWith(answer(event));
});

async function answer(event) {
  const { request } = event;
  try {
    const response = await fetch(request);
    if (mayBeKept(request, response)) event.waitUntil(keep(request, response.clone()));
    return response;
  } catch (problem) {
    const kept = (await caches.match(request, { ignoreVary: true })) || (await offlinePage(request));
    if (kept) return kept;
    throw problem;
  }
}

function mayBeKept({ destination }, response) {
  const said = response.headers.get("Cache-Control") || "";
  return response.status === 200 && !response.redirected && !/no-store|private/.test(said)
    && (destination !== "document" || /\bpublic\b/.test(said));
}

async function keep(request, response) {
  const name = request.destination === "document" ? PAGES : PARTS;
  // Made where a reader asks for it, and gone when all is to be forgotten.
  if (!(await caches.has(name))) return;
  const own = await caches.open(OWN);
  if (await own.match(request)) return own.put(request, response);
  const cache = await caches.open(name);
  await cache.delete(request);
  await cache.put(request, response);
  const sizes = [];
  for (const key of await cache.keys()) sizes.push([key, (await (await cache.match(key)).blob()).size]);
  let [most, bytes] = MOST[name];
  let all = sizes.reduce((sum, [, size]) => sum + size, 0);
  while (sizes.length > most || all > bytes) {
    const [key, size] = sizes.shift();
    all -= size;
    await cache.delete(key);
  }
}

async function offlinePage(request) {
  if (request.mode !== "navigate") return undefined;
  const edition = request.url.slice(ROOT.length).split("/")[0];
  return (await caches.match(`${ROOT}${edition}/offline/`)) || caches.match(`${ROOT}offline/`);
}
