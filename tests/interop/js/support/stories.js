// How a file of stories is told: on every database, to a server of its own.

import { after, before, describe, test } from 'node:test';

import { engines } from './engines.js';
import { Client } from './phoenix.js';
import { Server } from './server.js';

/** A story that hangs is ended, so that it fails by name. */
const LIMIT = { timeout: 60_000 };

/**
 * Calls `tell` with a function `story(name, run)`. What `run` gets: the server, the first company's
 * desk, `connect` for phoenix.js clients, and `ends` for whatever else is to be closed with the story.
 * The server is started with `flags`.
 */
export function stories(title, companies, tell, flags = []) {
  for (const engine of engines()) {
    describe(`${title} on ${engine}`, () => {
      const bench = {};
      before(async () => {
        bench.server = await Server.start(engine, companies, flags);
        bench.desk = await bench.server.company(companies[0]);
      }, LIMIT);
      after(() => bench.server?.close());
      tell((name, run) =>
        test(name, LIMIT, (t) => {
          const ends = (client) => {
            t.after(() => client.close());
            return client;
          };
          const connect = (options) => ends(new Client(bench.server.socketUrl, options));
          return run({ ...bench, ends, connect });
        }),
      );
    });
  }
}
