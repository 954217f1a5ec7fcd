import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import type { EngineState } from "../client/src/containers/view.ts";
import { COLUMNS, DEFAULT_VIEW, GROUPS, SORTS } from "../client/src/containers/viewSettings.ts";
import { PROBES } from "../server/src/engine/sockets/live.ts";
import { HINT_KINDS } from "../server/src/features/hintOptions.ts";
import { DEFAULT_SETTINGS, LIMIT_BOUNDS, parseLimits, parseSettings, SEVERITIES } from "../server/src/settings.ts";
import { FINDING_CODES } from "../server/src/verdict/report.ts";
import { translated, manifest as written } from "./support/manifest.ts";

const root = path.join(import.meta.dirname, "..");
const manifest = translated(written);
const lock = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8"));
const properties: Record<
	string,
	{
		default: unknown;
		minimum?: number;
		maximum?: number;
		enum?: string[];
		items?: { enum: string[] };
		description?: string;
		markdownDescription?: string;
	}
> = Object.assign({}, ...manifest.contributes.configuration.map((section: { properties: object }) => section.properties));

test("the settings of the manifest are those that the code reads, with the same defaults", () => {
	const declared = Object.keys(properties).filter((name) => name.startsWith("portlight.severity."));
	assert.deepEqual(declared.sort(), FINDING_CODES.map((code) => `portlight.severity.${code}`).sort());
	for (const code of FINDING_CODES) {
		const property = properties[`portlight.severity.${code}`];
		assert.equal(property?.default, DEFAULT_SETTINGS.severity[code]);
		assert.deepEqual(property?.enum, SEVERITIES);
	}
});

test("the engines to show, and what is done to them, are nobody's choice but the user's where a workspace is not trusted", () => {
	assert.deepEqual(properties["portlight.engine.contexts"]?.default, DEFAULT_SETTINGS.engine.contexts);
	assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, [
		"portlight.engine.contexts",
		"portlight.sockets.probe",
	]);
	assert.equal(properties["portlight.sockets.probe"]?.default, DEFAULT_SETTINGS.sockets.probe);
	assert.deepEqual(properties["portlight.sockets.probe"]?.enum, PROBES);
});

test("the settings of the Containers view are those that the client reads, with the same defaults", () => {
	const declared = Object.keys(properties).filter((name) => name.startsWith("portlight.containers."));
	assert.deepEqual(
		declared.sort(),
		Object.keys(DEFAULT_VIEW)
			.map((name) => `portlight.containers.${name}`)
			.sort(),
	);
	for (const [name, value] of Object.entries(DEFAULT_VIEW))
		assert.deepEqual(properties[`portlight.containers.${name}`]?.default, value, name);
	assert.deepEqual(properties["portlight.containers.label"]?.enum, COLUMNS);
	assert.deepEqual(properties["portlight.containers.description"]?.items?.enum, COLUMNS);
	assert.deepEqual(properties["portlight.containers.groupBy"]?.enum, GROUPS);
	assert.deepEqual(properties["portlight.containers.sortBy"]?.enum, SORTS);
});

test("menus, keys and welcome views name commands that exist", () => {
	const { commands, menus, keybindings, viewsWelcome } = manifest.contributes;
	const known = new Set(commands.map((one: { command: string }) => one.command));
	const named = [...Object.values<{ command: string }[]>(menus).flat(), ...keybindings].map(({ command }) => command);
	for (const { contents } of viewsWelcome) named.push(...[...contents.matchAll(/\(command:([\w.]+)\)/g)].map(([, command]) => command));
	for (const command of named) assert.ok(known.has(command), command);
});

test("settings stand in sections, each with a place in its own", () => {
	for (const { title, properties: settings } of manifest.contributes.configuration) {
		assert.match(title, /^[A-Z]/);
		const places = Object.values<{ order: number }>(settings).map(({ order }) => order);
		assert.deepEqual(
			places,
			places.map((_, index) => index + 1),
			title,
		);
	}
});

test("the palette offers no command where it cannot work", () => {
	const { commands, menus } = manifest.contributes;
	const conditions = new Map(menus.commandPalette.map((one: { command: string; when: string }) => [one.command, one.when]));
	/** They work with any engine and with none. */
	const always = ["groupContainers", "sortContainers", "chooseContainerColumns", "reportIssue", "restartServer", "showLog"];
	for (const { command } of commands) assert.notEqual(conditions.has(command), always.includes(command.replace("portlight.", "")), command);
});

test("what stands in a row has an icon, and every engine's state has its words", () => {
	const { commands, menus, viewsWelcome } = manifest.contributes;
	const icons = new Map(commands.map((one: { command: string; icon?: string }) => [one.command, one.icon]));
	const buttons = Object.values<{ command: string; group?: string }[]>(menus)
		.flat()
		.filter(({ group }) => group?.startsWith("inline") || group?.startsWith("navigation"));
	for (const { command } of buttons) assert.ok(icons.get(command), command);
	const asked = viewsWelcome.map((one: { when: string }) => one.when).join(" ");
	const states = [
		"connecting",
		"connected",
		"absent",
		"denied",
		"refused",
		"silent",
		"foreign",
		"stopped",
		"filtered",
		"unreachable",
	] satisfies EngineState[];
	for (const state of states) assert.ok(asked.includes(`portlight.engineState == ${state}`), state);
});

test("the limits and kinds of hints of the manifest are those that the code reads, with the same defaults", () => {
	for (const [name, { least, most }] of Object.entries(LIMIT_BOUNDS)) {
		const property = properties[`portlight.analysis.${name}`];
		assert.deepEqual(
			[property?.default, property?.minimum, property?.maximum],
			[parseLimits({})[name as keyof typeof LIMIT_BOUNDS], least, most],
		);
	}
	const hints = Object.keys(properties).filter((name) => name.startsWith("portlight.hints."));
	assert.deepEqual(hints.sort(), HINT_KINDS.map((kind) => `portlight.hints.${kind}`).sort());
	for (const kind of HINT_KINDS) assert.equal(properties[`portlight.hints.${kind}`]?.default, DEFAULT_SETTINGS.hints[kind]);
});

for (const [sent, expected] of [
	[{}, parseLimits(undefined)],
	[
		{ files: 5, bytes: 2_000, steps: 300 },
		{ ...parseLimits(undefined), files: 5, bytes: 2_000, steps: 300 },
	],
	[
		{ files: 0, bytes: -1, steps: 1e12 },
		{ ...parseLimits(undefined), files: 1, bytes: 1_000, steps: 100_000_000 },
	],
	[{ files: "9", bytes: Number.NaN, steps: null }, parseLimits(undefined)],
] as const)
	test(`limits sent as ${JSON.stringify(sent)}`, () => assert.deepEqual(parseLimits(sent), expected));

test("every contribution is described", () => {
	for (const [name, property] of Object.entries(properties)) assert.ok(property.description ?? property.markdownDescription, name);
	for (const command of manifest.contributes.commands) {
		assert.match(command.icon, /^\$\([\w-]+\)$/, command.command);
		assert.equal(command.category, "Portlight", command.command);
		assert.match(command.title, /^[A-Z]/);
	}
});

test("each command of the manifest is a file of client/src/commands, and the other way round", () => {
	const declared = manifest.contributes.commands.map((one: { command: string }) => one.command.replace("portlight.", "")).sort();
	const files = readdirSync(path.join(root, "client/src/commands"))
		.map((name) => name.replace(/\.ts$/, ""))
		.sort();
	assert.deepEqual(files, declared);
});

test("what the manifest points to exists", () => {
	const { viewsContainers, views, grammars, walkthroughs } = manifest.contributes;
	const pointed = [manifest, ...viewsContainers.activitybar, ...views.portlight].map((one: { icon: string }) => one.icon);
	for (const { steps } of walkthroughs) pointed.push(...steps.map((step: { media: { svg: string } }) => step.media.svg));
	for (const file of [...pointed, ...grammars.map((one: { path: string }) => one.path)]) assert.ok(existsSync(path.join(root, file)), file);
});

test("dependencies are pinned, and the lockfile names no registry", () => {
	for (const [name, version] of Object.entries<string>(manifest.devDependencies)) assert.match(version, /^\d+\.\d+\.\d+$/, name);
	assert.equal(manifest.dependencies, undefined, "everything that runs is bundled");
	for (const [name, entry] of Object.entries<{ resolved?: string }>(lock.packages)) assert.equal(entry.resolved, undefined, name);
});

test("client and server speak one protocol", () => {
	const protocolOf = (name: string) => lock.packages[`node_modules/${name}`].dependencies["vscode-languageserver-protocol"];
	assert.equal(protocolOf("vscode-languageclient"), protocolOf("vscode-languageserver"));
});

test("only the install scripts that are needed are approved", () => {
	const approved = Object.keys(manifest.allowScripts).filter((name) => manifest.allowScripts[name]);
	assert.deepEqual(approved, ["node", "esbuild"]);
});

test("the types of VS Code are those of the oldest version that is supported", () => {
	assert.equal(manifest.engines.vscode, `^${manifest.devDependencies["@types/vscode"]}`);
});

for (const [name, sent, expected] of [
	["nothing", undefined, DEFAULT_SETTINGS],
	["null", null, DEFAULT_SETTINGS],
	["text", "x", DEFAULT_SETTINGS],
	[
		"a severity",
		{ severity: { "not-exposed": "off" } },
		{ ...DEFAULT_SETTINGS, severity: { ...DEFAULT_SETTINGS.severity, "not-exposed": "off" } },
	],
	[
		"engines",
		{ engine: { contexts: [" colima ", "", 5, "ssh://h"] } },
		{ ...DEFAULT_SETTINGS, engine: { contexts: ["colima", "ssh://h"] } },
	],
	["senseless engines", { engine: { contexts: "colima" } }, DEFAULT_SETTINGS],
	["a way to read sockets", { sockets: { probe: "kernel" } }, { ...DEFAULT_SETTINGS, sockets: { probe: "kernel" } }],
	["a senseless way to read sockets", { sockets: { probe: "root" } }, DEFAULT_SETTINGS],
	["a senseless severity", { severity: { "not-exposed": "loud", "nothing-listens": 3 } }, DEFAULT_SETTINGS],
] as const) {
	test(`settings sent as ${name}`, () => assert.deepEqual(parseSettings(sent), expected));
}
