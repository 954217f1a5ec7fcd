import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

describe("a project that is installed where it stands", () => {
	const start = "import uvicorn\nfrom acme.settings import PORT\nuvicorn.run('acme:app', port=PORT)";
	const settings = "PORT = 7100";
	const listens = ["127.0.0.1:7100 certain"];
	check("is imported from a file of its own", "python /app/acme/main.py", {
		files: { "pyproject.toml": "", "acme/main.py": start, "acme/settings.py": settings, "acme/__init__.py": "" },
		listens,
	});
	check("is imported from its src folder", "python /app/scripts/run.py", {
		files: { "setup.py": "", "scripts/run.py": start, "src/acme/settings.py": settings, "src/acme/__init__.py": "" },
		listens,
	});
	check("is not one without a project file", "python /app/acme/main.py", {
		files: { "acme/main.py": start, "acme/settings.py": settings, "acme/__init__.py": "" },
		gaps: ["the value comes from acme.settings.PORT"],
	});
});
