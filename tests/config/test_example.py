"""The example file lists every setting, with the default the program really has."""

import re
from pathlib import Path

from kaz_bot.config import DEFAULTS, SECRETS, load, room_setting

EXAMPLE = Path(__file__).parents[2] / "config.example.env"
ROOMS = ("standards", "procurement", "security", "projects", "committee", "admin")


def test_the_example_names_every_setting_with_its_default() -> None:
    shown = dict(re.findall(r"^#?(KAZ_[A-Z_]+)=(.*)$", EXAMPLE.read_text(), re.MULTILINE))
    files = {f"{name}_FILE": "" for name in SECRETS}
    rooms = {room_setting(key): "" for key in ROOMS}
    assert shown == {**DEFAULTS, **files, **rooms}


def test_the_example_explains_every_setting() -> None:
    paragraphs = EXAMPLE.read_text().split("\n\n")
    bare = [text for text in paragraphs if "KAZ_" in text and not text.startswith(("# ", "## "))]
    assert bare == []


def test_the_example_works_once_filled_in(tmp_path: Path) -> None:
    filled = tmp_path / "filled.env"
    filled.write_text(
        EXAMPLE.read_text()
        .replace("KAZ_HOMESERVER=\n", "KAZ_HOMESERVER=https://kaz.test\n")
        .replace("KAZ_USER_ID=\n", "KAZ_USER_ID=@kaz:kaz.test\n")
        .replace("KAZ_PASSWORD=\n", "KAZ_PASSWORD=secret\n")
        .replace("\n#KAZ_", "\nKAZ_")
    )
    assert load(filled, environ={}).user_id == "@kaz:kaz.test"
