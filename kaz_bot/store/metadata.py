"""Where all tables are known together, and how their keys and indexes are named."""

from sqlalchemy import Index, MetaData, TextClause

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def partial(name: str, *columns: str, where: TextClause, unique: bool = False) -> Index:
    """An index of the rows for which `where` holds; a query must say it in the same words."""
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)
