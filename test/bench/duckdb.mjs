// duckdb.mjs CSV: DuckDB as far like psql as `compare` needs it.
//
// Loads the CSV into a table of DuckDB's own, in memory, as that is a little faster
// than its files; then reads statements from standard input.  A line "\echo WORD"
// ends one: its rows follow, fields separated by |, then "Time: N ms" and the word.
// An error ends everything.
import { createInterface } from 'node:readline';
import { DuckDBInstance } from '@duckdb/node-api';

const [csv] = process.argv.slice(2);
const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
await connection.run('SET threads = 1');
await connection.run("SET TimeZone = 'Europe/Berlin'");
await connection.run(`
	CREATE TABLE responses AS
	SELECT *, responded_at AT TIME ZONE 'Europe/Berlin' AS responded_local
	FROM read_csv(${quoted(csv)}, header = true, columns = {nps: 'INTEGER', csat: 'INTEGER',
		ces: 'INTEGER', responded_at: 'TIMESTAMPTZ', channel_id: 'INTEGER', channel: 'VARCHAR',
		g: 'INTEGER'})`);

const field = (value) => (value === null ? 'NULL' : String(value));

async function answer(sql, word) {
	const begin = performance.now();
	const rows = (await connection.runAndReadAll(sql)).getRows();
	const time = performance.now() - begin;
	for (const row of rows) console.log(row.map(field).join('|'));
	console.log(`Time: ${time.toFixed(3)} ms`);
	console.log(word);
}

let sql = [];
for await (const line of createInterface({ input: process.stdin })) {
	if (line.startsWith('\\echo ')) {
		await answer(sql.join('\n'), line.slice('\\echo '.length));
		sql = [];
	} else sql.push(line);
}
