import type { ImageFiles } from "../../../context/imageFiles.ts";
import { resolvePath } from "../../../dockerfile/walk.ts";
import { t } from "../../../model/message.ts";
import type { Gap, Prediction } from "../../../model/port.ts";
import type { Evidence } from "../../../model/text.ts";
import { known } from "../../../model/value.ts";
import { type Process, programName } from "../../../process/process.ts";
import { flagValue, textOf } from "../../commandLine.ts";
import { mergePredictions, predictClaim } from "../../listener.ts";
import type { Scene, Technology } from "../../technology.ts";
import { readMatching } from "../files.ts";
import { fillIn } from "../placeholders.ts";
import { withEnabledSites } from "./enabledSites.ts";
import { type Listen, readListen } from "./listen.ts";
import { type Directive, parseNginx } from "./syntax.ts";
import { withTemplates } from "./templates.ts";

/**
 * nginx and OpenResty: every `listen` of every `server` in http, stream and mail, through all includes. A server in http
 * without one listens on 80 (nginx.org/en/docs/http/ngx_http_core_module.html#listen); `-c` and `-p` name the configuration
 * (nginx.org/en/docs/switches.html).
 */
export const nginx: Technology = {
	name: "nginx",
	title: "nginx",
	async command(process, scene) {
		const program = programName(textOf(process.argv[0]) ?? "");
		if (!["nginx", "nginx-debug", "openresty", "tengine"].includes(program)) return undefined;
		const args = process.argv.slice(1);
		if (args.some((arg) => /^-[tTvVh?s]$/.test(textOf(arg) ?? ""))) return { listeners: [], gaps: [] };
		const given = textOf(flagValue(args, ["-c"]));
		const prefix = textOf(flagValue(args, ["-p"]));
		const files = withEnabledSites(await withTemplates(process, scene));
		const folder = prefix === undefined ? undefined : resolvePath(process.cwd, prefix);
		const path =
			given === undefined ? await standardPath(files, textOf(process.argv[0]) ?? "", folder) : resolvePath(folder ?? "/etc/nginx", given);
		return new Reader(process, scene, files).read(path);
	},
};

/** Where builds of nginx look for their configuration: distributions and nginx.org, the source's default, OpenResty, Bitnami. */
const STANDARD_PATHS = [
	"/etc/nginx/nginx.conf",
	"/usr/local/nginx/conf/nginx.conf",
	"/usr/local/openresty/nginx/conf/nginx.conf",
	"/opt/bitnami/nginx/conf/nginx.conf",
];

async function standardPath(files: ImageFiles, program: string, prefix: string | undefined): Promise<string> {
	const own = prefix ?? /^(.*)\/s?bin\/[^/]+$/.exec(program)?.[1];
	const paths = [...(own === undefined ? [] : [`${own}/conf/nginx.conf`]), ...STANDARD_PATHS];
	for (const path of paths) if ((await files.look(path)).kind === "file") return path;
	for (const path of paths) if ((await files.look(path)).kind === "unknown") return path;
	return STANDARD_PATHS[0] ?? "";
}

/** Where a directive stands; only servers of http listen without a `listen`. */
type Context = "main" | "http" | "other" | "server";

/** Files that hold no servers in any distribution. */
const HARMLESS =
	/(?:^|\/)(?:mime\.types|[a-z]+_params|proxy\.conf|fastcgi\.conf|fastcgi-php\.conf|koi-(?:utf|win)|win-utf|snippets\/.*|modules(?:-enabled)?\/.*)$/;

class Reader {
	readonly #gaps: Gap[] = [];
	readonly #predictions: Prediction[] = [];
	readonly #reading: string[] = [];
	#serves = false;
	readonly #process: Process;
	readonly #scene: Scene;
	readonly #files: ImageFiles;
	#folder = "/etc/nginx";

	constructor(process: Process, scene: Scene, files: ImageFiles) {
		this.#process = process;
		this.#scene = scene;
		this.#files = files;
	}

	async read(path: string): Promise<Prediction> {
		this.#folder = resolvePath(path, "..");
		const read = await this.#files.read(path);
		if (read.kind === "text") await this.#walk(parseNginx(read.file, this.#scene.budget), "main");
		else {
			this.#gap(read.reason ?? t("{0} is not in the image", programName(path)));
			// Of a configuration whose frame is not known, the sites that this build adds are still seen.
			for (const pattern of ["conf.d/*.conf", "sites-enabled/*", "http.d/*.conf"]) await this.#include(pattern, "http");
		}
		// Nobody starts nginx to serve nothing: its sites are somewhere out of view.
		if (!this.#serves && this.#gaps.length === 0) this.#gap(t("no server found in {0}", programName(path)));
		return mergePredictions([...this.#predictions, { listeners: [], gaps: this.#gaps }]);
	}

	/** Answers whether a `listen` stood among the directives of a server. */
	async #walk(directives: readonly Directive[], context: Context): Promise<boolean> {
		let listens = false;
		for (const directive of directives) {
			const { name, block } = directive;
			if (name === "include") listens = (await this.#include(directive.args[0] ?? "", context)) || listens;
			else if (context === "server") {
				if (name !== "listen") continue;
				listens = true;
				this.#listen(directive);
			} else if (block && context === "main" && (name === "http" || name === "stream" || name === "mail"))
				await this.#walk(block, name === "http" ? "http" : "other");
			else if (block && context !== "main" && name === "server") {
				this.#serves = true;
				const gaps = this.#gaps.length;
				const listens = await this.#walk(block, "server");
				// What is included and not in view may say where it listens.
				if (!listens && context === "http" && this.#gaps.length === gaps) this.#claim(withoutListen(directive.at), directive.at, true);
			}
		}
		return listens;
	}

	async #include(pattern: string, context: Context): Promise<boolean> {
		const path = resolvePath(this.#folder, pattern);
		if (HARMLESS.test(path) || this.#reading.includes(path)) return false;
		if (this.#reading.length > this.#scene.budget.depth) return false;
		this.#reading.push(path);
		const found = await readMatching(this.#files, this.#folder, pattern);
		for (const reason of [...found.hidden, ...(found.missing === undefined ? [] : [found.missing])]) this.#gap(reason);
		let listens = false;
		for (const file of found.files) listens = (await this.#walk(parseNginx(file, this.#scene.budget), context)) || listens;
		this.#reading.pop();
		return listens;
	}

	#listen(directive: Directive): void {
		const [target = "", ...options] = directive.args;
		const value = fillIn(target, this.#process.environment, directive.at);
		for (const one of readListen(value, options)) this.#claim(one, directive.at, directive.stock);
	}

	#claim(listen: Listen, at: Evidence, byConvention: boolean): void {
		this.#predictions.push(predictClaim({ ...listen, byConvention, anyAddress: "0.0.0.0", evidence: [...this.#process.evidence, at] }));
	}

	#gap(reason: string): void {
		const evidence = this.#process.evidence.at(-1);
		this.#gaps.push(evidence ? { reason, evidence } : { reason });
	}
}

function withoutListen(at: Evidence): Listen {
	return { port: known("80", at), address: known(""), protocol: "tcp" };
}
