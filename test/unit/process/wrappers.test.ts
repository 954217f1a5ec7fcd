import assert from "node:assert/strict";
import { test } from "node:test";
import { knownText } from "../../../server/src/model/value.ts";
import { peelWrapper } from "../../../server/src/process/wrappers.ts";
import { processOf } from "../../support/processes.ts";

for (const [argv, expected] of [
	["tini -- node x.js", "node x.js"],
	["/sbin/tini -v -p SIGTERM node x.js", "node x.js"],
	["dumb-init node x.js", "node x.js"],
	["env A=1 B=2 node x.js", "node x.js"],
	["/usr/bin/env -u HOME python app.py", "python app.py"],
	["gosu app:app node x.js", "node x.js"],
	["su-exec nobody node x.js", "node x.js"],
	["timeout -k 5 60 node x.js", "node x.js"],
	["nice -n 5 node x.js", "node x.js"],
	["poetry run flask run", "flask run"],
	["npx --yes serve", "serve"],
	["cross-env PORT=1 node x.js", "node x.js"],
	["powershell -Command node x.js", "node x.js"],
	["cmd /S /C node x.js", "node x.js"],
	["powershell -Command Start-Process;node x.js", undefined],
	["flock -n /tmp/lock node x.js", "node x.js"],
	["setarch x86_64 node x.js", "node x.js"],
	["strace -f -o /log node x.js", "node x.js"],
	["s6-notifyoncheck -d -n 300 -w 1000 -c test node x.js", "node x.js"],
	["xargs -0 -n 1 node x.js", "node x.js ?"],
	["xargs", undefined],
	["nsenter --net=/proc/1/ns/net -t 1 -- node x.js", "node x.js"],
	["scl enable rh-nodejs8 -- node x.js", "node x.js"],
	["yasu app:app node x.js", "node x.js"],
	["scl --list", undefined],
	["entrypoint-demoter --match /data --stdin-on-term stop node x.js", "node x.js"],
	["node x.js", undefined],
	["poetry install", undefined],
	["tini", undefined],
] as const) {
	test(argv, () =>
		assert.equal(
			peelWrapper(processOf(argv.split(" ")))
				?.argv.map((word) => knownText(word) ?? "?")
				.join(" "),
			expected,
		),
	);
}

test("env sets what the program sees", () => {
	assert.equal(knownText(peelWrapper(processOf(["env", "PORT=80", "node"]))?.environment.get("PORT")), "80");
});

for (const [argv, expected] of [
	["catatonit -- node x.js", "node x.js"],
	["/tini -s -- node x.js", "node x.js"],
	["setpriv --reuid=app --regid app --init-groups node x.js", "node x.js"],
	["sudo -E -u app PORT=1 node x.js", "node x.js"],
	["runuser -u app -- node x.js", "node x.js"],
	["su app -c run", "sh -c run"],
	["su -s /bin/sh -c run app", "sh -c run"],
	["chroot --userspec=app /srv node x.js", "node x.js"],
	["wait-for-it.sh db:5432 -t 30 -- node x.js", "node x.js"],
	["wait-for db:5432 -- node x.js", "node x.js"],
	["dockerize -wait tcp://db:1 -timeout 9s node x.js", "node x.js"],
	["ddtrace-run gunicorn app", "gunicorn app"],
	["opentelemetry-instrument --traces_exporter console flask run", "flask run"],
	["newrelic-admin run-program gunicorn app", "gunicorn app"],
	["doppler run --project x -- npm start", "npm start"],
	["doppler run --command=run", "sh -c run"],
	["infisical run --env=prod -- npm start", "npm start"],
	["chamber exec service -- ./api", "./api"],
	["dotenv -e .env -- node x.js", "node x.js"],
	["dotenv -f .env run -- flask run", "flask run"],
	["dotenv run flask run", "flask run"],
	["env-cmd -f .env node x.js", "node x.js"],
	["cross-env A=1 B=2 next start", "next start"],
	["pipenv run python app.py", "python app.py"],
	["uv run app.py", "python app.py"],
	["uv run --no-dev -m flask run", "python -m flask run"],
	["uv run --with x gunicorn app", "gunicorn app"],
	["rye run flask run", "flask run"],
	["conda run --no-capture-output -n env python app.py", "python app.py"],
	["micromamba run -n base uvicorn app", "uvicorn app"],
	["bundle exec puma", "puma"],
	["bunx serve", "serve"],
	["watchexec -r -e go -- go run .", "go run ."],
	["reflex -r \\.go$ -s -- go run .", "go run ."],
	["entr -r go run .", "go run ."],
	["busybox sh -c run", "sh -c run"],
	["xvfb-run -a node x.js", "node x.js"],
	["wait-for-it.sh db:5432", undefined],
	["busybox httpd -f", undefined],
	["su app", undefined],
	["conda install x", undefined],
	["bundle install", undefined],
] as const) {
	test(argv, () =>
		assert.equal(
			peelWrapper(processOf(argv.split(" ")))
				?.argv.map(knownText)
				.join(" "),
			expected,
		),
	);
}

test("who steps down is another user", () => {
	for (const argv of ["gosu app x", "su-exec app x", "setpriv --reuid app x", "su app -c x", "runuser -u app x", "sudo -u app x"])
		assert.equal(peelWrapper(processOf(argv.split(" ")))?.user, "app", argv);
});

test("cd as a program says where the next one runs", () => {
	assert.equal(peelWrapper(processOf(["cd", "/srv", "s6-setuidgid", "abc", "node"]))?.cwd, "/srv");
});
