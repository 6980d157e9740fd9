"""A journal that an earlier Foedus wrote is brought forward when it is opened, and holds all that it held."""

from pathlib import Path

import pytest
from alembic.runtime.environment import EnvironmentContext
from postgres_server import engine_on
from sqlalchemy import inspect, text
from test_journal import PLEDGE, READER, VOTE, Clock, act, arrival, everything_in

from foedus.gathering.shipped_data import load_reference
from foedus.journal import decisions, holdings, opening, readings, tables
from foedus.journal.record import Journal
from foedus.knowledge import Knowledge
from foedus.terms.dates import DateRange

EARLIER = [script.revision for script in opening.migrations().walk_revisions() if script.revision != tables.SCHEMA]
NOW = "2024-10-24T09:30:00.000000Z"
GONE = "A text that was taken away."


def old_journal(place: str, revision: str) -> None:
    """A journal whose tables are those of a revision, with something of everything that the first Foedus could keep."""
    engine, scripts = engine_on(place), opening.migrations()
    with engine.begin() as connection:
        with EnvironmentContext(
            opening.scripts_config(), scripts, fn=lambda current, _: scripts._upgrade_revs(revision, current)
        ) as environment:
            environment.configure(connection=connection, transactional_ddl=True)
            environment.run_migrations()
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id={tables.APPLICATION_ID}")
        document = arrival(VOTE).document
        holdings.append(connection, [arrival(VOTE), arrival(PLEDGE), arrival(GONE)], NOW)
        holdings.append(connection, [arrival(VOTE, given=DateRange.day(2024, 10, 24))], NOW)
        readings.keep(connection, READER, [(document, (act(document, "ratified"),))])
        readings.enter(connection, act(document, "397 to 0"), "ada", DateRange.month(2024, 10), NOW)
        decisions.rule(connection, "reject", ["s_1"], author="ada", note="a note", source=None, now=NOW)
        gone = {"document": arrival(GONE).document.id, "why": "asked for", "author": "ben", "recorded_at": NOW}
        connection.execute(tables.redactions.insert(), gone)
        connection.execute(tables.versions.delete().where(tables.versions.c.document == gone["document"]))
    engine.dispose()


@pytest.mark.parametrize("revision", EARLIER)
def test_an_older_journal_holds_what_it_held(place: str, revision: str, tmp_path: Path) -> None:
    old_journal(place, revision)
    with Journal.open(place, clock=Clock()) as old, Journal.open(tmp_path / "new.db", clock=Clock()) as new:
        document = arrival(VOTE).document
        new.append([arrival(VOTE), arrival(PLEDGE), arrival(GONE)])
        new.append([arrival(VOTE, given=DateRange.day(2024, 10, 24))])
        new.store_statements(READER, [(document, (act(document, "ratified"),))])
        new.append_statement(act(document, "397 to 0"), author="ada", published=DateRange.month(2024, 10))
        new.append_ruling("reject", "s_1", author="ada", note="a note")
        new.redact(arrival(GONE).document.id, why="asked for", author="ben")
        assert everything_in(old) == everything_in(new)
        assert old.append([arrival("Another report.")]).new
        assert Knowledge.of(old, load_reference()).treaties


def test_the_tables_are_the_same_whichever_way_they_came(place: str, tmp_path: Path) -> None:
    old_journal(place, "0001")
    Journal.open(place).close()
    engine = engine_on(place)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == tables.SCHEMA
    assert set(tables.metadata.tables) <= set(inspect(engine).get_table_names())
    engine.dispose()
