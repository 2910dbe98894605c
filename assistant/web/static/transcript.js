// The conversation to take along: copied, saved or printed. It is made here, in the browser.
const find = (selector, root) => root.querySelector(selector);
const question = (turn) => find(".asked", turn).lastChild.textContent.trim();

export function asMarkdown(turn) {
  const answer = find(".answer", turn);
  if (!answer) return `Vraag: ${question(turn)}`;
  return `Vraag: ${question(turn)}\n\n${answer.dataset.text || answer.dataset.spoken}`;
}

function asText(turn) {
  const answer = find(".answer", turn);
  if (!answer) return `Vraag: ${question(turn)}`;
  const sources = [...turn.querySelectorAll("details.source")].map((source) =>
    `${find(".label", source).textContent}: ${find(".publisher", source).textContent}, ` +
    `"${find(".title", source).textContent}"\n${find(".edition a", source).href}`);
  return [`Vraag: ${question(turn)}`, answer.dataset.spoken, ...sources].join("\n\n");
}

export function transcript(log, kind) {
  const [write, line] = kind === "md" ? [asMarkdown, "\n\n---\n\n"] : [asText, `\n\n${"-".repeat(40)}\n\n`];
  const title = find("h1", document).textContent.trim();
  const day = new Date().toLocaleDateString("nl-NL", { dateStyle: "long" });
  const head = `${kind === "md" ? "# " : ""}${title}, ${day}`;
  const note = find(".foot p", document).textContent.trim();
  return [head, ...[...log.querySelectorAll(".turn")].map(write), note].join(line) + "\n";
}

export function download(log, kind) {
  const link = document.createElement("a");
  const type = kind === "md" ? "text/markdown" : "text/plain";
  link.href = URL.createObjectURL(new Blob([transcript(log, kind)], { type: `${type};charset=utf-8` }));
  link.download = `gesprek.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// On paper nobody can open a source.
export function printed(log) {
  const closed = [...log.querySelectorAll("details.source:not([open])")];
  for (const source of closed) source.open = true;
  print();
  for (const source of closed) source.open = false;
}

export async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No clipboard without https or inside another site's frame: the older way.
  }
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
