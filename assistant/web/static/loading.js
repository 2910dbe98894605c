// Waits until the assistant is ready, then shows it.
const started = Date.now();
const note = document.querySelector("#verstreken");

async function look() {
  try {
    const answer = await fetch("readyz", { cache: "no-store" });
    if (answer.ok) {
      location.reload();
      return;
    }
  } catch {
    // The server is not there for a moment; the next look tells.
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  if (seconds > 20) {
    note.textContent = `Het laden duurt nu ${seconds} seconden. De eerste keer kan het een paar minuten duren.`;
  }
  setTimeout(look, 500);
}

look();
