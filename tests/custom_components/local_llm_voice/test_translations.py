"""The texts of the user interface: every one in every language."""

import ast
import json
import re
import string
from pathlib import Path
from typing import Any

import custom_components.local_llm_voice as integration
import pytest
from homeassistant.generated.languages import LANGUAGES

HERE = Path(integration.__file__).parent
SPOKEN_AS = {"zh": "zh-Hans"}
"""Languages that Home Assistant calls otherwise than the skills do."""


def texts(path: Path) -> dict[str, str]:
    """The texts by their dotted keys."""
    found: dict[str, str] = {}

    def collect(value: dict[str, Any], start: str) -> None:
        for key, inner in value.items():
            if isinstance(inner, dict):
                collect(inner, f"{start}{key}.")
            else:
                found[start + key] = inner

    collect(json.loads(path.read_text(encoding="utf-8")), "")
    return found


def fields(text: str) -> list[str]:
    """The placeholders of a text, each as often as it occurs."""
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


ERRORS = {"HomeAssistantError", "ServiceValidationError"}
"""What Home Assistant shows to people as it is raised."""


def raised(path: Path) -> list[ast.Call]:
    """The errors that a module makes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in ERRORS]


ENGLISH = texts(HERE / "strings.json")
TRANSLATIONS = sorted((HERE / "translations").glob("*.json"))


def test_english_is_what_is_translated() -> None:
    assert (HERE / "translations/en.json").read_text(encoding="utf-8") == (HERE / "strings.json").read_text(
        encoding="utf-8"
    )


def test_what_is_spoken_is_written() -> None:
    spoken = {SPOKEN_AS.get(path.stem, path.stem) for path in (HERE / "speech").glob("*.json")}
    assert {path.stem for path in TRANSLATIONS} == spoken <= LANGUAGES


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)
def test_every_text_is_there_with_its_placeholders(path: Path) -> None:
    translated = texts(path)
    assert list(translated) == list(ENGLISH)
    assert {key: fields(text) for key, text in translated.items()} == {
        key: fields(text) for key, text in ENGLISH.items()
    }
    assert [key for key, text in translated.items() if text != text.strip() or not text] == []


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)
def test_actions_are_called_by_their_names(path: Path) -> None:
    translated = texts(path)
    for key, action in (
        ("issues.plays_damaged.description", "import_plays"),
        ("services.import_plays.fields.history.description", "export_plays"),
    ):
        assert translated[f"services.{action}.name"] in translated[key]
    tracks = translated["services.import_plays.fields.tracks.description"]
    assert set(re.findall("[a-z_]+", tracks)) >= {"title", "plays", "artist", "album", "media_id"}


@pytest.mark.parametrize("path", [path for path in TRANSLATIONS if path.stem != "en"], ids=lambda path: path.stem)
def test_no_sentence_is_left_in_english(path: Path) -> None:
    translated = texts(path)
    assert [key for key, text in ENGLISH.items() if len(text.split()) > 4 and translated[key] == text] == []


def test_every_error_is_a_text_with_its_placeholders() -> None:
    errors = [(path, call) for path in HERE.rglob("*.py") for call in raised(path)]
    assert len(errors) > 5
    for path, call in errors:
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        where = f"{path.name}:{call.lineno}"
        assert not call.args, where
        key = given["translation_key"]
        assert isinstance(key, ast.Constant), where
        named = given.get("translation_placeholders", ast.Dict([], []))
        assert isinstance(named, ast.Dict), where
        names = sorted(str(ast.literal_eval(name)) for name in named.keys if name is not None)
        assert names == fields(ENGLISH[f"exceptions.{key.value!s}.message"]), where
