-- The tables of the feed in the current schema, and the temporary table "incoming" that load.sql empties into them.
-- Run it in the transaction that loads; it does no harm where the tables exist.

-- One load at a time: the next one waits here and then sees what this one wrote.
SELECT pg_advisory_xact_lock(1835361652);
SET LOCAL client_min_messages = warning;
SET LOCAL timezone = 'UTC';
-- A load looks a few rows up in tables that may be large, and whose size is not known to the planner while they grow.
SET LOCAL enable_seqscan = off;
SET LOCAL enable_hashjoin = off;
SET LOCAL enable_mergejoin = off;

DO $$
DECLARE
    found regclass := to_regclass(format('%I.meetings', current_schema()));
BEGIN
    IF current_schema() IS NULL THEN
        RAISE EXCEPTION 'the schema does not exist: create it, or name another';
    END IF;
    IF found IS NOT NULL AND obj_description(found, 'pg_class') IS DISTINCT FROM 'defence meetings, layout 1' THEN
        RAISE EXCEPTION 'schema "%" has a table "meetings" of another make: name another schema', current_schema();
    END IF;
END $$;

CREATE TABLE IF NOT EXISTS meetings (
    id              text PRIMARY KEY,
    revision        integer NOT NULL,
    status          text NOT NULL,
    kind            text NOT NULL,
    date            text,           -- a day (2026-02-06) or a month (2026-02)
    day             date,           -- null where only the month is known
    date_precision  text,
    date_source     text,
    headline        text,
    headline_en     text,
    headline_az     text,
    headline_ru     text,
    lead_en         text,
    lead_az         text,
    lead_ru         text,
    city            text,
    country         text,
    countries       text[] NOT NULL,
    organizations   text[] NOT NULL,
    topics          text[] NOT NULL,
    cameo           text NOT NULL,
    plover          text NOT NULL,
    mode            text,
    merged_ids      text[] NOT NULL,
    first_seen      timestamptz NOT NULL,
    last_changed    timestamptz NOT NULL,
    record          jsonb NOT NULL  -- the line of the feed
);
COMMENT ON TABLE meetings IS 'defence meetings, layout 1';
CREATE INDEX IF NOT EXISTS meetings_day ON meetings (day);
CREATE INDEX IF NOT EXISTS meetings_countries ON meetings USING gin (countries);
-- Each load looks up a thousand ids in it: a list of pending entries would be read through each time.
CREATE INDEX IF NOT EXISTS meetings_merged_ids ON meetings USING gin (merged_ids) WITH (fastupdate = off);

CREATE TABLE IF NOT EXISTS persons (
    id         text PRIMARY KEY,    -- country and name
    name       text NOT NULL,
    country    text,
    spellings  text[] NOT NULL
);
CREATE TABLE IF NOT EXISTS participants (
    meeting           text NOT NULL REFERENCES meetings ON DELETE CASCADE,
    position          integer NOT NULL,
    person            text NOT NULL REFERENCES persons,
    name              text NOT NULL,
    post              text,
    rank              text,
    country           text,
    part              text NOT NULL,
    leads_delegation  boolean NOT NULL,
    PRIMARY KEY (meeting, position)
);
CREATE INDEX IF NOT EXISTS participants_person ON participants (person);
CREATE TABLE IF NOT EXISTS headlines (
    meeting   text NOT NULL REFERENCES meetings ON DELETE CASCADE,
    position  integer NOT NULL,
    lang      text NOT NULL,
    text      text NOT NULL,
    raw       text NOT NULL,
    outlet    text NOT NULL,
    url       text,
    PRIMARY KEY (meeting, position)
);
CREATE TABLE IF NOT EXISTS agreements (
    meeting   text NOT NULL REFERENCES meetings ON DELETE CASCADE,
    position  integer NOT NULL,
    kind      text NOT NULL,
    title     text NOT NULL,
    year      integer,
    PRIMARY KEY (meeting, position)
);
CREATE TABLE IF NOT EXISTS sources (
    meeting       text NOT NULL REFERENCES meetings ON DELETE CASCADE,
    position      integer NOT NULL,
    url           text NOT NULL,
    outlet        text NOT NULL,
    lang          text NOT NULL,
    headline      text,
    published     text,             -- a moment, a day or a month, as much as is known
    published_at  timestamptz,      -- null where no moment is known
    modified      text,
    attribution   text,
    relation      text NOT NULL,
    PRIMARY KEY (meeting, position)
);
CREATE INDEX IF NOT EXISTS sources_url ON sources (url);

-- Ids of meetings that are no more, with the last revision that is void: an older file may come later.
CREATE TABLE IF NOT EXISTS withdrawn (
    id        text PRIMARY KEY,
    revision  integer NOT NULL
);

CREATE TEMPORARY TABLE incoming (record jsonb NOT NULL) ON COMMIT DROP;
-- What load.sql works with: made once, because each table that a transaction makes, even if it drops it, keeps a lock
-- until the end, and a load of a million meetings has two thousand parts.
CREATE TEMPORARY TABLE newer (id text, revision integer, record jsonb) ON COMMIT DROP;
CREATE TEMPORARY TABLE gone (id text) ON COMMIT DROP;
CREATE TEMPORARY TABLE unseated (person text) ON COMMIT DROP;
CREATE TEMPORARY TABLE seated (
    meeting text, position integer, person text, name text, post text, rank text, country text, part text,
    leads_delegation boolean, spellings text[]
) ON COMMIT DROP;
