// Another program that has a SQLite file open: `lock` and `unlock`, one a line on standard input, each answered by itself.
import { createInterface } from 'node:readline';
import sqlite3 from 'sqlite3';

const connection = new sqlite3.Database(process.argv[2] ?? '');
connection.configure('busyTimeout', 60_000);
for await (const line of createInterface({ input: process.stdin })) {
  await new Promise<void>((resolve, reject) => {
    connection.exec(line === 'lock' ? 'begin exclusive' : 'rollback', (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
  process.stdout.write(`${line}\n`);
}
connection.close();
