import { t } from "../../model/message.ts";
import { chooseValue } from "../core/branch.ts";
import { folderOf, resolve } from "../core/paths.ts";
import { type Call, each, type Library, NOTHING, plain, type Thing, unclear } from "../core/thing.ts";
import { truthOf } from "../core/truth.ts";
import type { JavaScript } from "./javascript.ts";
import type { Model } from "./libraries.ts";

/** Calls that tell whether a file is there (Node.js, File system: `fs.existsSync`; fs-extra, README). */
export const PRESENCE: Readonly<Record<string, Model>> = Object.fromEntries(
	["fs.existsSync", "graceful-fs.existsSync", "fs-extra.existsSync", "fs-extra.pathExistsSync"].map((name) => [name, exists]),
);

function exists(js: JavaScript, call: Call): Thing {
	return each(call.positional[0] ?? NOTHING, (name) => {
		const held = isThere(js, name);
		return held === undefined ? unclear(t("a file that may come with a volume"), call.at) : plain(held);
	});
}

/**
 * Whether a file is there when the program starts: what this build puts there is, and beside the program nothing else is. Elsewhere
 * it may come with the base image or a volume.
 */
function isThere(js: JavaScript, name: Thing): boolean | undefined {
	if (name.kind !== "plain") return undefined;
	const { cwd } = js.run.start;
	const path = resolve(cwd, String(name.value));
	const { kind } = js.run.shelf.look(path);
	if (kind === "file" || kind === "folder") return true;
	if (kind === "absent" && CERTIFICATE.test(path)) return false;
	const folder = folderOf(path);
	const program = js.main?.fields.get("filename");
	const own = program?.kind === "plain" ? folderOf(String(program.value)) : cwd;
	const isBeside = [cwd, own].some((one) => one.length > 1 && (folder === one || folder.startsWith(`${one}/`)));
	const isMade = folder === cwd || js.run.shelf.look(folder).kind === "folder";
	return kind === "absent" && isBeside && isMade ? false : undefined;
}

/** Base images hold the certificates of authorities, and no server's own key or certificate. */
const CERTIFICATE = /\.(?:key|pem|crt|cert|cer|pfx|p12)$/i;

/** Asks about a file whose promise is kept only when it is there. */
const ASKS = /^(?:fs|fs\.promises|fs\/promises|fs-extra)\.(?:stat|lstat|access)\(\)$/;

/** What follows a promise about a file: `stat(path).then(next)`; undefined for other promises. */
export function afterAsking(js: JavaScript, promise: Library, args: readonly Thing[], next: () => Thing): Thing | undefined {
	if (!ASKS.test(promise.origin)) return undefined;
	const held = truthOf(args[0] ?? NOTHING, (name) => isThere(js, name));
	return chooseValue(js.run, held, next, () => NOTHING);
}
