import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { composeWithHints } from "../../../support/compose.ts";

const HINT = / (⇢|✓|✗|→|\?) .*$/gm;

/** Checks a compose file in which the hints are written where they are to be. */
async function check(expected: string, files: Record<string, string> = {}): Promise<void> {
	assert.equal(await composeWithHints({ ...files, "compose.yaml": expected.replace(HINT, "") }), expected);
}

suite("hints in compose files", () => {
	test("what a service listens on, and where each published port leads", () =>
		check(
			`services:
  web: ⇢ 5000/tcp (PORT)  app.py:3
    build: .
    ports:
      - "80:5000" ✓ app.py:3
      - "8080:80" → web listens on 5000/tcp, not 80
      - target: 5000 ✓ app.py:3
        published: 90
      - "90:\${X}" ? X is not set
  db: ⇢ 5432/tcp  from the image
    image: postgres:16
    ports: ["5432:5432"] ✓ from the image
`.replace('["5432:5432"] ✓ from the image', '\n      - "5432:5432" ✓ from the image'),
			{
				Dockerfile: 'FROM python:3.12\nCOPY . .\nCMD ["python", "app.py"]\n',
				"app.py": "import os\nfrom flask import Flask\nFlask('x').run('0.0.0.0', int(os.environ.get('PORT', 5000)))\n",
			},
		));

	test("loopback, nothing, unknown", () =>
		check(`services:
  local: ⇢ 127.0.0.1:8000/tcp  loopback only
    image: python:3.12
    command: python -m http.server -b 127.0.0.1 8000
    ports:
      - 80:8000 → 127.0.0.1:8000/tcp  loopback only
  worker: ⇢ no ports
    image: python:3.12
    command: sleep 5
    ports:
      - 81:81 → nothing in worker listens
  other: ⇢ ports unknown: nothing is known about nobody/knows
    image: nobody/knows
`));

	test("behind anchors and before comments", () =>
		check(`x-a: &a
  image: redis:7
services:
  one: &one ⇢ 6379/tcp  from the image
    image: redis:7
    ports:
      - 6379:6379 ✓ from the image
  two: ⇢ 6379/tcp  from the image
    <<: *a
`));
});
