/* The widget: one script tag puts the assistant on any page. See docs/widget.md.
 * No dependency, nothing on the host's page but one element with a shadow root. */
(() => {
  "use strict";
  if (window.AVGAssistent) return;

  const script = document.currentScript;
  const base = new URL(".", script ? script.src : location.href);
  const CHANNEL = "avg-assistent";
  const GIVE_UP = 30_000;
  const WORDS = {
    nl: { open: "Stel een vraag", close: "Sluit de vraaghulp", title: "Vraaghulp",
      refused: "De vraaghulp kan hier niet openen.", elsewhere: "Open de vraaghulp in een nieuw tabblad" },
    en: { open: "Ask a question", close: "Close the assistant", title: "Assistant",
      refused: "The assistant cannot open here.", elsewhere: "Open the assistant in a new tab" },
  };
  const EVENTS = ["ready", "open", "close", "answer", "feedback", "error"];
  const CSS = `
    :host { all: initial; font: 16px/1.5 system-ui, sans-serif; }
    * { box-sizing: border-box; font: inherit; }
    button { border: 0; background: var(--c); color: var(--t); cursor: pointer; }
    :focus-visible { outline: 3px solid var(--t); outline-offset: -5px; box-shadow: 0 0 0 3px var(--c); }
    .launch { position: fixed; bottom: 16px; z-index: 2147483000; min-height: 48px; padding: 8px 20px;
      border-radius: 24px; font-weight: 600; box-shadow: 0 2px 10px rgb(0 0 0 / .3); }
    .panel { position: fixed; bottom: 16px; z-index: 2147483001; width: min(420px, calc(100vw - 32px));
      height: min(680px, calc(100vh - 32px)); overflow: hidden; border-radius: 12px; background: Canvas;
      color: CanvasText; box-shadow: 0 4px 30px rgb(0 0 0 / .35); }
    .right { right: 16px; } .left { left: 16px; }
    .inline { position: relative; width: 100%; height: 100%; min-height: 480px; }
    iframe { display: block; width: 100%; height: 100%; border: 0; }
    .close { position: absolute; top: 6px; right: 8px; width: 36px; height: 36px; border-radius: 8px; font-size: 24px; line-height: 1; }
    .refused { padding: 56px 20px 20px; }
    a { color: LinkText; }
    [hidden] { display: none !important; }
    @media (max-width: 480px) { .panel { inset: 0; width: 100%; height: 100%; border-radius: 0; } }
    @media print { :host { display: none; } }`;

  const listeners = Object.fromEntries(EVENTS.map((name) => [name, []]));
  const questions = [];
  let parts = null;
  let ready = false;
  let greeting = 0;

  function emit(name, detail) {
    for (const listener of listeners[name]) {
      try {
        listener(detail);
      } catch (error) {
        console.error(error);
      }
    }
  }

  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  // Black or white, whichever stands out more on this colour (WCAG's relative luminance).
  function readable(colour) {
    const [r, g, b] = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16) / 255)
      .map((s) => (s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#000000" : "#ffffff";
  }

  function init(options = {}) {
    if (parts) return;
    const words = WORDS[options.lang] || WORDS.nl;
    const inline = options.mode === "inline";
    const target = inline ? place(options.target) : document.documentElement;
    if (!target) {
      emit("error", { reason: "target" });
      return;
    }
    const look = {
      title: String(options.title || words.title).slice(0, 80),
      color: /^#[0-9a-f]{6}$/i.test(options.color) ? options.color : "#1f4e79",
      side: options.position === "left" ? "left" : "right",
      inline,
    };
    parts = build(look, words);
    // Beside the body, so that a page that swaps its body on navigation keeps the widget.
    target.append(parts.host);
    addEventListener("message", received);
    if (inline) open();
  }

  function place(target) {
    return target instanceof Element ? target : document.querySelector(target || "[data-avg-assistent]");
  }

  function build(look, words) {
    const host = make("div", { lang: words === WORDS.en ? "en" : "nl" });
    host.setAttribute("data-avg-assistent-widget", "");
    const launch = make("button", { type: "button", className: `launch ${look.side}`, textContent: words.open });
    launch.setAttribute("aria-expanded", "false");
    launch.setAttribute("aria-haspopup", "dialog");
    const close = make("button", { type: "button", className: "close", textContent: "×" });
    close.setAttribute("aria-label", words.close);
    const link = make("a", { href: base.href, target: "_blank", rel: "noopener", textContent: words.elsewhere });
    const refused = make("div", { className: "refused", hidden: true }, `${words.refused} `, link);
    const panel = make("div", { className: look.inline ? "inline" : `panel ${look.side}`, hidden: true }, refused);
    panel.setAttribute("role", look.inline ? "region" : "dialog");
    panel.setAttribute("aria-label", look.title);
    // A constructed sheet is allowed where the page's policy forbids inline styles.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    const root = host.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    host.style.setProperty("--c", look.color);
    host.style.setProperty("--t", readable(look.color));
    if (look.inline) root.append(panel);
    else {
      panel.append(close);
      root.append(launch, panel);
    }
    launch.addEventListener("click", toggle);
    close.addEventListener("click", shut);
    panel.addEventListener("keydown", (event) => event.key === "Escape" && shut());
    return { host, launch, panel, refused, look, frame: null };
  }

  function load() {
    const { panel, look } = parts;
    parts.frame = make("iframe", { title: look.title, allow: "clipboard-write" });
    // Each load is greeted anew: the page that waits for the server loads itself again.
    parts.frame.addEventListener("load", () => {
      ready = false;
      greet(++greeting, Date.now());
    });
    parts.frame.src = new URL("?weergave=compact", base).href;
    panel.append(parts.frame);
  }

  // The page inside answers only a greeting, and only from an origin that may embed it.
  function greet(turn, begun) {
    if (ready || turn !== greeting) return;
    if (Date.now() - begun > GIVE_UP) {
      parts.frame.hidden = true;
      parts.refused.hidden = false;
      emit("error", { reason: "refused" });
      return;
    }
    send({ action: "hello", title: parts.look.title, color: parts.look.color });
    setTimeout(() => greet(turn, begun), 500);
  }

  function send(message) {
    try {
      parts.frame.contentWindow.postMessage({ channel: CHANNEL, ...message }, base.origin);
    } catch {
      emit("error", { reason: "message" });
    }
  }

  function received(event) {
    if (!parts.frame || event.source !== parts.frame.contentWindow || event.origin !== base.origin) return;
    const data = event.data;
    if (!data || data.channel !== CHANNEL) return;
    if (data.event === "escape") shut();
    else if (data.event === "ready") {
      ready = true;
      emit("ready");
      if (!parts.look.inline && !parts.panel.hidden) send({ action: "focus" });
      for (const text of questions.splice(0)) send({ action: "ask", text });
    } else if (data.event === "answer" || data.event === "feedback") emit(data.event, data.detail);
  }

  function open() {
    if (!parts) init();
    if (!parts || !parts.panel.hidden) return;
    parts.panel.hidden = false;
    parts.launch.hidden = true;
    parts.launch.setAttribute("aria-expanded", "true");
    if (!parts.frame) load();
    else if (!parts.look.inline) send({ action: "focus" });
    if (!parts.look.inline) parts.frame.focus();
    emit("open");
  }

  function shut() {
    if (!parts || parts.look.inline || parts.panel.hidden) return;
    parts.panel.hidden = true;
    parts.launch.hidden = false;
    parts.launch.setAttribute("aria-expanded", "false");
    parts.launch.focus();
    emit("close");
  }

  function toggle() {
    if (parts && !parts.panel.hidden) shut();
    else open();
  }

  function ask(text) {
    open();
    if (ready) send({ action: "ask", text: String(text) });
    else questions.push(String(text));
  }

  function on(name, listener) {
    if (!listeners[name]) throw new TypeError(`unknown event "${name}"; use one of ${EVENTS.join(", ")}`);
    listeners[name].push(listener);
    return () => {
      listeners[name] = listeners[name].filter((other) => other !== listener);
    };
  }

  window.AVGAssistent = Object.freeze({ init, open, close: shut, toggle, ask, on });
  if (script && script.dataset.init !== "manual") init({ ...script.dataset });
})();
