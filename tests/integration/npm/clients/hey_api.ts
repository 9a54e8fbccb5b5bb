// A client that @hey-api/openapi-ts generated. Usage: node hey_api.js SERVER
import assert from "node:assert/strict";
import { client } from "./hey_api/client.gen.js";
import {
  userServiceBulkCreateUsers, userServiceCreateUser, userServiceGetUser, userServiceListUsers,
} from "./hey_api/sdk.gen.js";
import type { UsersV1User } from "./hey_api/types.gen.js";

client.setConfig({ baseUrl: process.argv[2] });

const created = await userServiceCreateUser({ body: { name: "Grace", email: "grace@hey.test", age: 45 } });
const grace: UsersV1User = created.data ?? assert.fail(`not created: ${JSON.stringify(created.error)}`);
const id: string = grace.id ?? assert.fail("no id");
const createdAt: string = grace.createdAt ?? assert.fail("no time");
assert.ok(BigInt(createdAt) > 1_700_000_000n);

const got = await userServiceGetUser({ path: { user_id: id } });
assert.deepEqual(got.data, grace);

const listed = await userServiceListUsers({ query: { pageSize: 1000 } });
const users: UsersV1User[] = listed.data ?? assert.fail("no list");
assert.ok(users.some((user) => user.email === "grace@hey.test" && user.age === 45));

const bulk = await userServiceBulkCreateUsers({ body: [{ email: "b@hey.test" }, { email: "c@hey.test" }] });
const count: number | undefined = bulk.data?.createdCount;
assert.equal(count, 2);

const refused = await userServiceCreateUser({ body: { email: "nothing like an address" } });
assert.equal(refused.response?.status, 400);
const code: number | undefined = refused.error?.code;
assert.equal(code, 3);
assert.equal(refused.error?.details?.[0]?.["@type"], "type.googleapis.com/google.rpc.BadRequest");

const nobody = await userServiceGetUser({ path: { user_id: "nobody" } });
assert.equal(nobody.response?.status, 404);
assert.match(nobody.error?.message ?? "", /nobody/);

// What the document does not allow is no program.
// @ts-expect-error: age is a number
void (() => userServiceCreateUser({ body: { age: "36" } }));
// @ts-expect-error: there is no such member
void (() => userServiceCreateUser({ body: { agee: 36 } }));
// @ts-expect-error: the path needs its parameter
void (() => userServiceGetUser({}));
// @ts-expect-error: 64-bit integers are no numbers
void (grace.createdAt satisfies number | undefined);
console.log("@hey-api/openapi-ts: ok");
