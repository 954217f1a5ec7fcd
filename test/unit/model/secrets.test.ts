import assert from "node:assert/strict";
import { test } from "node:test";
import { maskedValues, withoutSecrets } from "../../../server/src/model/secrets.ts";

for (const [text, expected] of [
	["ENV DB_PASSWORD=hunter2 PORT=80", "ENV DB_PASSWORD=••• PORT=80"],
	["ENV API_KEY abc", "ENV API_KEY •••"],
	["ENV JWT_SECRET 'a b'", "ENV JWT_SECRET '•••'"],
	["redis-server --port 6379 --requirepass x", "redis-server --port 6379 --requirepass •••"],
	["--token=abc --port=1", "--token=••• --port=1"],
	['{"apiKey": "abc", "port": 80}', '{"apiKey": "•••", "port": 80}'],
	["postgres://app:s3cret@db:5432/app", "postgres://app:•••@db:5432/app"],
	["redis://:s3cret@cache:6379", "redis://:•••@cache:6379"],
	["token ghp_0123456789abcdefghijABCDEF", "token •••"],
	['SECRET="not closed', 'SECRET="•••"'],
] as const)
	test(`${text} is masked`, () => assert.equal(withoutSecrets(text), expected));

for (const text of [
	"app.run(port=8080)",
	"ENV TOKEN_SERVICE_PORT=9000 SECRET_PORT=1",
	"http://localhost:3000/path@2x",
	'password=os.environ["DB_PASSWORD"]',
	"password: ${DB_PASSWORD}",
	"git@host.example:group/project.git",
	"the token is read from a file",
	"process.env.PORT || 3000",
	"image@sha256:0123456789abcdef",
])
	test(`${text} is left as it is`, () => assert.equal(withoutSecrets(text), text));

test("labels and variables by their names", () => {
	assert.deepEqual(maskedValues({ "app.token": "abc", DB_PASSWORD: "", port: "80", url: "http://a:b@c" }), {
		"app.token": "•••",
		DB_PASSWORD: "",
		port: "80",
		url: "http://a:•••@c",
	});
});

test("a megabyte takes no time", { timeout: 5_000 }, () => {
	for (const part of ["a=", "a ", "KEY ", "://:", '"', 'KEY="']) withoutSecrets(part.repeat(1_000_000 / part.length));
});
