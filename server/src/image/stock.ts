import type { Stock, StockFiles } from "../context/stock.ts";
import { type Dockerfile, evidenceOf, type Instruction } from "../dockerfile/dockerfile.ts";
import type { Evidence } from "../model/text.ts";
import records from "./packages.json" with { type: "json" };
import type { StageImage } from "./stageImage.ts";

/** One entry of packages.json: the configuration that a distribution's package comes with, as far as it decides ports. */
interface PackageRecord {
	readonly name: string;
	/** Names of packages that bring the same files, as a regular expression. */
	readonly alike?: string;
	/** Package managers: `apk`, `apt`, `dnf`. */
	readonly managers: readonly string[];
	/** A word of the RUN step that tells this package from others of its name: the address of its repository. */
	readonly repository?: string;
	/** By path; an array holds the lines of a text. */
	readonly files: Readonly<Record<string, readonly string[]>>;
	readonly source: string;
}

/** How each package manager is asked to install. */
const INSTALLS: Readonly<Record<string, RegExp>> = {
	apk: /\bapk\b[^;&|]*\badd\b/,
	apt: /\bapt(?:-get|itude)?\b[^;&|]*\binstall\b/,
	dnf: /\b(?:micro)?dnf\b[^;&|]*\binstall\b|\byum\b[^;&|]*\binstall\b|\btdnf\b[^;&|]*\binstall\b/,
};

/** The known files of a stage that come with its base image and its packages. */
export function stockOf(dockerfile: Dockerfile, image: StageImage): Stock {
	const kept = new Map<Instruction, StockFiles>();
	return {
		// A stage that starts from another one has its base below that one.
		...(image.base.kind === "known" && !image.parent
			? { base: textsOf(image.base.image.files, evidenceOf(dockerfile, image.stage.from)) }
			: {}),
		installedBy(run) {
			const files = kept.get(run) ?? installedBy(dockerfile, run);
			kept.set(run, files);
			return files;
		},
	};
}

function installedBy(dockerfile: Dockerfile, run: Instruction): StockFiles {
	const text = [run.args.text, ...run.heredocs.map((heredoc) => heredoc.body.text)].join("\n");
	const managers = Object.keys(INSTALLS).filter((manager) => INSTALLS[manager]?.test(text));
	if (managers.length === 0) return new Map();
	const words = new Set(
		installing(text, managers)
			.split(/[\s"';&|()[\],\\]+/)
			.map((word) => word.replace(/(?<=.)[=<>~@].*$/, "")),
	);
	const files = new Map<string, string>();
	const installed = (records as unknown as readonly PackageRecord[]).filter(
		(record) =>
			isAmong(record, words) &&
			record.managers.some((manager) => managers.includes(manager)) &&
			(record.repository === undefined || text.includes(record.repository)),
	);
	for (const record of installed) {
		// A package of its makers' repository takes the place of the distribution's.
		if (record.repository === undefined && installed.some((other) => other.name === record.name && other.repository !== undefined))
			continue;
		for (const [path, lines] of Object.entries(record.files)) files.set(path, `${lines.join("\n")}\n`);
	}
	return textsOf(files, evidenceOf(dockerfile, run));
}

/** The commands that install; the whole text where they name packages by variables. */
function installing(text: string, managers: readonly string[]): string {
	const commands = text
		.replace(/\\\r?\n(?:\s*#[^\n]*\n)*/g, " ")
		.split(/[;&|\n]+/)
		.filter((command) => managers.some((manager) => INSTALLS[manager]?.test(command)));
	return commands.length === 0 || commands.some((command) => command.includes("$")) ? text : commands.join("\n");
}

function isAmong({ name, alike }: PackageRecord, words: ReadonlySet<string>): boolean {
	if (words.has(name)) return true;
	const pattern = alike === undefined ? undefined : new RegExp(`^(?:${alike})$`);
	return pattern !== undefined && [...words].some((word) => pattern.test(word));
}

function textsOf(files: ReadonlyMap<string, string>, standsFor: Evidence): StockFiles {
	return new Map([...files].map(([path, text]) => [path, { uri: standsFor.uri, text, origin: standsFor.range.start, standsFor }]));
}
