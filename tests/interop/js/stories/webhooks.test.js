// The JavaScript of docs/WEBHOOKS.md does what the page says.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const page = readFileSync(new URL("../../../../docs/WEBHOOKS.md", import.meta.url), "utf8");
const rows = Object.fromEntries(
  [...page.matchAll(/^\| `?([\w-]+)`? \| `(.+)` \|$/gm)].map(([, name, value]) => [name, value]),
);
const [, code] = page.match(/```js\n(.*?)```/s);
const { isOurs } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

test("the example is signed by us", () => {
  const body = Buffer.from(rows.body);
  const sent = Number(rows["webhook-timestamp"]);
  assert.ok(isOurs(rows.secret, rows, body, sent + 299));
  assert.ok(!isOurs(rows.secret, rows, body, sent + 301));
  assert.ok(!isOurs(rows.secret, rows, Buffer.concat([body, Buffer.from(" ")]), sent));
  assert.ok(!isOurs("whsec_b3RoZXI=", rows, body, sent));
});
