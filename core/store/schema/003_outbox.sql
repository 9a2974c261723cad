-- 003_outbox.sql - what goes out, and to whom.
--
-- The table parcel of schema 1 never had a row. output.options and parcel.reason hold sealed text
-- (store_sealed.h), '' where there is none.

CREATE TABLE output (
    row     INTEGER PRIMARY KEY,
    round   TEXT NOT NULL,                  -- its id; '': every round. It may come later
    name    TEXT NOT NULL,
    plugin  TEXT NOT NULL,                  -- path
    purpose TEXT NOT NULL CHECK (purpose IN ('local', 'dossier', 'research')),
    content TEXT NOT NULL CHECK (content IN ('event', 'sheet', 'scores', 'items')),
    options TEXT NOT NULL,
    UNIQUE (round, name)
) STRICT;

DROP TABLE parcel;
CREATE TABLE parcel (
    row             INTEGER PRIMARY KEY,    -- order of arrival
    round           INTEGER NOT NULL,
    output          TEXT NOT NULL,          -- its name
    revision        INTEGER NOT NULL,
    state           TEXT NOT NULL
        CHECK (state IN ('waiting', 'delivered', 'dead', 'dropped', 'replaced')),
    attempts        INTEGER NOT NULL,
    due_wall_ms     INTEGER NOT NULL,
    lease_wall_ms   INTEGER NOT NULL,       -- 0: not on its way
    reason          TEXT NOT NULL,
    changed_wall_ms INTEGER NOT NULL,
    UNIQUE (round, output, revision),
    FOREIGN KEY (round, revision) REFERENCES revision (round, number)
) STRICT;
CREATE INDEX parcel_waiting ON parcel (row) WHERE state = 'waiting';
