"""Runs migrations on the connection that the store hands over."""

from collections.abc import Collection, Mapping

from alembic import context
from alembic.runtime.migration import MigrationContext, MigrationInfo
from alembic.script import Script

handed_over = context.config.attributes


def tell(
    ctx: MigrationContext,
    step: MigrationInfo,
    heads: Collection[object],
    run_args: Mapping[str, object],
) -> None:
    """Each step says what it does, since with a large database it may take its time."""
    del ctx, heads, run_args  # Alembic passes them by name.
    assert isinstance(step.up_revision, Script)
    handed_over["progress"](f"{step.up_revision.revision}: {step.up_revision.doc}")


context.configure(
    connection=handed_over["connection"],
    target_metadata=handed_over["metadata"],
    on_version_apply=tell,
    # SQLite cannot change a column: Alembic makes a new table and copies the rows.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
