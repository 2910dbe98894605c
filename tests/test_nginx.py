"""Several processes behind nginx, by the configuration in docs/, answer as one."""

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from conftest import ROOT, free_port, running

QUESTIONS = (
    "Ben ik verwerker als logistieke dienstverlener?",
    "Wie is aansprakelijk als de subverwerker de fout in gaat?",
    "Hoe lang mag ik camerabeelden bewaren?",
    "Hallo",
)
RATE = "30"
TURN = [{"role": "user", "content": QUESTIONS[0]}, {"role": "assistant", "content": "Nee."}]


@contextmanager
def nginx(folder: Path, upstreams: list[str]) -> Iterator[str]:
    """Start nginx with the documented configuration, its ports and folders replaced."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    if program is None:
        pytest.fail("No nginx was found: 'apt-get install nginx' on Debian or Ubuntu.")
    port = free_port()
    text = (ROOT / "docs" / "nginx.conf").read_text(encoding="utf-8")
    for documented, url in zip(("127.0.0.1:7861", "127.0.0.1:7862"), upstreams, strict=True):
        assert documented in text
        text = text.replace(documented, urlsplit(url).netloc)
    text = text.replace("127.0.0.1:7860", f"127.0.0.1:{port}")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    (folder / "nginx.conf").write_text(text.replace("http {", f"http {{ {folders}"))
    command = [program, "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    settings = f"daemon off; pid {folder}/pid;"
    process = subprocess.Popen([*command, "-g", settings])
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def asked(url: str, body: dict[str, object], source: str = "127.0.0.1") -> tuple[int, bytes]:
    """Ask from one of this machine's own addresses; status and body."""
    parts = urlsplit(url)
    line = HTTPConnection(str(parts.hostname), parts.port, source_address=(source, 0))
    headers = {"Content-Type": "application/json"}
    line.request("POST", "/api/v1/ask", json.dumps(body), headers)
    answer = line.getresponse()
    found = answer.status, answer.read()
    line.close()
    return found


def wait_for(url: str) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            with urlopen(f"{url}/readyz"):
                return
        except URLError:
            time.sleep(0.1)
    pytest.fail("nginx does not answer; see its output above")


def test_processes_behind_nginx_answer_as_one(tmp_path: Path) -> None:
    bodies: list[dict[str, object]]
    bodies = [{"question": q, "history": h} for q in QUESTIONS for h in ([], TURN)]
    with ExitStack() as first, running(RATE_PER_MINUTE=RATE) as two:
        one = first.enter_context(running(RATE_PER_MINUTE=RATE))
        with nginx(tmp_path, [one, two]) as front:
            wait_for(front)
            direct = [[asked(url, body) for body in bodies] for url in (one, two)]
            assert direct[0] == direct[1]
            with ThreadPoolExecutor(4) as threads:
                assert list(threads.map(lambda body: asked(front, body), bodies)) == direct[0]
            with urlopen(f"{front}/") as page:
                assert page.headers["Content-Security-Policy"]
                assert b"Uw vraag" in page.read()
            statuses = [asked(front, bodies[0])[0] for _ in range(3 * int(RATE))]
            assert set(statuses) == {200, 429}, "a visitor is known by the address nginx passes on"
            assert asked(front, bodies[0], source="127.0.0.2") == direct[0][0]
            first.close()
            for body, answer in zip(bodies, direct[0], strict=True):
                assert asked(front, body, source="127.0.0.3") == answer
