// A visitor on a shop's page that uses `@papercups-io/browser`.

import { until } from './heard.js';
import { Page } from './page.js';

/** Released, and the last beta: sites use either. */
export const PACKAGES = ['@papercups-io/browser', '@papercups-io/browser-next'];

export class Visit {
  /** A page that has started; `storage` is what an earlier visit left. */
  static async start(library, desk, { storage, ...config } = {}) {
    const visit = new Visit();
    visit.page = new Page(library, storage);
    visit.created = [];
    visit.papercups = visit.page.library.Papercups.init({
      accountId: desk.accountId,
      baseUrl: desk.server.url,
      greeting: 'Hi there!',
      onPresenceSync: (presence) => (visit.present = Array.from(presence.list())),
      onMessageCreated: (message) => visit.created.push(message),
      ...config,
    });
    await visit.papercups.start();
    return visit;
  }

  /** The bodies on the screen, in order. */
  get bodies() {
    return Array.from(this.papercups.messages, ({ body }) => body);
  }

  /** Waits until the screen shows these. */
  shows(...bodies) {
    return until(() => JSON.stringify(this.bodies) === JSON.stringify(bodies));
  }

  close() {
    this.papercups.disconnect();
    this.page.close();
  }
}
