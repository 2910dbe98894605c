"""The Gradio form: the question, its button, and the conversation that travels along.

The log around it is plain HTML (see ``shell``): ``gr.HTML`` needs ``unsafe-eval`` in the content
security policy, and replaces what it shows, so that a screen reader would read everything again.
No event uses the queue or a session: any replica can answer any question.
"""

import json
from dataclasses import asdict

import gradio as gr
from fastapi import FastAPI

from assistant.answer import Answer
from assistant.errors import AskError
from assistant.gist import as_read
from assistant.request import MAX_TURNS, Request, Turn, read_history
from assistant.web import texts
from assistant.web.desk import AnswerFailedError, Desk
from assistant.web.gate import BusyError, TooManyError
from assistant.web.live import Live
from assistant.web.settings import Settings

_FONTS = ("system-ui", "sans-serif")


def mount(app: FastAPI, desk: Desk, live: Live, settings: Settings) -> None:
    """Add the page to ``app`` at its root, behind all routes that are there already."""
    gr.mount_gradio_app(
        app,
        form(desk, live, settings),
        path="/",
        footer_links=[],
        # Gradio would keep each visitor's questions in the browser's storage.
        run_history=False,
        root_path=settings.root_path or None,
        ssr_mode=False,
        show_error=False,
        enable_monitoring=False,
        theme=gr.themes.Base(font=_FONTS, font_mono=("monospace",)),
    )


def form(desk: Desk, live: Live, settings: Settings) -> gr.Blocks:
    """Build the form. ``history`` and ``reply`` are JSON in hidden fields that page.js reads."""

    async def ask(
        question: str | None, history: str | None, request: gr.Request
    ) -> tuple[str, str | None, str]:
        question = question or ""
        served = live.now
        renderer = served.renderer
        try:
            turns = read_history(json.loads(history or "[]"))
        except (ValueError, RecursionError, AskError):
            return _reply(renderer.notice(question, texts.UNREADABLE)), "[]", question
        try:
            client = request.client.host if request.client else ""
            answer = await desk.ask(served.answers, Request(question, turns), client, "page")
        except BusyError:
            return _reply(renderer.notice(question, texts.BUSY)), history, question
        except TooManyError:
            return _reply(renderer.notice(question, texts.TOO_MANY)), history, question
        except AnswerFailedError:
            return _reply(renderer.notice(question, texts.FAILED)), history, question
        shown = _reply(renderer.turn(question, answer), answer)
        return shown, _longer(turns, question, answer), ""

    blocks = gr.Blocks(title=settings.look.title, analytics_enabled=False)
    with blocks:
        with gr.Row(elem_id="formulier"):
            question = gr.Textbox(
                label="Uw vraag", lines=1, max_lines=5, elem_id="vraag", scale=1, container=True
            )
            send = gr.Button("Verstuur", elem_id="verstuur", variant="primary", scale=0)
        history = gr.Textbox(value="[]", visible="hidden", elem_id="geschiedenis", label="Gesprek")
        reply = gr.Textbox(visible="hidden", elem_id="antwoord", label="Antwoord")
        send.click(
            ask,
            [question, history],
            [reply, history, question],
            queue=False,
            show_progress="hidden",
            api_visibility="private",
        )
    return blocks


def _reply(html: str, answer: Answer | None = None) -> str:
    body = {"html": html, "answer": answer and answer.to_json()}
    return json.dumps(body, ensure_ascii=False)


def _longer(turns: tuple[Turn, ...], question: str, answer: Answer) -> str:
    longer = (*turns, Turn("user", as_read(question)), Turn("assistant", answer.text))
    return json.dumps([asdict(turn) for turn in longer[-MAX_TURNS:]], ensure_ascii=False)
