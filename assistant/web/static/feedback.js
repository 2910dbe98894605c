// A thumb under an answer. Up goes at once; down asks for a reason first.
import { announce } from "./embed.js";

const THANKS = "Dank u. Hiermee maken wij de vraaghulp beter.";
const FAILED = "Dit is niet aangekomen. Probeer het later opnieuw.";
const find = (selector, root) => root.querySelector(selector);

export function thumb(button) {
  const turn = button.closest(".turn");
  const form = find("form.why", turn);
  const down = find('[data-thumb="down"]', turn);
  if (button.dataset.thumb === "up") {
    form.hidden = true;
    send(turn, { verdict: "up" });
    return;
  }
  const opens = button === down && form.hidden;
  form.hidden = !opens;
  down.setAttribute("aria-expanded", String(opens));
  if (opens) find("input", form).focus();
  else down.focus();
}

async function send(turn, judged) {
  const answer = find(".answer", turn);
  const question = find(".asked", turn).lastChild.textContent.trim();
  const body = { question, section_id: answer.dataset.section, ...judged };
  const taken = await post(body);
  const note = document.createElement("p");
  note.className = "thanks";
  note.tabIndex = -1;
  note.textContent = taken ? THANKS : FAILED;
  find(".thanks", turn)?.remove();
  turn.append(note);
  note.focus({ preventScroll: true });
  if (!taken) return;
  find(".thumbs", turn).remove();
  find("form.why", turn).remove();
  announce("feedback", judged);
}

async function post(body) {
  try {
    const answer = await fetch("api/v1/feedback", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return answer.ok;
  } catch {
    return false;
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form.why")) return;
  event.preventDefault();
  const fields = new FormData(event.target);
  const judged = { verdict: "down", reason: fields.get("reason"), comment: fields.get("comment") || "" };
  send(event.target.closest(".turn"), judged);
});
