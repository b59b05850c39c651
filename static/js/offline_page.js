// The page where a reader lets the last pages be kept on this device, or forgets them all.
const box = document.getElementById("keep");
const worker = new URL(box.dataset.worker, location.href);
const root = new URL("./", worker).href;
const [PAGES, PARTS, OWN] = ["pages", "parts", "own"].map((name) => `${root} ${name} 1`);
const show = (id, shown) => { document.getElementById(id).hidden = !shown; };

async function start() {
  await caches.open(PAGES);
  await caches.open(PARTS);
  const own = await caches.open(OWN);
  const parts = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((part) => part.href || part.src);
  await own.addAll([...box.dataset.pages.split(" "), ...parts]);
  await navigator.serviceWorker.register(worker);
  await tell();
}

async function forget() {
  const found = await navigator.serviceWorker.getRegistration(root);
  if (found) await found.unregister();
  for (const name of await caches.keys()) if (name.startsWith(`${root} `)) await caches.delete(name);
  await tell();
}

async function tell() {
  const keeps = await caches.has(PAGES);
  show("start-keeping", !keeps);
  show("forget", keeps);
  show("is-kept", keeps);
  show("is-forgotten", !keeps);
  const list = document.createElement("ul");
  if (keeps) {
    const cache = await caches.open(PAGES);
    for (const request of (await cache.keys()).reverse()) {
      const page = new DOMParser().parseFromString(await (await cache.match(request)).text(), "text/html");
      const line = list.appendChild(document.createElement("li"));
      line.lang = page.documentElement.lang;
      line.dir = page.documentElement.dir;
      const link = line.appendChild(document.createElement("a"));
      link.href = request.url;
      link.textContent = page.title;
    }
  }
  document.querySelector("#kept ul")?.remove();
  document.getElementById("kept").append(list);
  show("kept", list.children.length);
}

// Only over HTTPS, and in no private window of some browsers.
if ("serviceWorker" in navigator && "caches" in window) {
  document.getElementById("start-keeping").addEventListener("click", start);
  document.getElementById("forget").addEventListener("click", forget);
  tell().then(() => { show("cannot-keep", false); show("keep", true); });
}
