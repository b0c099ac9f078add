// Who the visitor is: known by what the browser kept, by what the site says and signs, or new.

import { Refused, api } from './api.js';

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-5][0-9a-f]{3}-[089ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** What a site says of its visitor, as the server takes it. */
function fields(customer) {
  const { metadata, ...given } = customer;
  const signature = given.identity_hash ?? metadata?.identity_hash;
  return { ...given, metadata, ...(signature ? { identity_hash: signature } : {}) };
}

export class Visitor {
  constructor(config, keep) {
    this.config = config;
    this.keep = keep;
    this.said = fields(config.customer ?? {});
  }

  /** The customer's id, if the visitor is one already. */
  async known() {
    const id = await this.find();
    if (id) {
      this.keep.set('customer', id);
    }
    return id;
  }

  async find() {
    const { accountId, inboxId, customerId } = this.config;
    if (this.said.external_id) {
      const { customer_id } = await api.identify({
        account_id: accountId,
        inbox_id: inboxId,
        external_id: String(this.said.external_id),
        identity_hash: this.said.identity_hash,
      });
      return customer_id ?? undefined;
    }
    // A host names the customer on every visit; what it names anew goes before who the visitor was since.
    const isNews = customerId !== this.keep.get('named');
    const kept = this.keep.get('customer');
    for (const id of isNews ? [customerId, kept] : [kept, customerId]) {
      if (ID.test(id ?? '') && (await api.exists(id))) {
        this.keep.set('named', customerId);
        return id;
      }
    }
    return undefined;
  }

  /** Makes the visitor a customer; `email` is what the visitor entered. */
  async become(email) {
    const { accountId, inboxId } = this.config;
    const customer = { ...this.said, ...(email ? { email } : {}), account_id: accountId, inbox_id: inboxId };
    customer.time_zone ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
    const { id } = await api.createCustomer(customer);
    this.keep.set('customer', id);
    return id;
  }

  /** Notes what the site says before the visitor is a customer. */
  learn(customer) {
    this.said = { ...this.said, ...fields(customer) };
  }

  /** Goes on as the customer whom the site names, also after a reload. */
  adopt(id) {
    this.keep.set('customer', id);
  }

  /** Tells the server more about a customer it knows; says whether the server took it. */
  async describe(id, metadata) {
    try {
      await api.describeCustomer(id, { ...fields(metadata), inbox_id: this.config.inboxId });
      return true;
    } catch (error) {
      // What a site says in passing may be refused, as a claim without a signature is; the chat goes on.
      if (!(error instanceof Refused)) {
        throw error;
      }
      return false;
    }
  }
}
