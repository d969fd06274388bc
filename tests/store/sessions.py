"""Ends the sessions of a PostgreSQL database, as a restart of the server does."""

import psycopg


def end_every_session(url: str) -> None:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as session:
        session.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
