import { URI, Utils } from "vscode-uri";
import type { TextFile } from "../../model/text.ts";
import type { NamedBuild } from "./skaffold.ts";

/** `docker build`, also of buildx and Podman, up to the end of the command. */
const COMMAND = /\b(?:docker|podman)[ \t]+(?:buildx[ \t]+)?build[ \t]+([^\n;&|]*)/g;
/** Flags without a value of their own. */
const SWITCH = /^(?:--(?:no-cache|pull|push|load|quiet|rm|force-rm|squash)|-q)$|^--[\w-]+=/;

/**
 * The plain `docker build -t NAME` commands of a Makefile, whose paths start at its folder. Commands whose name, context or Dockerfile
 * hangs on a variable, and those of other folders, are left out; a tag may hang on one.
 */
export function makefileBuilds(file: TextFile): readonly NamedBuild[] {
	const folder = Utils.dirname(URI.parse(file.uri));
	// Joined lines keep their length, so that offsets stay.
	const text = file.text.replace(/\\\r?\n/g, (end) => " ".repeat(end.length));
	return [...text.matchAll(COMMAND)].flatMap((command): NamedBuild[] => {
		const line = text.slice(text.lastIndexOf("\n", command.index) + 1, command.index);
		if (/\bcd[ \t]/.test(line) || line.includes("#")) return [];
		const read = readCommand((command[1] ?? "").trim().split(/\s+/));
		if (!read) return [];
		const context = Utils.resolvePath(folder, read.context);
		const dockerfile = read.file === undefined ? Utils.joinPath(context, "Dockerfile") : Utils.resolvePath(folder, read.file);
		const place = { file, start: command.index, end: command.index + command[0].length };
		const args = new Map<string, string>();
		const build = { place, context: context.toString().replace(/(?<=[^/])\/$/, ""), dockerfile: dockerfile.toString(), args };
		return read.images.map((image) => ({ image, build: { ...build, ...(read.target === undefined ? {} : { target: read.target }) } }));
	});
}

interface BuildCommand {
	readonly images: readonly string[];
	readonly context: string;
	readonly file?: string;
	readonly target?: string;
}

function readCommand(words: readonly string[]): BuildCommand | undefined {
	const images: string[] = [];
	const positional: string[] = [];
	let file: string | undefined;
	let target: string | undefined;
	for (let i = 0; i < words.length; i++) {
		const word = words[i] ?? "";
		const [flag = "", joined] = /^(?:-t|-f|--tag|--file|--target)=/.test(word) ? splitAt(word, "=") : [word];
		const value = () => joined ?? words[++i] ?? "";
		if (flag === "-t" || flag === "--tag") images.push(value());
		else if (flag === "-f" || flag === "--file") file = value();
		else if (flag === "--target") target = value();
		else if (SWITCH.test(word)) continue;
		else if (word.startsWith("-")) i++;
		else positional.push(word);
	}
	const [context, ...more] = positional;
	// The tag may hang on a variable, the name may not.
	const plain = images.map((image) => image.replace(/:[^/]*$/, "")).filter((image) => /^[\w./-]+(?::\d+)?[\w./-]*$/.test(image));
	const isPlain = [context, file, target].every((one) => one === undefined || /^[\w./-]+$/.test(one));
	if (context === undefined || more.length > 0 || plain.length === 0 || !isPlain) return undefined;
	return { images: plain, context, ...(file === undefined ? {} : { file }), ...(target === undefined ? {} : { target }) };
}

function splitAt(text: string, mark: string): readonly [string, string] {
	const at = text.indexOf(mark);
	return [text.slice(0, at), text.slice(at + mark.length)];
}
