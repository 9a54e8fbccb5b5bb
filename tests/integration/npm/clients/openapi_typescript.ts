// A client from openapi-typescript's types and openapi-fetch. Usage: node openapi_typescript.js SERVER
import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { components, paths } from "./users.js";

type User = components["schemas"]["users.v1.User"];
const client = createClient<paths>({ baseUrl: process.argv[2] });

const created = await client.POST("/v1/users", { body: { name: "Ada", email: "ada@types.test", age: 36 } });
const ada: User = created.data ?? assert.fail(`not created: ${JSON.stringify(created.error)}`);
const id: string = ada.id ?? assert.fail("no id");
// 64-bit integers are text, which numbers could not hold.
const createdAt: string = ada.createdAt ?? assert.fail("no time");
assert.ok(BigInt(createdAt) > 1_700_000_000n);

const got = await client.GET("/v1/users/{user_id}", { params: { path: { user_id: id } } });
assert.deepEqual(got.data, ada);

const listed = await client.GET("/v1/users", { params: { query: { pageSize: 1000 } } });
// Of the content types that the document lists, this is the array.
const users: User[] = Array.isArray(listed.data) ? listed.data : assert.fail("no list");
assert.ok(users.some((user) => user.email === "ada@types.test" && user.age === 36));

const bulk = await client.POST("/v1/users:bulkCreate", { body: [{ email: "b@types.test" }, { email: "c@types.test" }] });
const count: number | undefined = bulk.data?.createdCount;
assert.equal(count, 2);

const refused = await client.POST("/v1/users", { body: { email: "nothing like an address" } });
assert.equal(refused.response.status, 400);
const code: number | undefined = refused.error?.code;
assert.equal(code, 3);
const detail = refused.error?.details?.[0] ?? assert.fail("no details");
assert.equal(detail["@type"], "type.googleapis.com/google.rpc.BadRequest");

const nobody = await client.GET("/v1/users/{user_id}", { params: { path: { user_id: "nobody" } } });
assert.equal(nobody.response.status, 404);
const message: string | undefined = nobody.error?.message;
assert.match(message ?? "", /nobody/);

// What the document does not allow is no program.
// @ts-expect-error: age is a number
void (() => client.POST("/v1/users", { body: { age: "36" } }));
// @ts-expect-error: the path needs its parameter
void (() => client.GET("/v1/users/{user_id}", {}));
// @ts-expect-error: there is no such path
void (() => client.GET("/v1/people"));
// @ts-expect-error: 64-bit integers are no numbers
void (ada.createdAt satisfies number | undefined);
console.log("openapi-typescript: ok");
