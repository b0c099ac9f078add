// The real server program on a temporary data folder: started, restarted, and always stopped.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { Desk } from './desk.js';
import { emptyDatabase } from './engines.js';

const PROGRAM = process.env.FRONTDESK_SERVER_BIN;
const PASSWORD = 'correct horse battery';
const address = (name) => `admin@${name.toLowerCase()}.test`;
/** Programs that run; none of them outlives this process. */
const running = new Set();

/** Their folders, which do not outlive it either. */
const folders = new Set();

process.on('exit', () => {
  running.forEach((child) => child.kill('SIGKILL'));
  folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }));
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => process.exit(1));
}

export class Server {
  /** A server on a new database with these companies in it. Close it at the end. */
  static async start(engine, companies = ['Acme'], flags = []) {
    if (!PROGRAM) {
      throw new Error('FRONTDESK_SERVER_BIN does not name the server; run cargo xtask test --only interop');
    }
    const server = new Server();
    server.flags = flags;
    server.folder = await mkdtemp(join(tmpdir(), 'frontdesk-interop-'));
    folders.add(server.folder);
    server.database = await emptyDatabase(engine);
    for (const name of companies) {
      await server.init(name);
    }
    await server.serve('127.0.0.1:0');
    return server;
  }

  /** Makes a company as an operator does, on the command line. */
  async init(name) {
    const flags = ['--another', '--account', name, '--email', address(name), '--password-stdin'];
    const child = this.launch(['init', ...flags]);
    child.stdin.end(`${PASSWORD}\n`);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
    const [code] = await once(child, 'close');
    if (code !== 0) {
      throw new Error(`init ended with ${code}: ${said}`);
    }
  }

  /** Starts the program and waits until it says where it listens. */
  async serve(listen) {
    const child = this.launch(['serve', '--listen', listen, '--log-level', 'warn', ...this.flags]);
    this.child = child;
    this.log = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (this.log += text));
    for await (const line of createInterface({ input: child.stdout })) {
      const [, address] = /^listening on http:\/\/(\S+)$/.exec(line) ?? [];
      if (address) {
        this.address = address;
        this.url = `http://${address}`;
        this.socketUrl = `ws://${address}/socket`;
        return;
      }
    }
    throw new Error(`the server did not start:\n${this.log}`);
  }

  launch(args) {
    const data = ['--data', join(this.folder, 'data'), ...this.database.flags];
    const child = spawn(PROGRAM, [...args, ...data], {
      stdio: 'pipe',
      env: {},
    });
    running.add(child);
    child.once('exit', () => running.delete(child));
    return child;
  }

  /** One of the companies, seen from its admin's seat. */
  company(name) {
    return new Desk(this, { email: address(name), password: PASSWORD }).signIn();
  }

  /** Ends the program as an operator does and waits for its end. */
  async stop() {
    const code = await this.end('SIGTERM');
    if (code !== 0) {
      throw new Error(`the server ended with ${code}:\n${this.log}`);
    }
  }

  /** Stops it and starts it again where it was. */
  async restart() {
    await this.stop();
    await this.serve(this.address);
  }

  async end(signal) {
    const { child } = this;
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    }
    return child.exitCode ?? child.signalCode;
  }

  /** Stops it and leaves nothing behind. */
  async close() {
    try {
      await this.stop();
    } finally {
      await this.end('SIGKILL');
      await this.database.remove();
      await rm(this.folder, { recursive: true, force: true });
    }
  }
}
