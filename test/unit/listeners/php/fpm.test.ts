import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { describeListener } from "../../../../server/src/verdict/describe.ts";
import { analyseFiles } from "../../../support/analysis.ts";
import { check } from "../../../support/predict.ts";

const folder = "/usr/local/etc/php-fpm.d";

describe("php-fpm of the official images", () => {
	check("as it comes", "php-fpm", { listens: ["[::]:9000 convention"] });
	check("with flags", "php-fpm -F -R", { listens: ["[::]:9000 convention"] });
	check("its own entrypoint", "docker-php-entrypoint php-fpm", { listens: ["[::]:9000 convention"] });
	check("www.conf comes before the image's own file", "php-fpm", {
		files: { [`${folder}/www.conf`]: "[www]\nuser = www-data\nlisten = 127.0.0.1:9001\n" },
		listens: ["[::]:9000 convention"],
	});
	check("a later file wins", "php-fpm", {
		files: { [`${folder}/zzz-app.conf`]: "[www]\n; listen = 1\nlisten = 9001\nlisten.mode = 0666" },
		listens: ["[::]:9001 certain"],
		evidence: ["Dockerfile:10", "zzz-app.conf:3"],
	});
	check("on a socket", "php-fpm", { files: { [`${folder}/zz-docker.conf`]: "[www]\nlisten = /run/php.sock" }, listens: [] });
	check("another pool", "php-fpm", {
		files: { [`${folder}/api.conf`]: "[api]\nlisten = 0.0.0.0:9002" },
		listens: ["0.0.0.0:9002 certain", "[::]:9000 convention"],
	});
	check("a variable", "php-fpm", {
		files: { [`${folder}/zz-docker.conf`]: "[www]\nlisten = ${FPM_PORT}" },
		environment: { FPM_PORT: "9100" },
		listens: ["[::]:9100 certain"],
	});
	check("its main configuration", "php-fpm", {
		files: {
			"/usr/local/etc/php-fpm.conf": "[global]\ninclude=etc/other.d/*.conf\n",
			"/usr/local/etc/other.d/a.conf": "[a]\nlisten = 9003",
		},
		listens: ["[::]:9003 certain"],
	});
	check("only a test", "php-fpm -t", { listens: [] });
});

describe("php-fpm of packages", () => {
	check("Alpine", "php-fpm83 -F", { listens: ["127.0.0.1:9000 convention"] });
	check("Alpine's pool", "php-fpm83", {
		files: { "/etc/php83/php-fpm.d/www.conf": "[www]\nlisten = 0.0.0.0:9000" },
		listens: ["0.0.0.0:9000 certain"],
	});
	check("Alpine's own main configuration", "php-fpm84 -F", {
		files: {
			"/etc/php84/php-fpm.conf": "[global]\nerror_log = /dev/stderr\n[www]\nlisten = /run/php-fpm.sock",
			"/etc/php84/php-fpm.d/env.conf": "[www]\nenv[A] = $A",
		},
		listens: [],
	});
	check("the main configuration of another version", "php-fpm84", {
		files: { "/etc/php81/php-fpm.conf": "[www]\nlisten = 9001" },
		listens: ["127.0.0.1:9000 convention"],
	});
	check("a main configuration that includes its pools", "php-fpm84", {
		files: {
			"/etc/php84/php-fpm.conf": "[global]\ninclude=/etc/php84/php-fpm.d/*.conf",
			"/etc/php84/php-fpm.d/www.conf": "[www]\nlisten = 9001",
		},
		listens: ["[::]:9001 certain"],
	});
	check("Debian", "php-fpm8.2", { listens: [] });
	check("Debian's pool", "php-fpm8.2 -F", {
		files: { "/etc/php/8.2/fpm/pool.d/www.conf": "[www]\nlisten = 127.0.0.1:9000" },
		listens: ["127.0.0.1:9000 certain"],
	});
});

describe("php-fpm that a Debian image builds from source", () => {
	const said = async (run: string) => {
		const Dockerfile = `FROM debian:bookworm-slim\nWORKDIR /usr/local/etc\n${run}\nCMD ["php-fpm"]\n`;
		const { target } = await analyseFiles({ Dockerfile });
		return [...(target?.listeners ?? []).map(describeListener), ...(target?.gaps ?? []).map((gap) => `? ${gap.reason}`)];
	};
	test("its own pool", async () => {
		assert.deepEqual(await said("RUN { echo '[www]'; echo 'listen = 9000'; } | tee php-fpm.d/docker.conf"), ["9000/tcp"]);
	});
	test("a pool that nobody sees is not none", async () => {
		assert.deepEqual(await said("RUN make install"), ["? the pools of php-fpm are not known"]);
	});
});
