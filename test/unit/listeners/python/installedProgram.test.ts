import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { analyseFiles, type Files } from "../../../support/analysis.ts";
import { check } from "../../../support/predict.ts";

const manifest = '[project]\nname = "acme"\n[project.scripts]\nacme-serve = "acme.cli:main"\n';
const cli =
	"import argparse\nfrom http.server import HTTPServer, BaseHTTPRequestHandler\ndef main():\n    parser = argparse.ArgumentParser()\n    parser.add_argument('--port', type=int, default=7000)\n    args = parser.parse_args()\n    HTTPServer(('', args.port), BaseHTTPRequestHandler).serve_forever()\n";

describe("programs of a project that the build installs", () => {
	check("pip install of the folder", "acme-serve --port 7001", {
		files: { "pyproject.toml": manifest, "src/acme/cli.py": cli },
		builds: ["pip install --no-cache-dir .[server]"],
		listens: ["0.0.0.0:7001 certain"],
	});
	check("another program of the same name as a library", "acme-other", {
		files: { "pyproject.toml": manifest, "src/acme/cli.py": cli },
		builds: ["pip install ."],
		gaps: ["nothing is known about acme-other"],
	});
	check("a package that is not this project", "acme-serve", {
		files: { "pyproject.toml": manifest, "src/acme/cli.py": cli },
		builds: ["pip install acme"],
		gaps: ["nothing is known about acme-serve"],
	});
	listens(
		"a virtual environment of another stage",
		'FROM python:3.12 AS build\nWORKDIR /src\nCOPY . .\nRUN python -m venv /venv && /venv/bin/pip install .\nFROM python:3.12-slim\nCOPY --from=build /venv /venv\nENV PATH="/venv/bin:$PATH"\nWORKDIR /data\nCMD ["acme-serve"]\n',
		{ "pyproject.toml": manifest, "acme/cli.py": cli },
		["7000 default"],
	);
	listens(
		"a wheel of another stage",
		'FROM python:3.12 AS build\nWORKDIR /src\nCOPY . .\nRUN python3 -m build .\nFROM python:3.12-slim\nCOPY --from=build /src/dist /wheels\nRUN pip install /wheels/*.whl\nENTRYPOINT ["acme-serve"]\n',
		{ "pyproject.toml": manifest, "acme/cli.py": cli },
		["7000 default"],
	);
	listens(
		"a module of the installed package",
		'FROM python:3.12\nCOPY . /src\nRUN pip install /src && rm -rf /src\nWORKDIR /data\nCMD ["python", "-m", "acme"]\n',
		{ "pyproject.toml": manifest, "acme/cli.py": cli, "acme/__main__.py": "from acme.cli import main\nmain()\n" },
		["7000 default"],
	);
});

function listens(name: string, dockerfile: string, files: Files, expected: readonly string[]): void {
	test(name, async () => {
		const { target } = await analyseFiles({ Dockerfile: dockerfile, ...files });
		assert.deepEqual(
			target?.listeners.map((one) => `${one.port} ${one.certainty}`),
			expected,
		);
		assert.deepEqual(target?.gaps, []);
	});
}
