import { describe } from "node:test";
import { check } from "../../support/predict.ts";

describe("addresses", () => {
	const flask = (host: string) => ({ "app.py": `from flask import Flask\nFlask('x').run(${JSON.stringify(host)}, 80)\n` });
	check("a name", "python app.py", { files: flask("my-host.internal"), listens: ["my-host.internal:80 certain"] });
	check("a zone", "python app.py", { files: flask("[fe80::1%eth0]"), listens: ["[fe80::1%eth0]:80 certain"] });
	check("several words", "python app.py", { files: flask("on 0.0.0.0"), gaps: ["on 0.0.0.0 is not an address"] });
	check("a file", "python app.py", { files: flask("/run/app.sock"), gaps: ["/run/app.sock is not an address"] });
});
