"""Public models are fetched from a server that speaks the hub's API: once, resumed, verified, then without network."""

import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from wyoming_server import download
from wyoming_server.__main__ import main
from wyoming_server.download import fetch, fetched
from wyoming_server.failure import Failure
from wyoming_server.speech.transcriber import load_ear

from .random_whisper import write_random_whisper

REPOSITORY = "someone/whisper"


@dataclass
class Hub:
    """What the hub holds and what was asked of it."""

    files: dict[str, bytes]
    requests: list[tuple[str, str | None]] = field(default_factory=list)
    break_after: int | None = None
    """Bytes after which the next large answer breaks off."""
    damage: int = 0
    """How many of the next large answers arrive damaged."""
    ranges: bool = True

    def describe(self) -> bytes:
        siblings = []
        for name, data in self.files.items():
            sibling: dict[str, object] = {"rfilename": name, "size": len(data)}
            sibling["blobId"] = hashlib.sha1(f"blob {len(data)}\0".encode() + data).hexdigest()
            if name.endswith(".bin"):
                sibling["blobId"] = "0" * 40  # of the pointer
                sibling["lfs"] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 134}
            siblings.append(sibling)
        return json.dumps({"sha": "c0ffee", "siblings": siblings}).encode()


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    model = write_random_whisper(tmp_path / "model")
    hub = Hub({path.name: path.read_bytes() for path in model.iterdir()} | {"README.md": b"not needed"})

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = self.headers.get("Range")
            hub.requests.append((self.path, asked))
            if self.path == f"/api/models/{REPOSITORY}/revision/main?blobs=true":
                self._answer(200, hub.describe())
                return
            prefix = f"/{REPOSITORY}/resolve/c0ffee/"
            data = hub.files.get(self.path.removeprefix(prefix)) if self.path.startswith(prefix) else None
            if data is None:
                self._answer(404, b"")
                return
            start = int(asked.split("=")[1].rstrip("-")) if asked and hub.ranges else 0
            body = data[start:]
            if hub.damage and len(data) > 1_000_000:
                hub.damage -= 1
                body = b"x" + body[1:]
            self._answer(206 if start else 200, body)

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if hub.break_after is not None and len(body) > hub.break_after:
                body, hub.break_after = body[: hub.break_after], None
                self.close_connection = True
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("LOCAL_LLM_VOICE_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr("wyoming_server.download.time.sleep", lambda _seconds: None)
    yield hub
    server.shutdown()
    server.server_close()


def test_an_ear_is_fetched_once_and_then_needs_no_network(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fetched(REPOSITORY) is None
    ear = load_ear(REPOSITORY, threads=1)
    assert (ear.name, ear.languages) == ("whisper", ("en", "de"))
    assert not any("README" in path for path, _ in hub.requests)
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    hub.requests.clear()
    assert load_ear(REPOSITORY, threads=1).name == "whisper"
    assert hub.requests == []


def test_a_broken_download_goes_on_where_it_stopped(hub: Hub) -> None:
    hub.break_after = 1_500_000
    folder = fetch(REPOSITORY, ["*.bin"])
    asked = [span for path, span in hub.requests if path.endswith("model.bin")]
    assert asked == [None, "bytes=1500000-"]
    assert (folder / "model.bin").read_bytes() == hub.files["model.bin"]


def test_another_start_goes_on_where_the_last_one_stopped(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    hub.break_after = 1_500_000
    with monkeypatch.context() as patch:
        patch.setattr(download, "ATTEMPTS", 1)
        with pytest.raises(Failure, match="start again to go on"):
            fetch(REPOSITORY, ["*"])
    assert fetched(REPOSITORY) is None
    hub.requests.clear()
    fetch(REPOSITORY, ["*"])
    assert [span for path, span in hub.requests if path.endswith("model.bin")] == ["bytes=1500000-"]
    assert not [path for path, _ in hub.requests if path.endswith("tokenizer.json")], "what is there stays"


def test_a_hub_that_cannot_go_on_in_the_middle(hub: Hub) -> None:
    hub.break_after, hub.ranges = 1_500_000, False
    folder = fetch(REPOSITORY, ["*.bin"])
    assert (folder / "model.bin").read_bytes() == hub.files["model.bin"]


def test_damage_is_noticed_and_repaired(hub: Hub) -> None:
    hub.damage = 1
    folder = fetch(REPOSITORY, ["*.bin"])
    assert (folder / "model.bin").read_bytes() == hub.files["model.bin"]


def test_lasting_damage_is_one_sentence_and_never_used(hub: Hub) -> None:
    hub.damage = 100
    with pytest.raises(Failure, match=r"model\.bin arrived damaged"):
        fetch(REPOSITORY, ["*"])
    assert fetched(REPOSITORY) is None
    assert not (download.models_folder() / "someone--whisper" / "model.bin").exists()


def test_a_file_that_was_cut_later_is_not_used(hub: Hub) -> None:
    folder = fetch(REPOSITORY, ["*"])
    assert fetched(REPOSITORY) == folder
    (folder / "model.bin").write_bytes(b"")
    assert fetched(REPOSITORY) is None
    assert fetch(REPOSITORY, ["*"]) == folder
    assert fetched(REPOSITORY) == folder


@pytest.mark.usefixtures("hub")
@pytest.mark.parametrize(
    ("repository", "endpoint", "said"),
    [
        ("someone/nothing", None, "there is no such model"),
        (REPOSITORY, "http://127.0.0.1:9", "Cannot reach http://127.0.0.1:9"),
        ("../../etc", None, "not the name of a repository"),
        (REPOSITORY, "file:///etc", "not a web address"),
    ],
)
def test_a_failure_is_one_sentence(
    repository: str, endpoint: str | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if endpoint:
        monkeypatch.setenv("HF_ENDPOINT", endpoint)
    with pytest.raises(Failure, match=said):
        fetch(repository, ["*"])


def test_the_command_fetches_ahead(hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["download", REPOSITORY]) == 0
    assert Path(capsys.readouterr().out.strip()) == fetched(REPOSITORY)
    hub.requests.clear()
    assert main(["download", REPOSITORY]) == 0
    assert hub.requests == []


def test_strange_names_are_refused(hub: Hub, tmp_path: Path) -> None:
    hub.files["../../evil"] = b"x"
    with pytest.raises(Failure, match="strange names"):
        fetch(REPOSITORY, ["*"])
    assert not (tmp_path / "evil").exists()
