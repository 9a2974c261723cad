-- 005_staff.sql - who may come in: accounts, tokens, and whose a case is.
--
-- staff.secrets and token.body hold sealed text (store_sealed.h). No token lies here, only hashes.

CREATE TABLE staff (
    row             INTEGER PRIMARY KEY,
    name            TEXT NOT NULL UNIQUE,
    roles           TEXT NOT NULL,          -- comma separated
    secrets         TEXT NOT NULL,
    disabled        INTEGER NOT NULL,
    created_wall_ms INTEGER NOT NULL,
    seen_wall_ms    INTEGER NOT NULL        -- 0: never
) STRICT;

CREATE TABLE token (
    row             INTEGER PRIMARY KEY,
    hash            TEXT NOT NULL UNIQUE,
    kind            TEXT NOT NULL CHECK (kind IN ('staff', 'invitation', 'code', 'seat')),
    staff           INTEGER REFERENCES staff (row),
    round           INTEGER REFERENCES round (row),
    person          INTEGER REFERENCES person (row), -- NULL: not known yet
    body            TEXT NOT NULL,          -- '': it is over
    created_wall_ms INTEGER NOT NULL,
    until_wall_ms   INTEGER NOT NULL,
    over            INTEGER NOT NULL
) STRICT;
CREATE INDEX token_of_round ON token (round);
CREATE INDEX token_of_staff ON token (staff);

CREATE TABLE assignment (
    row           INTEGER PRIMARY KEY,
    "case"        INTEGER NOT NULL REFERENCES "case" (row),
    staff         INTEGER NOT NULL REFERENCES staff (row),
    from_wall_ms  INTEGER NOT NULL,
    until_wall_ms INTEGER NOT NULL,         -- 0: now
    UNIQUE (staff, "case", from_wall_ms)
) STRICT;
