// Whether somebody of the company is there.

export class Presence {
  constructor() {
    this.metas = new Map();
  }

  replace(state) {
    this.metas.clear();
    this.add(state);
  }

  change({ joins, leaves }) {
    for (const { metas } of Object.values(leaves)) {
      metas.forEach((meta) => this.metas.delete(meta.phx_ref));
    }
    this.add(joins);
  }

  add(state) {
    for (const { metas } of Object.values(state)) {
      metas.forEach((meta) => this.metas.set(meta.phx_ref, meta));
    }
  }

  get isSomebodyThere() {
    return [...this.metas.values()].some((meta) => meta.user_id);
  }
}
