-- Move the lines of "incoming" into the tables: only what is new or of a higher revision counts, so files may come
-- twice and in any order. A meeting that a later record names among its merged_ids is removed, and so is one that a line
-- of withdrawn/ names: such a line has id and revision only.

INSERT INTO withdrawn
SELECT record->>'id', max((record->>'revision')::integer)
FROM incoming WHERE record->'sources' IS NULL GROUP BY record->>'id'
ON CONFLICT (id) DO UPDATE SET revision = greatest(withdrawn.revision, excluded.revision);

INSERT INTO newer
SELECT DISTINCT ON (incoming.record->>'id')
    incoming.record->>'id' AS id, (incoming.record->>'revision')::integer AS revision, incoming.record
FROM incoming
LEFT JOIN meetings ON meetings.id = incoming.record->>'id'
LEFT JOIN withdrawn ON withdrawn.id = incoming.record->>'id'
WHERE incoming.record->'sources' IS NOT NULL
  AND (incoming.record->>'revision')::integer > greatest(meetings.revision, withdrawn.revision, 0)
ORDER BY incoming.record->>'id', (incoming.record->>'revision')::integer DESC;

INSERT INTO meetings
SELECT
    id, revision, record->>'status', record->>'kind',
    record->>'date', CASE WHEN record->>'date_precision' = 'day' THEN (record->>'date')::date END,
    record->>'date_precision', record->>'date_source', record->>'headline',
    record->'headlines'->>'en', record->'headlines'->>'az', record->'headlines'->>'ru',
    record->'lead'->>'en', record->'lead'->>'az', record->'lead'->>'ru',
    record->'place'->>'city', record->'place'->>'country',
    ARRAY(SELECT jsonb_array_elements_text(record->'countries')),
    ARRAY(SELECT jsonb_array_elements_text(record->'organizations')),
    ARRAY(SELECT jsonb_array_elements_text(record->'topics')),
    record->'event_code'->>'cameo', record->'event_code'->>'plover', record->'event_code'->>'mode',
    ARRAY(SELECT jsonb_array_elements_text(record->'merged_ids')),
    (record->>'first_seen')::timestamptz, (record->>'last_changed')::timestamptz, record
FROM newer
ON CONFLICT (id) DO UPDATE SET
    revision = excluded.revision, status = excluded.status, kind = excluded.kind,
    date = excluded.date, day = excluded.day, date_precision = excluded.date_precision,
    date_source = excluded.date_source, headline = excluded.headline,
    headline_en = excluded.headline_en, headline_az = excluded.headline_az, headline_ru = excluded.headline_ru,
    lead_en = excluded.lead_en, lead_az = excluded.lead_az, lead_ru = excluded.lead_ru,
    city = excluded.city, country = excluded.country, countries = excluded.countries,
    organizations = excluded.organizations, topics = excluded.topics,
    cameo = excluded.cameo, plover = excluded.plover, mode = excluded.mode, merged_ids = excluded.merged_ids,
    first_seen = excluded.first_seen, last_changed = excluded.last_changed, record = excluded.record
WHERE meetings.revision < excluded.revision;

-- The later word counts: an id that was merged, and later stands for a meeting of its own again, stays.
INSERT INTO gone
SELECT merged.id FROM newer
JOIN meetings AS heir ON heir.id = newer.id
CROSS JOIN LATERAL unnest(heir.merged_ids) AS swallowed (id)
JOIN meetings AS merged ON merged.id = swallowed.id AND merged.id <> heir.id
WHERE merged.last_changed <= heir.last_changed
UNION
SELECT merged.id FROM newer
JOIN meetings AS merged ON merged.id = newer.id
JOIN meetings AS heir ON heir.merged_ids @> ARRAY[merged.id] AND heir.id <> merged.id
WHERE merged.last_changed <= heir.last_changed
UNION
SELECT meetings.id FROM incoming
JOIN withdrawn ON withdrawn.id = incoming.record->>'id'
JOIN meetings ON meetings.id = withdrawn.id AND meetings.revision <= withdrawn.revision;

INSERT INTO unseated
SELECT DISTINCT person FROM participants
WHERE meeting IN (SELECT id FROM newer UNION ALL SELECT id FROM gone);

DELETE FROM meetings WHERE id IN (SELECT id FROM gone);
DELETE FROM newer WHERE id IN (SELECT id FROM gone);
DELETE FROM participants WHERE meeting IN (SELECT id FROM newer);
DELETE FROM headlines WHERE meeting IN (SELECT id FROM newer);
DELETE FROM agreements WHERE meeting IN (SELECT id FROM newer);
DELETE FROM sources WHERE meeting IN (SELECT id FROM newer);

INSERT INTO seated
SELECT
    newer.id AS meeting, position::integer,
    lower(coalesce(one->>'country', 'xx') || '-' || replace(one->>'name', ' ', '-')) AS person,
    one->>'name' AS name, one->>'post' AS post, one->>'rank' AS rank, one->>'country' AS country,
    one->>'part' AS part, (one->>'leads_delegation')::boolean AS leads_delegation,
    ARRAY(SELECT one->>'name' UNION SELECT variant->>'text' FROM jsonb_array_elements(one->'variants') AS variant)
        AS spellings
FROM newer CROSS JOIN LATERAL jsonb_array_elements(newer.record->'participants') WITH ORDINALITY AS each (one, position);

INSERT INTO persons
SELECT person, min(name), min(country), array_agg(DISTINCT spelling ORDER BY spelling)
FROM seated CROSS JOIN LATERAL unnest(spellings) AS spelling
GROUP BY person
ON CONFLICT (id) DO UPDATE SET spellings = ARRAY(
    SELECT DISTINCT unnest(persons.spellings || excluded.spellings) AS spelling ORDER BY spelling
)
WHERE NOT persons.spellings @> excluded.spellings;

INSERT INTO participants
SELECT meeting, position, person, name, post, rank, country, part, leads_delegation FROM seated;

INSERT INTO headlines
SELECT id, position, one->>'lang', one->>'text', one->>'raw', one->>'outlet', one->>'url'
FROM newer CROSS JOIN LATERAL jsonb_array_elements(record->'headline_variants') WITH ORDINALITY AS each (one, position);

INSERT INTO agreements
SELECT id, position, one->>'kind', one->>'title', (one->>'year')::integer
FROM newer CROSS JOIN LATERAL jsonb_array_elements(record->'agreements') WITH ORDINALITY AS each (one, position);

INSERT INTO sources
SELECT
    id, position, one->>'url', one->>'outlet', one->>'lang', one->>'headline', one->>'published',
    CASE WHEN one->>'published' LIKE '%T%' THEN (one->>'published')::timestamptz END,
    one->>'modified', one->>'attribution', one->>'relation'
FROM newer CROSS JOIN LATERAL jsonb_array_elements(record->'sources') WITH ORDINALITY AS each (one, position);

DELETE FROM persons USING unseated
WHERE persons.id = unseated.person
  AND NOT EXISTS (SELECT FROM participants WHERE participants.person = persons.id);

TRUNCATE incoming, newer, gone, unseated, seated;
