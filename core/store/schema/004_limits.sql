-- 004_limits.sql - what one output may use, where it says so itself.

ALTER TABLE output ADD COLUMN memory INTEGER NOT NULL DEFAULT 0;    -- MiB; 0: not said, -1: no limit
ALTER TABLE output ADD COLUMN deadline INTEGER NOT NULL DEFAULT 0;  -- seconds for a result; 0: not said
