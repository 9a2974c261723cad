-- 002_rights.sql - erasing, end dates of pictures, and a head for the audit.
--
-- From here on event.body, person.label and blob.bytes hold sealed bytes (store_sealed.h); the rows
-- of schema 1 are sealed by the first opening, not here.

-- erased: a tombstone reached it. What it held is gone from this file and reads as erased.
ALTER TABLE person ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;
ALTER TABLE blob ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;
ALTER TABLE blob ADD COLUMN until_wall_ms INTEGER NOT NULL DEFAULT 0; -- 0: no end date

CREATE INDEX session_of_person ON session (person);
CREATE INDEX blob_of_session ON blob (session);

-- Tombstones. done 0: keys are still to be destroyed, the next start carries on.
CREATE TABLE erasure (
    row     INTEGER PRIMARY KEY,
    what    TEXT NOT NULL CHECK (what IN ('person', 'session', 'blob')),
    id      TEXT NOT NULL,                  -- of a blob: SESSION DIGEST
    reason  TEXT NOT NULL,
    wall_ms INTEGER NOT NULL,
    done    INTEGER NOT NULL,
    UNIQUE (what, id)
) STRICT;

-- One row: how many rows the audit has and the hash of the last, under a key that is not in this
-- file. The step that makes this table puts it.
CREATE TABLE audit_head (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    rows INTEGER NOT NULL,
    hash TEXT NOT NULL,
    seal TEXT NOT NULL                      -- '': it was broken once and stays so
) STRICT;
