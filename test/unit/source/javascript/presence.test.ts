import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

const serve = (port: string) => `require("express")().listen(${port});`;

describe("files that a program asks about", () => {
	for (const [name, source, listens, gaps] of [
		["one of this build", `const fs = require("fs"); const p = fs.existsSync("./own.json") ? 80 : 81; ${serve("p")}`, ["[::]:80 certain"]],
		[
			"one that is not beside the program",
			`const fs = require("node:fs"); let p = 80; if (fs.existsSync(__dirname + "/local.js")) p = require("./local.js").port; ${serve("p")}`,
			["[::]:80 certain"],
		],
		[
			"one that may come with a volume",
			`const fs = require("fs"); if (fs.existsSync("/data/on")) ${serve("80")}`,
			["[::]:80 default"],
			["a condition in the source is not decided"],
		],
		[
			"a folder that a volume may fill",
			`const fs = require("fs"); if (!fs.existsSync("data/off")) ${serve("80")}`,
			["[::]:80 default"],
			["a condition in the source is not decided"],
		],
		[
			"a key that nobody brings",
			`const fs = require("fs"), stat = require("util").promisify(fs.stat); let on = false;
			const asked = stat("/etc/ssl/own.key").then(() => { on = true; }).catch(() => {});
			asked.then(() => { if (on) require("https").createServer({}).listen(443); }); ${serve("80")}`,
			["[::]:80 certain"],
		],
		[
			"what follows a promise about a file of this build",
			`require("fs").promises.access("own.json").then(() => { ${serve("80")} })`,
			["[::]:80 certain"],
		],
	] as const)
		check(name, "node main.js", { files: { "main.js": source, "own.json": "{}" }, listens, ...(gaps ? { gaps } : {}) });
});
