"""Templates are shown as they come out."""

from pathlib import Path

from training.data.show import show


def test_every_file_that_is_asked_for_is_shown(tmp_path: Path) -> None:
    folder = tmp_path / "en"
    (folder / "words").mkdir(parents=True)
    (folder / "words" / "area.txt").write_text("kitchen\n")
    (folder / "lights.txt").write_text(
        'turn_on(area={area}, domain="light") => turn_off(area={area}, domain="light")\n  and off again\n'
    )
    (folder / "music.txt").write_text("pause()\n  pause\n")
    lines = list(show("en", 2, "light", 1, tmp_path))
    assert lines[0] == "en/lights.txt"
    assert len(lines) == 3
    due = 'turn_on(area="kitchen", domain="light") => turn_off(area="kitchen", domain="light")'
    assert all(line.endswith(due) and "off again" in line.casefold() for line in lines[1:])
    assert lines == list(show("en", 2, "light", 1, tmp_path))
