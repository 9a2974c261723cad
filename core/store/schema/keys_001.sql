-- keys_001.sql - DIR/keys.db: every key but the master key, wrapped under what it hangs on.
--
-- Rows only come at the end and never change, so that no page holds a stale copy of one; and no
-- index has a wrapped key in it. What is deleted is overwritten (secure_delete).

CREATE TABLE folder (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    id      TEXT NOT NULL,              -- random: verbond.db knows its own keys.db by it
    master  TEXT NOT NULL,              -- key id of the master key
    applied TEXT NOT NULL               -- up to where DIR/erasures was carried out here
) STRICT;

CREATE TABLE key (
    row           INTEGER PRIMARY KEY,
    kind          TEXT NOT NULL CHECK (kind IN ('person', 'session', 'blob')),
    id            TEXT NOT NULL,        -- of a blob: session, blank, name
    under         TEXT NOT NULL,        -- person: ''; session: persons, sorted; blob: its session
    until_wall_ms INTEGER NOT NULL,     -- 0: no end date
    wrapped       BLOB NOT NULL CHECK (length(wrapped) = 72),
    UNIQUE (kind, id)
) STRICT;
CREATE INDEX key_until ON key (until_wall_ms) WHERE until_wall_ms > 0;
