// Talks to the page that embeds this one, when there is one that may. Every message names its
// exact receiver; a message from any other origin or window is not read.
const CHANNEL = "avg-assistent";
const allowed = new Set([location.origin]);
let host = null;

export function announce(event, detail) {
  if (host) parent.postMessage({ channel: CHANNEL, event, detail }, host);
}

export function bridge({ ask, focus }) {
  if (parent === window) return;
  const origins = document.querySelector("#inhoud").dataset.embedders.split(" ");
  for (const origin of origins.filter(Boolean)) allowed.add(origin);
  addEventListener("message", (event) => {
    if (event.source !== parent || !allowed.has(event.origin)) return;
    const data = event.data;
    if (data?.channel !== CHANNEL) return;
    if (data.action === "hello") {
      host = event.origin;
      dress(data);
      announce("ready");
    } else if (data.action === "focus") focus();
    else if (data.action === "ask" && typeof data.text === "string") ask(data.text.slice(0, 2000));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") announce("escape");
  });
}

// The host's own title and colour; a colour on which white is hard to read is left out.
function dress({ title, color }) {
  if (typeof title === "string" && title) document.querySelector("h1").textContent = title.slice(0, 80);
  if (/^#[0-9a-f]{6}$/i.test(color) && 1.05 / (luminance(color) + 0.05) >= 4.5) {
    document.documentElement.style.setProperty("--brand", color);
  }
}

function luminance(color) {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16) / 255)
    .map((s) => (s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
