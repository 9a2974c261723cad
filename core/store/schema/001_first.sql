-- 001_first.sql - the first schema: everything a round needs to survive a restart.
--
-- Outside a store everything has a random id; inside, rows point at each other by integer (row).
-- A kept file never changes: a later schema is a new numbered file beside this one.

CREATE TABLE instrument (
    row       INTEGER PRIMARY KEY,
    digest    TEXT NOT NULL UNIQUE,
    id        TEXT NOT NULL,
    version   TEXT NOT NULL,
    main_path TEXT NOT NULL,
    free      INTEGER NOT NULL              -- 1: a -dev version, may change under its name
) STRICT;
CREATE UNIQUE INDEX instrument_version ON instrument (id, version) WHERE free = 0;

CREATE TABLE instrument_file (
    instrument INTEGER NOT NULL REFERENCES instrument (row),
    path       TEXT NOT NULL,
    bytes      BLOB NOT NULL,
    PRIMARY KEY (instrument, path)
) STRICT;

CREATE TABLE "case" (
    row            INTEGER PRIMARY KEY,
    id             TEXT NOT NULL UNIQUE,    -- a pseudonym
    opened_wall_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE person (
    row      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    "case"   INTEGER REFERENCES "case" (row),
    role     TEXT NOT NULL,
    label    TEXT,
    language TEXT NOT NULL
) STRICT;
CREATE INDEX person_case ON person ("case");

CREATE TABLE round (
    row             INTEGER PRIMARY KEY,
    id              TEXT NOT NULL UNIQUE,
    "case"          INTEGER REFERENCES "case" (row),
    instrument      TEXT NOT NULL,
    version         TEXT NOT NULL,
    digest          TEXT NOT NULL REFERENCES instrument (digest),
    wave            TEXT NOT NULL,
    format          TEXT NOT NULL,
    form            TEXT,
    variant         TEXT,
    setting         TEXT,
    included        TEXT NOT NULL,          -- instruments, comma separated, sorted
    state           TEXT NOT NULL CHECK (state IN ('open', 'released', 'withdrawn', 'erased')),
    created_wall_ms INTEGER NOT NULL,
    simulated       INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX round_open ON round ("case", instrument, wave)
    WHERE state = 'open' AND "case" IS NOT NULL;
CREATE INDEX round_case ON round ("case");

CREATE TABLE session (
    row    INTEGER PRIMARY KEY,
    id     TEXT NOT NULL UNIQUE,
    round  INTEGER NOT NULL REFERENCES round (row),
    person INTEGER REFERENCES person (row), -- NULL: the stage together
    state  TEXT NOT NULL CHECK (state IN ('open', 'done', 'shared', 'stopped', 'withdrawn'))
) STRICT;
CREATE UNIQUE INDEX session_person ON session (round, person);
CREATE UNIQUE INDEX session_together ON session (round) WHERE person IS NULL;

-- The log. The last seq of a session is read from here and kept nowhere else.
CREATE TABLE event (
    session   INTEGER NOT NULL REFERENCES session (row),
    seq       INTEGER NOT NULL CHECK (seq >= 1),
    wall_ms   INTEGER NOT NULL,
    answer_id TEXT NOT NULL,                -- '': none
    body      BLOB NOT NULL,
    PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE revision (
    round   INTEGER NOT NULL REFERENCES round (row),
    number  INTEGER NOT NULL CHECK (number >= 1),
    reason  TEXT NOT NULL,
    wall_ms INTEGER NOT NULL,
    upto    TEXT NOT NULL,                  -- JSON: session id -> seq
    PRIMARY KEY (round, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE blob (
    row     INTEGER PRIMARY KEY,
    digest  TEXT NOT NULL,
    type    TEXT NOT NULL,
    session INTEGER NOT NULL REFERENCES session (row),
    bytes   BLOB NOT NULL,
    UNIQUE (digest, session)                -- two persons with one picture: each has it
) STRICT;

CREATE TABLE parcel (
    row         INTEGER PRIMARY KEY,
    round       INTEGER NOT NULL,
    revision    INTEGER NOT NULL,
    output      TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'claimed', 'delivered', 'dead')),
    attempts    INTEGER NOT NULL DEFAULT 0,
    due_wall_ms INTEGER NOT NULL,
    reason      TEXT,
    UNIQUE (round, output, revision),
    FOREIGN KEY (round, revision) REFERENCES revision (round, number)
) STRICT;

CREATE TABLE audit (
    row       INTEGER PRIMARY KEY,
    wall_ms   INTEGER NOT NULL,
    action    TEXT NOT NULL,
    subject   TEXT NOT NULL,
    "by"      TEXT NOT NULL,
    on_behalf TEXT,                         -- NULL: nobody else's
    previous  TEXT NOT NULL,                -- the hash of the row before, '': none
    hash      TEXT NOT NULL                 -- of this row and previous
) STRICT;

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
