import { type Port, type Protocol, parsePort } from "../model/port.ts";
import type { BaseImage, BaseImages } from "./baseImage.ts";
import records from "./baseImages.json" with { type: "json" };
import { parseReference } from "./reference.ts";

/** One entry of baseImages.json: what holds for an image from a version on. */
interface ImageRecord {
	/** Repository without Docker Hub's registry and `library/`; a `*` at the end stands for any rest. */
	readonly name: string;
	/** A word of the tag for which it holds: `apache` of `8.3-apache`; with a `*` at the end, its beginning. */
	readonly tag?: string;
	/** The first version for which it holds, numbers between dots. */
	readonly from: string;
	readonly exposes?: readonly string[];
	readonly environment?: Readonly<Record<string, string>>;
	readonly workdir?: string;
	readonly entrypoint?: readonly string[];
	readonly entrypointRunsArguments?: boolean;
	readonly entrypointProgram?: string;
	readonly entrypointVerbs?: readonly string[];
	readonly cmd?: readonly string[];
	readonly scripts?: Readonly<Record<string, readonly string[]>>;
	readonly listens: readonly { readonly port: string; readonly address: string; readonly variable?: string }[];
	readonly configuredBy?: readonly string[];
	/** Configuration that decides ports, by path; an array holds the lines of a text. */
	readonly files?: Readonly<Record<string, readonly string[]>>;
	readonly source: string;
}

/** The images of baseImages.json. */
export const knownImages: BaseImages = {
	async find(reference) {
		const { version, tag } = parseReference(reference);
		const words = tag.split(/[-._]/);
		const newestFirst = meantBy(reference);
		// A tag without a number (latest, alpine) means the newest. Of an image that is older than all records nothing is known.
		const record = newestFirst.find((one) => version === undefined || isAtLeast(version, one.from));
		if (record === undefined || words.some((word) => word !== record.tag && isForBuilds(word, record))) return undefined;
		return toBaseImage(reference, record);
	},
	async findAny(reference) {
		const [first, second] = meantBy(reference);
		return first && (second === undefined || second.tag !== first.tag) ? knownImages.find(reference) : undefined;
	},
};

/** The records that a name and the words of a tag leave, those for such a word first, the newest first. */
function meantBy(reference: string): readonly ImageRecord[] {
	const { name, tag } = parseReference(reference);
	const words = tag.split(/[-._]/);
	return recordsOf(name)
		.filter((record) => record.tag === undefined || words.some((word) => isLike(word, record.tag ?? "")))
		.sort((a, b) => Number(b.tag !== undefined) - Number(a.tag !== undefined) || compareVersions(b.from, a.from));
}

const RECORDS = new Map<string, ImageRecord[]>();
for (const record of records as unknown as readonly ImageRecord[]) RECORDS.set(record.name, [...(RECORDS.get(record.name) ?? []), record]);
const PATTERNS = [...RECORDS.keys()].filter((name) => name.endsWith("*"));

/**
 * Whether a word of a tag stands for an image to build in or on, which starts something else than a server's own image does. What
 * the triggers of `onbuild` copy and start is another matter for every image.
 */
function isForBuilds(word: string, { listens, entrypointProgram }: ImageRecord): boolean {
	return word === "onbuild" || (FOR_BUILDS.has(word) && (listens.length > 0 || entrypointProgram !== undefined));
}

const FOR_BUILDS: ReadonlySet<string> = new Set(["base", "build", "builder", "sdk"]);

function recordsOf(name: string): readonly ImageRecord[] {
	return RECORDS.get(name) ?? RECORDS.get(PATTERNS.find((pattern) => isLike(name, pattern)) ?? "") ?? [];
}

function isLike(text: string, pattern: string): boolean {
	return pattern.endsWith("*") ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
}

function toBaseImage(reference: string, record: ImageRecord): BaseImage {
	return {
		reference,
		exposed: (record.exposes ?? []).map(toPort),
		environment: new Map(Object.entries(record.environment ?? {})),
		workdir: record.workdir ?? "/",
		entrypoint: record.entrypoint ?? [],
		cmd: record.cmd ?? [],
		entrypointProgram: record.entrypointProgram,
		entrypointVerbs: record.entrypointVerbs ?? [],
		entrypointRunsArguments: record.entrypointRunsArguments ?? false,
		scripts: new Map(Object.entries(record.scripts ?? {})),
		listens: record.listens.map(({ port, address, variable }) => ({ ...toPort(port), address, variable })),
		files: new Map(Object.entries(record.files ?? {}).map(([path, lines]) => [path, `${lines.join("\n")}\n`])),
		configuredBy: record.configuredBy ?? [],
		source: record.source,
	};
}

function toPort(spec: string): Port {
	const [number = "", protocol = "tcp"] = spec.split("/");
	const port = parsePort(number);
	if (port === undefined) throw new Error(`baseImages.json: ${spec} is not a port`);
	return { port, protocol: protocol as Protocol };
}

/** Whether a tag's version is that of a record or a later one: `1` stands for the newest of its kind, `1.27`. */
function isAtLeast(version: string, from: string): boolean {
	const numbers = version.split(".").map(Number);
	for (const [i, least] of from.split(".").map(Number).entries()) {
		const number = numbers[i];
		if (number === undefined || number > least) return true;
		if (number < least) return false;
	}
	return true;
}

function compareVersions(a: string, b: string): number {
	const left = a.split(".").map(Number);
	const right = b.split(".").map(Number);
	for (let i = 0; i < Math.max(left.length, right.length); i++) {
		const difference = (left[i] ?? 0) - (right[i] ?? 0);
		if (difference !== 0) return difference;
	}
	return 0;
}
