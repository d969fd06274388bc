"""How the bot is, in figures per area and never per person: for /health and /metrics."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Vitals:
    """One look at the running bot. `tickets` counts those not ended by area and state."""

    at: datetime
    ready: bool
    database: bool
    homeserver: bool
    synced_at: datetime | None = None
    oldest_letter_at: datetime | None = None
    letters_queued: int = 0
    letters_rejected: int = 0
    undecryptable: int = 0
    tickets: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def healthy(self) -> bool:
        """It serves: it has synced once, and both the database and the homeserver answer."""
        return self.ready and self.database and self.homeserver

    def report(self) -> dict[str, object]:
        """What /health answers."""
        return {
            "status": "ok" if self.healthy else "failing",
            "ready": self.ready,
            "database": self.database,
            "homeserver": self.homeserver,
            "synced_at": self.synced_at.isoformat() if self.synced_at else None,
            "letters_queued": self.letters_queued,
            "letters_rejected": self.letters_rejected,
        }


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One Prometheus gauge with its samples."""

    name: str
    help: str
    samples: Mapping[Labels, float]


def exposition(vitals: Vitals) -> str:
    """The Prometheus text format, version 0.0.4."""
    lines = [line for metric in metrics(vitals) for line in _lines(metric)]
    return "\n".join(lines) + "\n"


def metrics(vitals: Vitals) -> Iterator[Metric]:
    """What is counted, in the order it is shown."""
    yield _gauge("kaz_ready", "1 when the bot has synced and answers.", vitals.ready)
    yield _gauge("kaz_database_up", "1 when the database answers.", vitals.database)
    yield _gauge("kaz_homeserver_up", "1 when the homeserver answers.", vitals.homeserver)
    if vitals.synced_at is not None:
        age = (vitals.at - vitals.synced_at).total_seconds()
        yield _gauge("kaz_sync_age_seconds", "Time since the latest sync.", age)
    yield _gauge("kaz_letters_queued", "Messages waiting to be sent.", vitals.letters_queued)
    yield _gauge("kaz_oldest_letter_seconds", "Age of the oldest of them.", _oldest(vitals))
    yield _gauge("kaz_letters_rejected", "Messages set aside.", vitals.letters_rejected)
    yield _gauge("kaz_undecryptable", "Messages waiting for their key.", vitals.undecryptable)
    yield Metric(
        name="kaz_tickets",
        help="Tickets by area and state.",
        samples={
            (("area", area), ("state", state)): count
            for (area, state), count in sorted(vitals.tickets.items())
        },
    )


def _oldest(vitals: Vitals) -> float:
    if vitals.oldest_letter_at is None:
        return 0.0
    return (vitals.at - vitals.oldest_letter_at).total_seconds()


def _gauge(name: str, about: str, value: float) -> Metric:
    return Metric(name=name, help=about, samples={(): float(value)})


def _lines(metric: Metric) -> Iterator[str]:
    yield f"# HELP {metric.name} {metric.help}"
    yield f"# TYPE {metric.name} gauge"
    for labels, value in metric.samples.items():
        pairs = ",".join(f'{name}="{_escaped(text)}"' for name, text in labels)
        yield f"{metric.name}{{{pairs}}} {value:.15g}" if pairs else f"{metric.name} {value:.15g}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
