/* A part of a page that moves on by itself is read again until it is at rest; then the whole page is. */
const EVERY = 2000;

async function refresh(part) {
  try {
    const response = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("[data-refreshing]");
    if (!response.ok || !fresh) {
      location.reload();
      return;
    }
    if (fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
  } catch {
    /* The network is away: the next turn tries again. */
  }
  setTimeout(refresh, EVERY, part);
}

for (const part of document.querySelectorAll("[data-refreshing]")) setTimeout(refresh, EVERY, part);
