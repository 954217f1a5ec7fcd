import { resolvePath } from "../../dockerfile/walk.ts";
import { t } from "../../model/message.ts";
import type { Gap, Prediction } from "../../model/port.ts";
import { evidenceIn, isStock, rangeBetween, type TextFile } from "../../model/text.ts";
import { known, likelyText, mapText, type Value } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import { flagValue, textOf } from "../commandLine.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import type { Scene, Technology } from "../technology.ts";
import { readMatching } from "./files.ts";
import { fillIn } from "./placeholders.ts";
import { keepsPorts } from "./ranOver.ts";

const PROGRAMS = ["httpd", "httpd-foreground", "apache2", "apache2ctl", "apachectl"];

/**
 * Apache HTTP Server: every `Listen` through all includes (httpd.apache.org/docs/2.4/bind.html). There is no default: a server
 * without one does not start. `<IfModule ssl_module>` and the like count only when the module is loaded in sight, and
 * `<IfDefine>` only with its `-D`.
 */
export const apache: Technology = {
	name: "apache",
	title: "Apache HTTP Server",
	async command(process, scene) {
		const program = programName(textOf(process.argv[0]) ?? "");
		if (!PROGRAMS.includes(program)) return undefined;
		const args = process.argv.slice(1);
		const words = args.map((arg) => likelyText(arg) ?? "");
		// BusyBox has an httpd of its own, whose -p is its port.
		if (program === "httpd" && words.some((word) => /^-p/.test(word))) return undefined;
		if (words.some((word) => /^(-t|-v|-V|-l|-L|-S|-M|configtest|stop|status)$/.test(word))) return { listeners: [], gaps: [] };
		const given = textOf(flagValue(args, ["-f"]));
		const path = given === undefined ? await standardPath(scene) : given;
		return new Reader(process, scene, words).read(path);
	},
};

/** The main configuration and the folder that its paths are relative to: the image httpd, Debian, Fedora and Alpine, Bitnami. */
const STANDARD = [
	"/usr/local/apache2/conf/httpd.conf",
	"/etc/apache2/apache2.conf",
	"/etc/httpd/conf/httpd.conf",
	"/etc/apache2/httpd.conf",
	"/opt/bitnami/apache/conf/httpd.conf",
];

async function standardPath(scene: Scene): Promise<string> {
	for (const kind of ["file", "unknown"]) for (const path of STANDARD) if ((await scene.files.look(path)).kind === kind) return path;
	return STANDARD[1] ?? "";
}

/** What RUN steps switched on with Debian's tools: names of modules, and configuration relative to /etc/apache2. */
export async function enabledByTools(scene: Scene): Promise<{ modules: ReadonlySet<string>; files: readonly string[] }> {
	const { commands } = await scene.buildOf("/etc/apache2/ports.conf");
	const given = (program: string): string[] =>
		commands.flatMap(({ argv }) =>
			programName(textOf(argv[0]) ?? "") === program
				? argv.slice(1).flatMap((word) => (textOf(word)?.startsWith("-") ? [] : [textOf(word) ?? ""]))
				: [],
		);
	const withSuffix = (name: string): string => (name.endsWith(".conf") ? name : `${name}.conf`);
	return {
		modules: new Set(given("a2enmod")),
		files: [
			...given("a2ensite").map((name) => `sites-available/${withSuffix(name)}`),
			...given("a2enconf").map((name) => `conf-available/${withSuffix(name)}`),
		],
	};
}

class Reader {
	readonly #process: Process;
	readonly #scene: Scene;
	readonly #defined: ReadonlySet<string>;
	readonly #variables = new Map<string, Value>();
	readonly #modules = new Set<string>();
	readonly #predictions: Prediction[] = [];
	readonly #gaps: Gap[] = [];
	#root = "/etc/apache2";
	#reading = 0;

	constructor(process: Process, scene: Scene, words: readonly string[]) {
		this.#process = process;
		this.#scene = scene;
		this.#defined = new Set(
			words.flatMap((word, i) => (word === "-D" ? [words[i + 1] ?? ""] : word.startsWith("-D") ? [word.slice(2)] : [])),
		);
	}

	async read(path: string): Promise<Prediction> {
		const folder = resolvePath(path, "..");
		this.#root = programName(folder) === "conf" ? resolvePath(folder, "..") : folder;
		for (const name of await this.#scene.files.list(`${folder}/mods-enabled`))
			this.#modules.add(`${name.replace(/\.(load|conf)$/, "")}_module`);
		const debian = path === "/etc/apache2/apache2.conf" ? await enabledByTools(this.#scene) : undefined;
		for (const name of debian?.modules ?? []) this.#modules.add(`${name}_module`);
		const read = await this.#scene.files.read(path);
		if (read.kind === "text") {
			await this.#file(read.file);
			for (const file of new Set(debian?.files)) await this.#include(file, true);
		} else {
			this.#gap(read.reason ?? t("{0} is not in the image", programName(path)));
			const at = this.#process.evidence.at(-1);
			if (read.kind === "unknown" && (await keepsPorts(this.#scene, path)))
				this.#predictions.push(
					predictClaim({
						port: known("80", ...(at ? [at] : [])),
						address: known(""),
						anyAddress: "::",
						byConvention: true,
						evidence: this.#process.evidence,
					}),
				);
			if (read.kind === "absent") await this.#include("ports.conf", true);
		}
		// A server without one does not start.
		if (this.#predictions.length === 0 && this.#gaps.length === 0) this.#gap(t("no Listen is in view"));
		return mergePredictions([...this.#predictions, { listeners: [], gaps: this.#gaps }]);
	}

	async #file(file: TextFile): Promise<void> {
		if (this.#reading >= this.#scene.budget.depth) return;
		this.#reading++;
		/** Whether each enclosing condition holds. */
		const conditions: boolean[] = [];
		let offset = 0;
		for (const line of file.text.split("\n")) {
			const start = offset;
			offset += line.length + 1;
			if (!this.#scene.budget.spend("steps")) break;
			const words =
				line
					.trim()
					.match(/"[^"]*"|\S+/g)
					?.map((word) => word.replace(/^"(.*)"$/, "$1")) ?? [];
			const [name = "", ...args] = words;
			if (/^<\/If/i.test(name)) conditions.pop();
			else if (/^<If/i.test(name)) conditions.push(this.#holds(name, args));
			else if (conditions.every(Boolean)) await this.#directive(file, line, start, name.toLowerCase(), args);
		}
		this.#reading--;
	}

	async #directive(file: TextFile, line: string, start: number, name: string, args: readonly string[]): Promise<void> {
		const at = evidenceIn(
			file,
			rangeBetween(file.text, start + line.length - line.trimStart().length, start + line.trimEnd().length),
			line,
		);
		const value = (text: string): Value => fillIn(text, new Map([...this.#process.environment, ...this.#variables]), at);
		if (name === "serverroot") this.#root = likelyText(value(args[0] ?? "")) ?? this.#root;
		else if (name === "loadmodule") this.#modules.add(args[0] ?? "");
		else if (name === "define") this.#variables.set(args[0] ?? "", known(args[1] ?? "", at));
		else if (name === "include" || name === "includeoptional")
			await this.#include(likelyText(value(args[0] ?? "")) ?? "", name === "includeoptional");
		else if (name === "listen") {
			const target = value(args[0] ?? "");
			this.#predictions.push(
				predictClaim({
					port: mapText(target, (text, from) => known(/(?:^|:)([^:\]]*)$/.exec(text)?.[1] ?? text, ...from)),
					address: mapText(target, (text, from) => known(/^(.*):[^:\]]*$/.exec(text)?.[1] ?? "", ...from)),
					anyAddress: "::",
					byConvention: isStock(file),
					evidence: [...this.#process.evidence, at],
				}),
			);
		}
	}

	#holds(name: string, args: readonly string[]): boolean {
		const condition = (args[0] ?? "").replace(/>$/, "");
		const [, not = "", what = ""] = /^(!?)(.*)$/.exec(condition) ?? [];
		const kind = name.toLowerCase();
		// <If> and <IfVersion> hold only directives of requests, or what every version reads.
		if (kind !== "<ifmodule" && kind !== "<ifdefine") return kind !== "<if";
		const isTrue = kind === "<ifdefine" ? this.#defined.has(what) || this.#variables.has(what) : this.#isLoaded(what);
		return isTrue !== (not === "!");
	}

	#isLoaded(module: string): boolean {
		const name = module.replace(/^mod_(.*)\.c$/, "$1_module");
		// Modules that are compiled in, or loaded by the configuration that every image comes with.
		return this.#modules.has(name) || !/^(ssl|gnutls|md|http2|proxy|rewrite|php.*)_module$/.test(name);
	}

	async #include(pattern: string, optional: boolean): Promise<void> {
		const found = await readMatching(this.#scene.files, this.#root, pattern);
		for (const reason of found.hidden) this.#gap(reason);
		if (found.missing !== undefined && !optional) this.#gap(found.missing);
		for (const file of found.files) await this.#file(file);
	}

	#gap(reason: string): void {
		const evidence = this.#process.evidence.at(-1);
		this.#gaps.push(evidence ? { reason, evidence } : { reason });
	}
}
