// What a visitor's browser keeps between visits. Where a browser keeps nothing for framed pages, it
// is kept for as long as the page is open.

const memory = new Map();

function attempt(action, otherwise) {
  try {
    return action(globalThis.localStorage);
  } catch {
    return otherwise(); // Refused or full: the page's own memory will do.
  }
}

/** A drawer of its own for each account, inbox and visitor that the site names. */
export class Keep {
  constructor(...owner) {
    this.prefix = `frontdesk:${owner.map((part) => part ?? '').join(':')}:`;
  }

  get(name) {
    const key = this.prefix + name;
    const text = memory.get(key) ?? attempt((storage) => storage.getItem(key), () => null);
    return text === null || text === undefined ? undefined : JSON.parse(text);
  }

  set(name, value) {
    const key = this.prefix + name;
    const text = JSON.stringify(value);
    attempt((storage) => storage.setItem(key, text), () => memory.set(key, text));
  }

  remove(name) {
    const key = this.prefix + name;
    memory.delete(key);
    attempt((storage) => storage.removeItem(key), () => undefined);
  }

  /** The names that begin with this. */
  names(beginning) {
    const start = this.prefix + beginning;
    const keys = attempt((storage) => Object.keys(storage), () => []);
    const all = new Set([...keys, ...memory.keys()]);
    return [...all].filter((key) => key.startsWith(start)).map((key) => key.slice(this.prefix.length));
  }

  /** Calls back when another page of the same visitor changed something here. */
  watch(changed) {
    globalThis.addEventListener('storage', ({ key }) => {
      if (key?.startsWith(this.prefix)) {
        changed(key.slice(this.prefix.length));
      }
    });
  }
}

/** Runs this while no other page of the visitor runs the same, where browsers can tell. */
export function alone(name, action) {
  return navigator.locks ? navigator.locks.request(name, action) : action();
}
