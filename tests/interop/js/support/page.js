// A browser page: a window of its own, on a site of its own, with one library loaded as a site would
// load it. Requests to the server cross origins, so its CORS headers are needed as in a browser.

import { buildSync } from 'esbuild';
import { JSDOM, VirtualConsole } from 'jsdom';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('..', import.meta.url));
const bundles = new Map();

/** The library as one script that leaves its exports in `Library`. */
function bundle(library) {
  if (!bundles.has(library)) {
    const built = buildSync({
      stdin: { contents: `export * from '${library}'`, resolveDir: HERE },
      bundle: true,
      format: 'iife',
      globalName: 'Library',
      logLevel: 'silent',
      write: false,
    });
    bundles.set(library, built.outputFiles[0].text);
  }
  return bundles.get(library);
}

export class Page {
  /** Opens a page with a library; `storage` is what an earlier visit left in localStorage. */
  constructor(library, storage = {}) {
    this.errors = [];
    const virtualConsole = new VirtualConsole();
    virtualConsole.on('error', (...said) => this.errors.push(said));
    virtualConsole.on('jsdomError', (error) => this.errors.push(error));
    const dom = new JSDOM('<!doctype html>', {
      url: 'http://shop.example/',
      runScripts: 'outside-only',
      virtualConsole,
    });
    this.window = dom.window;
    // Browsers have them; jsdom does not.
    Object.assign(this.window, { TextDecoder, TextEncoder });
    for (const [key, value] of Object.entries(storage)) {
      this.window.localStorage.setItem(key, value);
    }
    this.window.eval(bundle(library));
    this.library = this.window.eval('Library');
  }

  /** What the page would find after a reload. */
  get storage() {
    return { ...this.window.localStorage };
  }

  /** Leaves the page: timers, requests and sockets end as they do in a browser. */
  close() {
    this.window.close();
  }
}
