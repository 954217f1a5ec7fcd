// npm start: VS Code with Portlight, on the examples. A desktop VS Code where there is one, else one in the browser.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import { embeddedVscode } from "./embeddedVscode.mjs";
import { cacheFolder, root } from "./folders.mjs";
import { prepare } from "./install.mjs";
import { capture, run } from "./processes.mjs";

/** What a first look at the examples does not need. The user's own changes stay. */
const quietSettings = {
	"workbench.startupEditor": "none",
	"workbench.secondarySideBar.defaultVisibility": "hidden",
	"git.openRepositoryInParentFolders": "never",
};

await prepare();
const examples = path.join(root, "examples");
const desktop = findDesktop();
if (desktop === undefined) await startInBrowser();
else await startOnDesktop(desktop);

/** The `code` command, if a window can be opened at all. `PORTLIGHT_VSCODE=browser` keeps it closed. */
function findDesktop() {
	if (process.env.PORTLIGHT_VSCODE === "browser") return undefined;
	if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return undefined;
	const names = process.platform === "win32" ? ["code.cmd"] : ["code"];
	const folders = (process.env.PATH ?? "").split(path.delimiter);
	return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find((file) => existsSync(file));
}

async function startOnDesktop(code) {
	await step("Building", [path.join(root, "esbuild.mjs")]);
	console.log("Opening VS Code on examples/");
	// .cmd files need a shell, and a shell needs quotes.
	const windows = process.platform === "win32";
	const args = [`--extensionDevelopmentPath=${root}`, examples].map((arg) => (windows ? `"${arg}"` : arg));
	process.exitCode = await run(windows ? `"${code}"` : code, args, { shell: windows });
}

async function startInBrowser() {
	console.log("There is no desktop VS Code here (no `code` on the path, or no display): using one in the browser.");
	const vsix = path.join(cacheFolder, "start", "portlight.vsix");
	await step("Building and packaging", [path.join(root, "scripts", "package.mjs"), "--out", vsix]);
	const { entry } = await embeddedVscode((line) => console.log(line));
	const folders = await prepareFolders();
	const where = ["--user-data-dir", folders.user, "--extensions-dir", folders.extensions];
	await installOnce(entry, where, vsix, folders.extensions);

	const port = process.env.PORT ?? (await freePort());
	const address = `127.0.0.1:${port}`;
	const quiet = ["--disable-telemetry", "--disable-update-check", "--disable-workspace-trust", "--disable-getting-started-override"];
	const args = [entry, "--auth", "none", "--bind-addr", address, ...quiet, ...where, examples];
	// Its own log says much that is of no use here; it is printed when the start fails.
	const server = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], env: serverEnvironment() });
	let said = "";
	const keep = (chunk) => {
		said = (said + chunk).slice(-20_000);
	};
	server.stdout.on("data", keep);
	server.stderr.on("data", keep);
	let stopping = false;
	for (const signal of ["SIGINT", "SIGTERM"])
		process.on(signal, () => {
			stopping = true;
			server.kill("SIGTERM");
		});
	server.on("close", (code) => {
		if (!stopping) console.error(`VS Code ended with code ${code}:\n${said}`);
		process.exit(stopping ? 0 : 1);
	});
	await answers(`http://${address}/healthz`, () => server.exitCode === null);
	console.log(`\nVS Code with Portlight is at\n\n    ${link(address)}\n\nCtrl-C stops it.`);
}

async function step(name, args) {
	const { code, output } = await capture(process.execPath, args, { cwd: root });
	if (code !== 0) {
		console.error(`${name} failed:\n${output}`);
		process.exit(1);
	}
	console.log(`${name}: done`);
}

async function prepareFolders() {
	const user = path.join(cacheFolder, "start", "user");
	const extensions = path.join(cacheFolder, "start", "extensions");
	await mkdir(extensions, { recursive: true });
	const settings = path.join(user, "User", "settings.json");
	if (!existsSync(settings)) {
		await mkdir(path.dirname(settings), { recursive: true });
		await writeFile(settings, `${JSON.stringify(quietSettings, null, 2)}\n`);
	}
	return { user, extensions };
}

/** Installing takes seconds: only when the package is another one than last time. */
async function installOnce(entry, where, vsix, extensions) {
	const stamp = path.join(extensions, ".portlight-package");
	const parts = [
		"package.json",
		"package.nls.json",
		"package.nls.de.json",
		"l10n/bundle.l10n.de.json",
		"dist/client.js",
		"dist/server.js",
		"dist/languageServer.js",
	];
	const contents = await Promise.all(parts.map((part) => readFile(path.join(root, part))));
	const hash = createHash("sha256").update(Buffer.concat(contents)).digest("hex");
	if (existsSync(stamp) && (await readFile(stamp, "utf8")) === hash) return;
	await rm(stamp, { force: true });
	await step("Installing the extension", [entry, ...where, "--install-extension", vsix, "--force"]);
	await writeFile(stamp, hash);
}

function serverEnvironment() {
	// Both would reach the extensions and the terminals of that VS Code.
	const { PORT: _port, NODE_OPTIONS: _options, ...environment } = process.env;
	return environment;
}

function freePort() {
	return new Promise((resolve, reject) => {
		const server = net.createServer().on("error", reject);
		server.listen(0, "127.0.0.1", () => {
			const { port } = /** @type {net.AddressInfo} */ (server.address());
			server.close(() => resolve(port));
		});
	});
}

/** Waits for a 200; the process that should give it must be alive. */
async function answers(url, alive) {
	while (alive()) {
		const good = await fetch(url).then(
			(response) => response.ok,
			() => false,
		);
		if (good) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

/** Opens the Flask example at once: that is where the hints are. */
function link(address) {
	const payload = JSON.stringify([["openFile", `vscode-remote://${address}${path.posix.join(examples, "flask", "Dockerfile")}`]]);
	return `http://${address}/?folder=${encodeURIComponent(examples)}&payload=${encodeURIComponent(payload)}`;
}
