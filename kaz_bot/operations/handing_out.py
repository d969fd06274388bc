"""Writes files that only the operator can read, for people and for programs."""

from html import escape
from pathlib import Path


def keep(file: Path, content: str) -> None:
    """A text file; nobody else may read it, not even while it is written."""
    file.touch(mode=0o600)
    file.write_text(content, encoding="utf-8")


def document(body: str, title: str, language: str) -> str:
    """A page of its own around what a template says."""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
