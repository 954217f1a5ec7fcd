import fc from "fast-check";

const port = fc.constantFrom("8080", "80", "PORT", "3000", "65535", "0");

/** Small programs, scripts and configurations that listen, for Dockerfiles to copy. */
const FILES: Readonly<Record<string, (port: string) => string>> = {
	"app.py": (port) =>
		`import os\nfrom flask import Flask\nPORT = int(os.environ.get("PORT", 5000))\nHOST = os.getenv("HOST", "0.0.0.0")\napp = Flask(__name__)\nif __name__ == "__main__":\n    app.run(host=HOST, port=${port}, debug=os.environ.get("DEBUG") == "1")\n`,
	"server.js": (port) =>
		`const PORT = process.env.PORT || 3000;\nconst app = require("express")();\nif (process.env.DEBUG) app.listen(9229);\napp.listen(${port}, process.env.HOST ?? "0.0.0.0", () => console.log(PORT));\n`,
	"run.sh": (port) =>
		`#!/bin/sh\nset -e\nPORT=\${1:-\${PORT:-9000}}\nif [ "$DEBUG" = 1 ]; then set -x; fi\nexec python -m http.server ${port === "PORT" ? '"$PORT"' : port} --bind "\${HOST:-0.0.0.0}"\n`,
	"nginx.conf": (port) =>
		`events {}\nhttp {\n  server { listen ${port === "PORT" ? "${PORT}" : port} default_server; listen [::]:81; }\n  include /etc/nginx/conf.d/*.conf;\n}\n`,
	"package.json": () =>
		`{"name": "x", "main": "server.js", "scripts": {"start": "node server.js", "prestart": "echo hi", "dev": "npm start"}}\n`,
	Procfile: (port) => `web: gunicorn -b 0.0.0.0:${port === "PORT" ? "$PORT" : port} app:app\nworker: python worker.py\n`,
	".dockerignore": () => "*.md\n!README.md\nnode_modules\n**/*.log\n",
	".env": (port) => `PORT=${port === "PORT" ? "7000" : port}\nexport HOST="127.0.0.1"\n`,
};

/** Some of these files. */
export const sourceFiles: fc.Arbitrary<Readonly<Record<string, string>>> = fc
	.tuple(fc.subarray(Object.keys(FILES)), fc.array(port, { minLength: 4, maxLength: 4 }))
	.map(([names, ports]) => Object.fromEntries(names.map((name, i) => [name, FILES[name]?.(ports[i % ports.length] ?? "80") ?? ""])));
