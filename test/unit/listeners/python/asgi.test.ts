import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

describe("uvicorn", () => {
	check("defaults", "uvicorn main:app", { listens: ["127.0.0.1:8000 convention"] });
	check("flags", "uvicorn main:app --host=0.0.0.0 --port 80", { listens: ["0.0.0.0:80 certain"] });
	check("by the interpreter", "python -m uvicorn main:app --host 0.0.0.0", { listens: ["0.0.0.0:8000 convention"] });
	check("by its path", "/venv/bin/uvicorn main:app --port 81", { listens: ["127.0.0.1:81 certain"] });
	check("variables", "uvicorn main:app", {
		environment: { UVICORN_HOST: "0.0.0.0", UVICORN_PORT: "82" },
		listens: ["0.0.0.0:82 certain"],
	});
	check("a Unix socket", "uvicorn main:app --uds /run/app.sock", {});
	check("help", "uvicorn --help", {});
	check("uvicorn.run", "python app.py", {
		files: { "app.py": 'import uvicorn\nuvicorn.run("app:app", host="0.0.0.0", port=83)' },
		listens: ["0.0.0.0:83 certain"],
	});
	check("uvicorn.run on its own", "python app.py", {
		files: { "app.py": "import uvicorn\nuvicorn.run(None)" },
		listens: ["127.0.0.1:8000 convention"],
	});
	check("a Config", "python app.py", {
		files: {
			"app.py":
				"import asyncio, uvicorn\nasync def main():\n  config = uvicorn.Config('app:app', port=84)\n  await uvicorn.Server(config).serve()\nasyncio.run(main())",
		},
		listens: ["127.0.0.1:84 certain"],
	});
	check("options that are not known", "python app.py", {
		files: { "app.py": "import uvicorn, other\nuvicorn.run('a:b', **other.options())" },
		gaps: ["arguments that are not known"],
	});
	check("a Unix socket of a call", "python app.py", { files: { "app.py": "import uvicorn\nuvicorn.run('a:b', uds='/x')" } });
	check("another program", "uvicornish main:app", { gaps: ["nothing is known about uvicornish"] });
});

describe("fastapi", () => {
	check("run", "fastapi run main.py", { listens: ["0.0.0.0:8000 convention"] });
	check("dev", "fastapi dev main.py", { listens: ["127.0.0.1:8000 convention"] });
	check("flags", "fastapi run main.py --host 127.0.0.1 --port 80", { listens: ["127.0.0.1:80 certain"] });
	check("PORT", "fastapi run", { environment: { PORT: "81" }, listens: ["0.0.0.0:81 certain"] });
	check("another command", "fastapi migrate", { gaps: ["nothing is known about this fastapi command"] });
});

describe("hypercorn", () => {
	check("defaults", "hypercorn main:app", { listens: ["127.0.0.1:8000 convention"] });
	check("several addresses", "hypercorn main:app -b 0.0.0.0:80 --bind [::]:81", {
		listens: ["0.0.0.0:80 certain", ":::81 certain"].map((one) => one.replace(":::", "[::]:")),
	});
	check("QUIC", "hypercorn main:app --bind :443 --quic-bind :443", { listens: ["0.0.0.0:443 certain", "0.0.0.0:443/udp certain"] });
	check("a Unix socket", "hypercorn main:app -b unix:/run/app.sock", {});
	check("TOML", "hypercorn -c conf.toml main:app", {
		files: { "conf.toml": 'bind = ["0.0.0.0:82"]' },
		listens: ["0.0.0.0:82 certain"],
		evidence: ["Dockerfile:10", "conf.toml:1"],
	});
	check("a Python file", "hypercorn -c file:conf.py main:app", {
		files: { "conf.py": 'bind = "0.0.0.0:83"' },
		listens: ["0.0.0.0:83 certain"],
	});
	check("serve", "python app.py", {
		files: {
			"app.py":
				"import asyncio\nfrom hypercorn.asyncio import serve\nfrom hypercorn.config import Config\nconfig = Config()\nconfig.bind = ['0.0.0.0:84']\nasyncio.run(serve(app, config))",
		},
		listens: ["0.0.0.0:84 certain"],
	});
});

describe("daphne", () => {
	check("defaults", "daphne site.asgi:application", { listens: ["127.0.0.1:8000 convention"] });
	check("flags", "daphne -b 0.0.0.0 -p 8001 site.asgi:application", { listens: ["0.0.0.0:8001 certain"] });
	check("an endpoint", "daphne -e tcp:port=8002:interface=0.0.0.0 site.asgi:application", { listens: ["0.0.0.0:8002 certain"] });
	check("a Unix socket", "daphne -u /run/app.sock site.asgi:application", {});
});

describe("sanic", () => {
	const app = (run: string) => ({ "app.py": `from sanic import Sanic\napp = Sanic("x")\n${run}` });
	check("defaults", "python app.py", { files: app("app.run()"), listens: ["127.0.0.1:8000 convention"] });
	check("keywords", "python app.py", { files: app("app.run(host='0.0.0.0', port=80)"), listens: ["0.0.0.0:80 certain"] });
	check("a Unix socket", "python app.py", { files: app("app.run(unix='/x')") });
	check("its command", "sanic app:app -H 0.0.0.0 -p 81", { listens: ["0.0.0.0:81 certain"] });
	check("its command by default", "sanic app:app", { listens: ["127.0.0.1:8000 convention"] });
});
