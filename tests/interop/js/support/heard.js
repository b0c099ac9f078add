// What a client heard, to be waited for in any order. The test runner has the time limit.

export class Heard {
  constructor() {
    this.all = [];
    this.waiting = [];
  }

  add(item) {
    const at = this.waiting.findIndex(({ fits }) => fits(item));
    if (at < 0) {
      this.all.push(item);
    } else {
      this.waiting.splice(at, 1)[0].resolve(item);
    }
  }

  /** The first that fits, now or later. It is taken: the next call gives another. */
  next(fits = () => true) {
    const at = this.all.findIndex(fits);
    if (at >= 0) {
      return Promise.resolve(this.all.splice(at, 1)[0]);
    }
    return new Promise((resolve) => this.waiting.push({ fits, resolve }));
  }
}

/** Waits until `check` gives something true, and gives it. */
export async function until(check) {
  for (;;) {
    const found = await check();
    if (found) {
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
