"""Sets up the log: one event, one line, as text for people or as JSON for log collectors."""

import json
import logging
from datetime import UTC, datetime

from kaz_bot.config import LogFormat

# What these libraries tell below the given level is for their own developers. matrix-nio's
# warnings quote the events it could not read, and with them what people wrote.
_LOUDEST = {
    "nio": logging.ERROR,
    "aiohttp": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "alembic": logging.WARNING,
    "apscheduler": logging.WARNING,
    "asyncio": logging.WARNING,
    "peewee": logging.WARNING,
    "sqlalchemy": logging.WARNING,
}


def set_up(log_format: LogFormat) -> None:
    """Send the log to standard error; a second call replaces the first."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if log_format is LogFormat.JSON else TextLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name, level in _LOUDEST.items():
        logging.getLogger(name).setLevel(level)


def ready(log: logging.Logger) -> None:
    """The line other programs wait for: the bot has synced and answers."""
    log.info("ready", extra={"event": "ready"})


class TextLines(logging.Formatter):
    """`time level logger: message`, the time in UTC; a line break in it makes no second line."""

    def format(self, record: logging.LogRecord) -> str:
        message = record.getMessage().replace("\r", "\\r").replace("\n", "\\n")
        head = f"{_time(record)} {record.levelname} {record.name}: {message}"
        return "\n".join([head, *_traceback(self, record)])


class JsonLines(logging.Formatter):
    """One JSON object a line. `event` is a fixed word for programs, `log` where there is none."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": getattr(record, "event", "log"),
            "message": record.getMessage(),
        }
        if traceback := _traceback(self, record):
            line["traceback"] = "\n".join(traceback)
        return json.dumps(line, ensure_ascii=False)


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _traceback(formatter: logging.Formatter, record: logging.LogRecord) -> list[str]:
    return [formatter.formatException(record.exc_info)] if record.exc_info else []
