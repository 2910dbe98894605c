// The conversation around Gradio's form. Gradio carries question and history to the server and
// back; this puts each answer into the log, once, and never touches what stands there already.
import { announce, bridge } from "./embed.js";
import { thumb } from "./feedback.js";
import { asMarkdown, download, printed, toClipboard, transcript } from "./transcript.js";

const STORE = "avg-gesprek";
const PATIENCE = 60_000;
const FAILED = "Er ging iets mis. Controleer uw verbinding en probeer het opnieuw.";

const find = (selector, root = document) => root.querySelector(selector);
const log = find("#beurten");
const conversation = find("#gesprek");
const melding = find("#melding");
let form = null;
let busy = false;

// ---- Gradio's form -------------------------------------------------------------------------

function whenMounted(found) {
  const look = () => {
    const parts = {
      main: find("gradio-app main"),
      box: find("#formulier"),
      question: find("#vraag textarea"),
      send: find("#verstuur"),
      history: find("#geschiedenis textarea"),
      reply: find("#antwoord textarea"),
    };
    if (Object.values(parts).every(Boolean)) found(parts);
    else requestAnimationFrame(look);
  };
  look();
}

function write(field, text) {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function start(parts) {
  form = parts;
  form.main.prepend(find("#inhoud"));
  form.box.after(find(".foot"));
  form.question.id = "vraag-veld";
  form.question.maxLength = 2000;
  form.question.placeholder = "Typ hier uw vraag";
  form.question.setAttribute("enterkeyhint", "send");
  form.question.setAttribute("autocomplete", "off");
  form.question.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    form.send.click();
  }, true);
  form.send.addEventListener("click", sent, true);
  // Its own announcements are English; ours go to #melding.
  for (const status of document.querySelectorAll("gradio-app [role=status]")) status.remove();
  // Gradio's hidden fields are for this script alone.
  for (const field of [form.history, form.reply]) {
    field.tabIndex = -1;
    field.closest(".block").setAttribute("aria-hidden", "true");
  }
  document.body.classList.add("ready");
  find("#laden").remove();
  for (const button of document.querySelectorAll("button[disabled][data-ask]")) button.disabled = false;
  restore();
  bridge({ ask, focus: () => form.question.focus() });
}

// ---- Ask and answer ------------------------------------------------------------------------

function ask(text) {
  if (busy || !form) return;
  write(form.question, text);
  // Svelte passes the value on in its next turn; the click must come after that.
  setTimeout(() => form.send.click(), 0);
}

function sent(event) {
  if (busy) {
    event.stopImmediatePropagation();
    return;
  }
  busy = true;
  const question = form.question.value.trim();
  const typed = document.activeElement === form.question || document.activeElement === form.send;
  const pending = showPending(question);
  if (form.reply.value) write(form.reply, "");
  const begun = Date.now();
  const wait = () => {
    if (form.reply.value) finish(pending, JSON.parse(form.reply.value), typed);
    else if (find(".toast-body") || Date.now() - begun > PATIENCE) finish(pending, null, typed);
    else setTimeout(wait, 30);
  };
  setTimeout(wait, 30);
}

function showPending(question) {
  conversation.hidden = false;
  const turn = document.createElement("article");
  turn.className = "turn pending";
  const asked = document.createElement("p");
  asked.className = "asked";
  asked.dir = "auto";
  asked.textContent = question;
  const note = document.createElement("p");
  note.className = "searching";
  note.textContent = "Even zoeken in de uitleg…";
  turn.append(asked, note);
  log.append(turn);
  turn.scrollIntoView({ block: "start" });
  return turn;
}

function finish(pending, reply, typed) {
  busy = false;
  if (reply === null) {
    find(".searching", pending).textContent = FAILED;
    pending.classList.replace("pending", "failed");
    melding.textContent = FAILED;
    for (const toast of document.querySelectorAll(".toast-body button")) toast.click();
    return;
  }
  const holder = document.createElement("template");
  holder.innerHTML = reply.html;
  const turn = holder.content.firstElementChild;
  pending.replaceWith(turn);
  const answer = find(".answer", turn);
  turn.scrollIntoView({ block: "start" });
  if (typed) form.question.focus({ preventScroll: true });
  else find(".asked", turn).focus({ preventScroll: true });
  melding.textContent = answer.dataset.spoken;
  // After Gradio has written the history of this answer into its field.
  setTimeout(save, 50);
  if (reply.answer) announce("answer", reply.answer);
}

// ---- Keep the conversation over a reload, in this tab only ---------------------------------

function save() {
  try {
    sessionStorage.setItem(STORE, JSON.stringify({ log: log.innerHTML, history: form.history.value }));
  } catch {
    // A browser may forbid storage in a frame; then a reload starts over.
  }
}

function restore() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORE));
    if (!kept) return;
    log.innerHTML = kept.log;
    conversation.hidden = false;
    write(form.history, kept.history);
    log.lastElementChild?.scrollIntoView({ block: "start", behavior: "instant" });
  } catch {
    // Nothing to restore.
  }
}

function restart() {
  log.replaceChildren();
  conversation.hidden = true;
  write(form.history, "[]");
  write(form.question, "");
  try {
    sessionStorage.removeItem(STORE);
  } catch {
    // Nothing was kept.
  }
  melding.textContent = "Het gesprek is leeg.";
  form.question.focus();
}

// ---- Sources, copying ----------------------------------------------------------------------

function openSource(link) {
  const mark = document.getElementById(link.hash.slice(1));
  if (!mark) return;
  mark.closest("details").open = true;
  mark.scrollIntoView({ block: "center" });
  mark.focus({ preventScroll: true });
}

async function copy(text, button) {
  const label = button.textContent;
  button.textContent = (await toClipboard(text)) ? "Gekopieerd" : "Kopiëren lukt niet";
  melding.textContent = button.textContent;
  setTimeout(() => { button.textContent = label; }, 2000);
}

document.addEventListener("click", (event) => {
  const target = event.target.closest(
    "[data-ask], [data-copy], [data-copy-all], [data-save], [data-print], [data-thumb], [data-restart], a.cite, .from a");
  if (!target) return;
  if (target.matches("a")) {
    event.preventDefault();
    openSource(target);
  } else if ("ask" in target.dataset) ask(target.dataset.ask);
  else if ("copy" in target.dataset) copy(asMarkdown(target.closest(".turn")), target);
  else if ("copyAll" in target.dataset) copy(transcript(log, "txt"), target);
  else if ("save" in target.dataset) download(log, target.dataset.save);
  else if ("print" in target.dataset) printed(log);
  else if ("thumb" in target.dataset) thumb(target);
  else restart();
});

whenMounted(start);
