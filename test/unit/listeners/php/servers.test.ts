import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withHints } from "../../../support/analysis.ts";
import { check } from "../../../support/predict.ts";

describe("php -S", () => {
	check("an address", "php -S 0.0.0.0:8080 -t public", { listens: ["0.0.0.0:8080 certain"] });
	check("localhost", "php -d memory_limit=1G -S localhost:8000", { listens: ["127.0.0.1:8000 certain"] });
	check("by the entrypoint", "docker-php-entrypoint -S 0.0.0.0:80", { listens: ["0.0.0.0:80 certain"] });
	check("a version", "php -v", { listens: [] });
});

describe("consoles", () => {
	check("artisan serve", "php artisan serve", { listens: ["127.0.0.1:8000 convention"] });
	check("artisan serve with flags", "php artisan serve --host=0.0.0.0 --port=80", { listens: ["0.0.0.0:80 certain"] });
	check("artisan serve by its path", "/usr/bin/php -d variables_order=EGPCS /var/www/html/artisan serve --host 0.0.0.0 --port 81", {
		listens: ["0.0.0.0:81 certain"],
	});
	check("artisan serve with a variable", "php artisan serve --host 0.0.0.0", {
		environment: { SERVER_PORT: "8001" },
		listens: ["0.0.0.0:8001 certain"],
	});
	check("artisan serve with .env", "php artisan serve", {
		files: { ".env": "SERVER_PORT=8002\nSERVER_HOST=0.0.0.0" },
		listens: ["0.0.0.0:8002 default SERVER_PORT"],
	});
	check("a port inside the address", "php artisan serve --host=0.0.0.0:8003", { listens: ["0.0.0.0:8003 certain"] });
	check("a server of a package", "php artisan ripple:server start", { gaps: ["nothing is known about artisan ripple:server"] });
	check("a supervisor of workers", "php artisan horizon", { listens: [] });
	check("a worker", "php artisan queue:work", { listens: [] });
	check("Horizon", "php artisan horizon", { listens: [] });
	check("Octane", "php artisan octane:start --server=swoole --host=0.0.0.0", { listens: ["0.0.0.0:8000 convention"] });
	check("Octane with a port", "php artisan octane:frankenphp --host=0.0.0.0 --port=9000", { listens: ["0.0.0.0:9000 certain"] });
	check("Reverb", "php artisan reverb:start", { listens: ["0.0.0.0:8080 convention"] });
	check("Symfony's command", "symfony server:start --port=8001 --listen-ip=0.0.0.0", { listens: ["0.0.0.0:8001 certain"] });
	check("Symfony's bundle", "php bin/console server:run 0.0.0.0:8000", { listens: ["0.0.0.0:8000 certain"] });
	check("Symfony's worker", "php bin/console messenger:consume async", { listens: [] });
	check("another program called console", "/usr/bin/console server:run", { gaps: ["nothing is known about console"] });
	check("Yii", "php yii serve 0.0.0.0:8888", { listens: ["0.0.0.0:8888 certain"] });
});

describe("FrankenPHP", () => {
	check("as its image comes", "frankenphp run --config /etc/frankenphp/Caddyfile --adapter caddyfile", {
		listens: [
			"[::]:443 default SERVER_NAME",
			"[::]:443/udp default SERVER_NAME",
			"[::]:80 default SERVER_NAME",
			"127.0.0.1:2019 convention",
		],
	});
	check("plain HTTP", "frankenphp run --config /etc/caddy/Caddyfile", {
		environment: { SERVER_NAME: ":8080" },
		listens: ["[::]:8080 certain", "127.0.0.1:2019 convention"],
	});
	check("two addresses", "frankenphp run", {
		environment: { SERVER_NAME: ":8080, app:80" },
		listens: ["[::]:8080 certain", "[::]:80 certain", "127.0.0.1:2019 convention"],
	});
	check("a host", "frankenphp run --config /etc/caddy/Caddyfile", {
		environment: { SERVER_NAME: "example.com" },
		listens: ["[::]:443 convention", "[::]:443/udp convention", "[::]:80 convention", "127.0.0.1:2019 convention"],
	});
	check("its own Caddyfile", "frankenphp run --config /etc/caddy/Caddyfile", {
		files: { "/etc/caddy/Caddyfile": ":9000 {\n}" },
		listens: ["[::]:9000 certain", "127.0.0.1:2019 convention"],
	});
	check("lines that somebody may fill", "frankenphp run -c /app/Caddyfile", {
		files: {
			Caddyfile: "{\n\tadmin off\n\t{$CADDY_GLOBAL_OPTIONS}\n}\n\n{$CADDY_EXTRA_CONFIG}\n\n{$SERVER_NAME::8000} {\n\tphp_server\n}\n",
		},
		listens: ["[::]:8000 default SERVER_NAME"],
	});
	check("a Caddyfile out of view", "frankenphp run -c /app/Caddyfile", { gaps: ["Caddyfile is not in the image"] });
	check("php-server", "frankenphp php-server --listen 0.0.0.0:8000 -r public", { listens: ["0.0.0.0:8000 certain"] });
	check("php-server without flags", "frankenphp php-server", { listens: ["[::]:80 convention"] });
	check("a script", "frankenphp php-cli job.php", { listens: [] });
});

describe("RoadRunner", () => {
	const config = { ".rr.yaml": "version: '3'\nrpc:\n  listen: tcp://127.0.0.1:6001\nhttp:\n  address: 0.0.0.0:${PORT:-8080}\n" };
	check("its configuration", "rr serve", { files: config, listens: ["127.0.0.1:6001 certain", "0.0.0.0:8080 default PORT"] });
	check("a variable of the image", "rr serve -c .rr.yaml", {
		files: config,
		environment: { PORT: "80" },
		listens: ["127.0.0.1:6001 certain", "0.0.0.0:80 certain"],
	});
	check("an override", "rr serve -o http.address=:9000", { files: config, listens: ["127.0.0.1:6001 certain", "0.0.0.0:9000 certain"] });
	check("no configuration", "rr serve", { gaps: [".rr.yaml is not in the image"] });
	check("another command", "rr reset", { listens: [] });
});

test("a script in a folder that a build argument names", async () => {
	const hint = await withHints({
		Dockerfile: "FROM php:8.3-cli\nARG ROOT=/srv\nENV ROOT=${ROOT}\nCMD php ${ROOT}/artisan octane:start --host=0.0.0.0 --port=8004",
	});
	assert.match(hint, /8004/);
});
