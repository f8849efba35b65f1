-- hostile_bound.sql: how many references of members of the extension, of rules, triggers,
-- constraints and defaults of its relations, of the good sources, of the rollups over them and of
-- the views, lead to something that is the attacker's or in somebody's pg_temp.
WITH member AS (
	SELECT classid, objid FROM pg_depend WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass
		AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'recovery_kpi')
), relation AS (
	SELECT objid AS relid FROM member WHERE classid = 'pg_class'::regclass
	UNION SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname IN ('good', 'good_bi', 'good_store', 'good_live', 'open_store', 'open_bi', 'kept_store')
			AND c.relowner <> 'attacker'::regrole
), part AS (
	SELECT classid, objid FROM member
	UNION SELECT 'pg_rewrite'::regclass, r.oid FROM pg_rewrite r JOIN relation ON relid = r.ev_class
	UNION SELECT 'pg_trigger'::regclass, t.oid FROM pg_trigger t JOIN relation ON relid = t.tgrelid
	UNION SELECT 'pg_constraint'::regclass, c.oid FROM pg_constraint c JOIN relation ON relid = c.conrelid
	UNION SELECT 'pg_attrdef'::regclass, a.oid FROM pg_attrdef a JOIN relation ON relid = a.adrelid
), foreigner AS (
	SELECT classid, objid FROM pg_shdepend WHERE deptype = 'o' AND refobjid = 'attacker'::regrole AND dbid = (SELECT oid
		FROM pg_database WHERE datname = current_database())
	UNION SELECT 'pg_namespace'::regclass, oid FROM pg_namespace WHERE nspname LIKE 'pg\_temp\_%'
)
-- an attacker that installs owns the extension, one that makes views owns them and their schema;
-- no other reference may lead to the attacker
SELECT count(*) FROM part JOIN pg_depend d USING (classid, objid)
	JOIN foreigner f ON (f.classid, f.objid) = (d.refclassid, d.refobjid)
WHERE d.deptype <> 'e' AND NOT (d.refclassid = 'pg_class'::regclass AND d.refobjid IN (SELECT relid FROM relation));
