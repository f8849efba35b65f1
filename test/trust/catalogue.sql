-- catalogue.sql: everything the system catalogues say about the extension, a line for each
-- property of each object, in an order of its own: for comparing two installs by diff.
--
-- The objects are the members of the extension and what is part of them (indexes,
-- constraints, array types, rules, toast tables).  All columns of all catalogues are read,
-- also columns of later PostgreSQL versions; OIDs are replaced by the names of what
-- pg_get_catalog_foreign_keys() says they refer to.
\set ON_ERROR_STOP 1
\pset tuples_only on
\pset format unaligned
\pset fieldsep ' | '
SET client_min_messages = warning;
SET search_path = pg_catalog, pg_temp;
SET extra_float_digits = 3;

CREATE TEMP TABLE object AS
WITH RECURSIVE o(classid, objid) AS (
	SELECT 'pg_extension'::regclass::oid, oid FROM pg_extension WHERE extname = 'recovery_kpi'
	UNION
	SELECT d.classid, d.objid FROM o JOIN pg_depend d ON d.refclassid = o.classid AND d.refobjid = o.objid
	-- what depends automatically on a column has the table as its referent
	WHERE d.deptype IN ('e', 'i') OR d.deptype = 'a' AND o.classid <> 'pg_extension'::regclass
) SELECT classid, objid FROM o;

-- The name of an object; numbers that PostgreSQL puts into names are left out.
CREATE FUNCTION pg_temp.name_of(class oid, object oid, part int DEFAULT 0) RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN object = 0 THEN '-' ELSE
		(SELECT regexp_replace(i.type || ' ' || i.identity, '(pg_toast_|ConstraintTrigger_._)\d+', '\1N', 'g')
			FROM pg_identify_object(class, object, part) i) END
$$;

CREATE TEMP TABLE property (object text, property text, value text);

-- One catalogue: rows that have one of the objects in the column of its key.
CREATE FUNCTION pg_temp.read_catalogue(catalogue regclass, class regclass, key text, name text) RETURNS void
	LANGUAGE plpgsql AS $$
DECLARE
	field record;
	reference regclass;
	is_array boolean;
	value text;
BEGIN
	FOR field IN SELECT attname, atttypid::regtype::text AS type FROM pg_attribute WHERE attrelid = catalogue
		AND attnum > 0 AND NOT attisdropped
		-- what differs from day to day; trees, which are full of OIDs, are read as definitions below
		AND attname NOT IN ('oid', 'relfilenode', 'relpages', 'reltuples', 'relallvisible', 'relallfrozen',
			'relfrozenxid', 'relminmxid', 'attcacheoff')
		AND atttypid <> 'pg_node_tree'::regtype
	LOOP
		SELECT k.pktable, k.is_array INTO reference, is_array FROM pg_get_catalog_foreign_keys() k
		WHERE k.fktable = catalogue AND k.fkcols = ARRAY[field.attname::text] AND k.pkcols = '{oid}';
		value := CASE WHEN reference IS NULL THEN format('c.%I::text', field.attname)
			WHEN is_array THEN format('(SELECT string_agg(pg_temp.name_of(%s, r), '', '' ORDER BY n)
				FROM unnest(c.%I::oid[]) WITH ORDINALITY AS u(r, n))', reference::oid, field.attname)
			ELSE format('pg_temp.name_of(%s, c.%I)', reference::oid, field.attname) END;
		-- some builds of the server note a random number there
		IF field.attname = 'attoptions' THEN
			value := 'nullif(array(SELECT o FROM unnest(c.attoptions) o WHERE o !~ ''^pg_attver='')::text, ''{}'')';
		END IF;
		-- names that hold an OID
		IF field.attname IN ('relname', 'tgname') THEN
			value := format($f$regexp_replace(%s, '(pg_toast_|ConstraintTrigger_._)\d+', '\1N', 'g')$f$, value);
		END IF;
		EXECUTE format('INSERT INTO property SELECT %s, %L, %s FROM %s c
			JOIN object o ON o.classid = %s AND o.objid = c.%s',
			name, catalogue || '.' || field.attname, value, catalogue, class::oid, key);
	END LOOP;
END $$;

-- objects by their OID
SELECT pg_temp.read_catalogue(c, c, 'oid', format('pg_temp.name_of(%s, c.oid)', c::oid))
FROM (SELECT DISTINCT classid::regclass AS c FROM object) k \g /dev/null
-- and what the catalogues keep apart
SELECT pg_temp.read_catalogue('pg_aggregate', 'pg_proc', 'aggfnoid',
	$$pg_temp.name_of('pg_proc'::regclass, c.aggfnoid)$$),
	pg_temp.read_catalogue('pg_attribute', 'pg_class', 'attrelid', $$pg_temp.name_of('pg_class'::regclass,
		c.attrelid, c.attnum)$$),
	pg_temp.read_catalogue('pg_index', 'pg_class', 'indexrelid',
		$$pg_temp.name_of('pg_class'::regclass, c.indexrelid)$$),
	pg_temp.read_catalogue('pg_enum', 'pg_type', 'enumtypid', $$pg_temp.name_of('pg_type'::regclass, c.enumtypid)
		|| c.enumlabel$$) \g /dev/null

-- definitions instead of trees
INSERT INTO property SELECT pg_temp.name_of(classid, objid), 'definition', CASE classid::regclass::text
	WHEN 'pg_proc' THEN (SELECT CASE WHEN prokind = 'a' THEN pg_get_function_arguments(oid)
		ELSE pg_get_functiondef(oid) END FROM pg_proc WHERE oid = objid)
	WHEN 'pg_constraint' THEN pg_get_constraintdef(objid)
	WHEN 'pg_trigger' THEN pg_get_triggerdef(objid)
	WHEN 'pg_rewrite' THEN pg_get_ruledef(objid)
	WHEN 'pg_attrdef' THEN (SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE oid = objid)
	WHEN 'pg_class' THEN (SELECT CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) WHEN relkind = 'i'
		AND relname !~ '^pg_toast' THEN pg_get_indexdef(oid) END FROM pg_class WHERE oid = objid)
	END FROM object;

-- comments, what hangs on what, and the rights that pg_dump takes as given
INSERT INTO property SELECT pg_temp.name_of(classid, objid, d.objsubid), 'comment', d.description
FROM object JOIN pg_description d ON d.classoid = classid AND d.objoid = objid;
INSERT INTO property SELECT pg_temp.name_of(o.classid, o.objid, d.objsubid), 'depends on '
	|| pg_temp.name_of(d.refclassid, d.refobjid, d.refobjsubid), string_agg(d.deptype::text, ' ' ORDER BY d.deptype)
FROM object o JOIN pg_depend d ON d.classid = o.classid AND d.objid = o.objid GROUP BY 1, 2;
INSERT INTO property SELECT pg_temp.name_of(o.classid, o.objid, i.objsubid), 'initial privileges', i.privtype::text
	|| ' ' || i.initprivs::text
FROM object o JOIN pg_init_privs i ON i.classoid = o.classid AND i.objoid = o.objid;

-- rows of its tables
CREATE FUNCTION pg_temp.read_rows(relation regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('INSERT INTO property SELECT %L, ''row '' || md5(r::text), to_jsonb(r)::text FROM %s r',
		pg_temp.name_of('pg_class'::regclass, relation), relation);
END $$;
SELECT pg_temp.read_rows(oid) FROM pg_class JOIN object ON classid = 'pg_class'::regclass AND objid = oid
	WHERE relkind = 'r' \g /dev/null

SELECT object, property, to_json(value) FROM property WHERE value IS NOT NULL ORDER BY object COLLATE "C",
	property COLLATE "C", value COLLATE "C";
