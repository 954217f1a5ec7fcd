import { t } from "../../model/message.ts";
import type { Gap, Prediction } from "../../model/port.ts";
import { evidenceIn, isStock, rangeBetween, type TextFile } from "../../model/text.ts";
import { concat, known, lookUp, type Value } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import { openQuestion, predictServer } from "../claims.ts";
import { flagValue, textOf } from "../commandLine.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import { readMatching } from "../servers/files.ts";
import { splitSocketAddress } from "../socketAddress.ts";
import type { Scene, Technology } from "../technology.ts";
import { withoutEntrypoint } from "./phpCommand.ts";

/**
 * PHP-FPM: `listen` of every pool; the last one of the same pool counts (PHP, "FastCGI Process Manager: Configuration").
 * The official images bind 9000 on every interface by zz-docker.conf, Debian's packages a socket, Alpine's 127.0.0.1:9000.
 */
export const phpFpm: Technology = {
	name: "php-fpm",
	title: "PHP-FPM",
	async command(original, scene) {
		const process = withoutEntrypoint(original);
		const name = programName(textOf(process.argv[0]) ?? "");
		const version = /^php-fpm([0-9][0-9.]*)?$/.exec(name);
		if (!version) return undefined;
		if (process.argv.some((word) => /^(-v|--version|-i|--info|-m|-t|--test|-tt|-h|--help)$/.test(textOf(word) ?? "")))
			return { listeners: [], gaps: [] };
		return predictPools(process, scene, version[1]);
	},
};

interface Pool {
	readonly listen: Value;
	readonly byConvention: boolean;
}

async function predictPools(process: Process, scene: Scene, version: string | undefined): Promise<Prediction> {
	const pools = new Map<string, Pool>();
	const gaps: Gap[] = [];
	const given = textOf(flagValue(process.argv.slice(1), ["-y", "--fpm-config"]));
	const packaged = await packagedFolders(scene, version);
	const system = scene.base && SYSTEMS.exec(scene.base.image.reference)?.[1];
	const own = given === undefined && packaged.length === 0 && version === undefined;
	const official = own && system === undefined;
	// Built from source, as the official images are themselves.
	const built = own && !official && (await scene.files.list(OWN_POOLS)).some((name) => name.endsWith(".conf"));
	const main = given ?? (official || built ? "/usr/local/etc/php-fpm.conf" : await alpineConfiguration(scene, version));
	const patterns = official || built ? [`${OWN_POOLS}/*.conf`] : packaged;
	if (main !== undefined) {
		const { files, hidden } = await readMatching(scene.files, process.cwd, main);
		gaps.push(...hidden.map((reason) => ({ reason })));
		for (const file of files) {
			const included = readPools(process, file, pools);
			patterns.splice(0);
			patterns.push(...included.map((path) => (path.startsWith("/") ? path : `/usr/local/${path}`)));
		}
	}
	const byName: (readonly [string, TextFile | undefined])[] = [];
	for (const pattern of patterns) {
		const folder = pattern.replace(/\/[^/]*$/, "");
		const names = /[*?]/.test(pattern)
			? (await scene.files.list(folder)).filter((name) => name.endsWith(".conf"))
			: [pattern.slice(folder.length + 1)];
		for (const name of names) {
			const read = await scene.files.read(`${folder}/${name}`);
			if (read.kind === "text") byName.push([name, read.file]);
			else if (read.kind === "unknown") gaps.push({ reason: read.reason });
		}
		if (official && folder === OWN_POOLS && !names.includes("zz-docker.conf")) byName.push(["zz-docker.conf", undefined]);
	}
	// Includes are read in the order of their names, so that what is copied after zz-docker.conf wins.
	for (const [, file] of byName.sort(([a], [b]) => (a < b ? -1 : 1))) {
		if (file) readPools(process, file, pools);
		else pools.set("www", { listen: known("9000", ...process.evidence.slice(-1)), byConvention: true });
	}
	const found = [...pools.values()].map((pool) => listening(process, pool));
	if (pools.size === 0 && gaps.length === 0)
		// The packages of Debian have a version in the program's name: without one it is another program.
		return version === undefined && /^(debian|ubuntu)$/.test(system ?? "")
			? openQuestion(process, t("the pools of php-fpm are not known"))
			: byDefault(process, version ?? "");
	return mergePredictions([...found, { listeners: [], gaps }]);
}

/** Where a build from source, as the official images', has its pools. */
const OWN_POOLS = "/usr/local/etc/php-fpm.d";

/** Images of a distribution, on which PHP-FPM is a package of it. */
const SYSTEMS = /^(?:docker\.io\/)?(?:library\/)?(alpine|debian|ubuntu)(?::|@|$)/;

/** `/etc/php83/php-fpm.conf` of Alpine's packages, when this build writes it; the one of the program's version counts. */
async function alpineConfiguration(scene: Scene, version: string | undefined): Promise<string | undefined> {
	const names = (await scene.files.list("/etc")).filter((name) => /^php[0-9]+$/.test(name));
	const [only, ...others] = version === undefined ? names : [`php${version}`];
	if (only === undefined || others.length > 0) return undefined;
	const path = `/etc/${only}/php-fpm.conf`;
	return (await scene.files.look(path)).kind === "file" ? path : undefined;
}

/** Alpine names its program `php-fpm83`, Debian `php-fpm8.3`, whose pool listens on a socket. */
function byDefault(process: Process, version: string): Prediction {
	if (version.includes(".")) return { listeners: [], gaps: [] };
	return predictServer(process, { port: undefined, address: undefined }, { port: "9000", address: "127.0.0.1" });
}

/** Where the packages of distributions keep their pools, as far as this build puts something there. */
async function packagedFolders(scene: Scene, version: string | undefined): Promise<string[]> {
	const folders = ["/etc/php-fpm.d"];
	for (const name of await scene.files.list("/etc")) if (/^php[0-9]+$/.test(name)) folders.push(`/etc/${name}/php-fpm.d`);
	for (const name of await scene.files.list("/etc/php")) folders.push(`/etc/php/${name}/fpm/pool.d`);
	const fitting = folders.filter((folder) => version === undefined || /\/(php-fpm\.d)$/.test(folder) || folder.includes(`/${version}/`));
	const present: string[] = [];
	for (const folder of fitting) if ((await scene.files.list(folder)).length > 0) present.push(`${folder}/*.conf`);
	return present;
}

/** Sets the pools of one file; answers what it includes. */
function readPools(process: Process, file: TextFile, pools: Map<string, Pool>): string[] {
	let section = "www";
	const includes: string[] = [];
	for (const line of file.text.matchAll(/^[ \t]*(?:\[([^\]]+)\]|(listen|include)[ \t]*=[ \t]*([^;\r\n]*))/gm)) {
		const [whole, name, key, value = ""] = line;
		if (name !== undefined) section = name;
		else if (key === "include") includes.push(value.trim());
		else {
			const at = evidenceIn(file, rangeBetween(file.text, line.index, line.index + whole.length), whole);
			pools.set(section, {
				listen: expand(process, value.trim().replace(/^"(.*)"$/, "$1"), at),
				byConvention: isStock(file),
			});
		}
	}
	return includes;
}

/** `${NAME}` is a variable of the environment. */
function expand(process: Process, text: string, at: Parameters<typeof known>[1] & object): Value {
	return concat(
		text
			.split(/(\$\{\w+\})/)
			.filter(Boolean)
			.map((part) => {
				const name = /^\$\{(\w+)\}$/.exec(part)?.[1];
				return name === undefined ? known(part, at) : lookUp(process.environment, name, at);
			}),
	);
}

function listening(process: Process, { listen, byConvention }: Pool): Prediction {
	const socket = splitSocketAddress(listen);
	if (socket === "nothing") return { listeners: [], gaps: [] };
	return predictClaim({ ...socket, byConvention, anyAddress: "::", evidence: process.evidence });
}
