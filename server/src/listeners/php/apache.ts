import type { Gap, Prediction } from "../../model/port.ts";
import type { TextFile } from "../../model/text.ts";
import { evidenceIn, rangeBetween } from "../../model/text.ts";
import { concat, known, lookUp, type Value } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import { textOf } from "../commandLine.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import { enabledByTools } from "../servers/apache.ts";
import { readMatching } from "../servers/files.ts";
import { splitSocketAddress } from "../socketAddress.ts";
import type { Scene, Technology } from "../technology.ts";
import { withoutEntrypoint } from "./phpCommand.ts";

/** The folders of Debian's Apache in which `Listen` may stand (Debian, /etc/apache2/apache2.conf). */
const CONFIGURATION = [
	"/etc/apache2/apache2.conf",
	"/etc/apache2/ports.conf",
	"/etc/apache2/httpd.conf",
	"/etc/apache2/conf-enabled/*.conf",
	"/etc/apache2/mods-enabled/*.conf",
	"/etc/apache2/sites-enabled/*.conf",
	// Linked into sites-enabled by the package.
	"/etc/apache2/sites-available/000-default.conf",
];

/** What Debian's ports.conf says as long as nobody changes it. */
const STOCK_PORTS = "Listen 80\n<IfModule ssl_module>\n\tListen 443\n</IfModule>\n";

/**
 * Apache as the official PHP images start it, `apache2-foreground`, and the images built on them: every `Listen` of
 * Debian's configuration; 80 as it comes, and 443 once `a2enmod ssl` has run (docker-library/php, apache2-foreground; Apache,
 * "Binding to Addresses and Ports").
 */
export const phpApache: Technology = {
	name: "php-apache",
	title: "Apache with PHP",
	async command(original, scene) {
		const process = withoutEntrypoint(original);
		if (programName(textOf(process.argv[0]) ?? "") !== "apache2-foreground") return undefined;
		const { modules, files } = await enabledByTools(scene);
		const paths = [...CONFIGURATION, ...files.map((path) => `/etc/apache2/${path}`)];
		return predictApache(process, scene, paths, modules);
	},
};

async function predictApache(process: Process, scene: Scene, paths: readonly string[], modules: ReadonlySet<string>): Promise<Prediction> {
	const found: Prediction[] = [];
	const gaps: Gap[] = [];
	const variables = new Map<string, Value>(process.environment);
	const seen = new Set<string>();
	for (const path of paths) {
		const { files, hidden } = await readMatching(scene.files, "/", path);
		const isPorts = path.endsWith("/ports.conf");
		// What RUN steps change elsewhere is the document root and the like.
		if (isPorts) gaps.push(...hidden.map((reason) => ({ reason })));
		if (isPorts && files.length === 0 && hidden.length === 0)
			for (const port of modules.has("ssl") ? ["80", "443"] : ["80"])
				found.push(listening(process, known(port, ...process.evidence.slice(-1)), true));
		for (const file of files) {
			const key = `${file.uri}:${file.origin.line}`;
			if (seen.has(key)) continue;
			seen.add(key);
			found.push(...listens(process, file, modules, variables));
		}
	}
	return mergePredictions([...found, { listeners: [], gaps }]);
}

/** The `Listen` directives of one file; `Define` gives names to values, `<IfModule>` of a module that is off hides what it holds. */
function listens(process: Process, file: TextFile, modules: ReadonlySet<string>, variables: Map<string, Value>): Prediction[] {
	const found: Prediction[] = [];
	const hiding: boolean[] = [];
	const stock = file.text.trim() === STOCK_PORTS.trim();
	for (const line of file.text.matchAll(/^[ \t]*(<\/?IfModule|Listen|Define)\b[ \t]*([^\r\n>]*)/gim)) {
		const [, directive = "", rest = ""] = line;
		const words = rest.trim().split(/\s+/);
		switch (directive.toLowerCase()) {
			case "<ifmodule":
				hiding.push(isOff(words[0] ?? "", modules));
				break;
			case "</ifmodule":
				hiding.pop();
				break;
			case "define":
				if (words[0] && words[1]) variables.set(words[0], known(words[1]));
				break;
			default: {
				if (hiding.includes(true)) break;
				const start = line.index + line[0].length - line[0].trimStart().length;
				const at = evidenceIn(file, rangeBetween(file.text, start, line.index + line[0].length), line[0]);
				const word = (words[0] ?? "").replace(/^["']|["']$/g, "");
				const value = concat(
					word.split(/(\$\{\w+\})/).map((part) => {
						const name = /^\$\{(\w+)\}$/.exec(part)?.[1];
						return name === undefined ? known(part, at) : (variables.get(name) ?? lookUp(process.environment, name, at));
					}),
				);
				found.push(listening(process, value, stock));
			}
		}
	}
	return found;
}

/** Modules that the official images do not load unless asked to. */
function isOff(condition: string, modules: ReadonlySet<string>): boolean {
	const negated = condition.startsWith("!");
	const name = condition.replace(/^!/, "").replace(/^mod_|\.c$|_module$/g, "");
	const off = ["ssl", "gnutls"].includes(name) && !modules.has(name);
	return negated ? !off : off;
}

function listening(process: Process, written: Value, byConvention: boolean): Prediction {
	const socket = splitSocketAddress(written);
	if (socket === "nothing") return { listeners: [], gaps: [] };
	return predictClaim({ ...socket, byConvention, anyAddress: "::", evidence: process.evidence });
}
