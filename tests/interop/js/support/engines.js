// The databases every story runs on, and what a server needs to use one.

import pg from 'pg';

/** SQLite always; PostgreSQL where TEST_POSTGRES_URL names a server. */
export function engines() {
  return process.env.TEST_POSTGRES_URL ? ['SQLite', 'PostgreSQL'] : ['SQLite'];
}

let made = 0;

/** An empty database: the flags that lead the server to it, and how to be rid of it. */
export async function emptyDatabase(engine) {
  if (engine === 'SQLite') {
    return { flags: [], remove: async () => {} };
  }
  made += 1;
  const name = `interop_js_${process.pid}_${made}`;
  await administer(`CREATE DATABASE ${name}`);
  const address = new URL(process.env.TEST_POSTGRES_URL);
  address.pathname = `/${name}`;
  return {
    flags: ['--database', address.href],
    remove: () => administer(`DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function administer(statement) {
  const client = new pg.Client({ connectionString: process.env.TEST_POSTGRES_URL });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
