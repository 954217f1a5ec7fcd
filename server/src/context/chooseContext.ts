import { URI, Utils } from "vscode-uri";
import type { Dockerfile, Instruction } from "../dockerfile/dockerfile.ts";
import type { Step } from "../dockerfile/walk.ts";
import type { BuildContext } from "./buildContext.ts";
import { type Copy, readCopy } from "./copies.ts";
import { expandGlob } from "./glob.ts";

/**
 * The folder that this Dockerfile is built in when nobody says: the nearest of its own folder and the folders above,
 * up to the workspace's root, in which every COPY and ADD source exists; else the one that has most of them. Where a build tool
 * runs, a folder without a project is not what `COPY . .` means: `packaging/Dockerfile` is built in a folder above. Where no source
 * exists anywhere, a build makes them first (`COPY target/app.jar`): it runs in the nearest folder with a project.
 */
export async function chooseContext(
	open: (uri: string) => Promise<BuildContext>,
	dockerfile: Dockerfile,
	steps: readonly Step[],
	roots: readonly string[],
): Promise<BuildContext> {
	const sources = contextSources(dockerfile, steps);
	const builds = steps.some(({ instruction }) => instruction.keyword === "RUN" && runsBuild(instruction));
	let best: { context: BuildContext; found: number } | undefined;
	let project: BuildContext | undefined;
	for (const uri of candidates(dockerfile.uri, roots)) {
		const context = await open(uri);
		let found = 0;
		for (const source of sources) {
			const isThere = isWhole(source) && builds ? await holdsProject(context) : (await expandGlob(context, source)).length > 0;
			if (isThere) found++;
		}
		if (!best || found > best.found) best = { context, found };
		if (found === sources.length) break;
		if (found === 0 && !project && (await context.unfiltered.names("")).some((name) => MANIFEST.test(name))) project = context;
	}
	if (best?.found === 0 && sources.length > 0 && project) return project;
	return best?.context ?? open(Utils.dirname(URI.parse(dockerfile.uri)).toString());
}

/** The Dockerfile's folder, then each folder above it, as long as it lies in a root. */
function candidates(dockerfileUri: string, roots: readonly string[]): readonly string[] {
	// A document that was never saved lies nowhere: it will be built in the workspace.
	if (dockerfileUri.startsWith("untitled:")) return roots;
	const found: string[] = [];
	for (let uri = Utils.dirname(URI.parse(dockerfileUri)); found.at(-1) !== uri.toString(); uri = Utils.dirname(uri)) {
		found.push(uri.toString());
		// The root of a disk has a slash at its end, other roots have none.
		if (!roots.some((root) => uri.toString() !== root && uri.toString().startsWith(root.endsWith("/") ? root : `${root}/`))) break;
	}
	return found;
}

function contextSources(dockerfile: Dockerfile, steps: readonly Step[]): string[] {
	const copies = steps
		.filter(({ instruction }) => instruction.keyword === "COPY" || instruction.keyword === "ADD")
		.flatMap((step) => readCopy(dockerfile, step) ?? []);
	const sources = copies.flatMap((copy) => copy.sources.flatMap((source) => (source.kind === "context" ? [source.path] : [])));
	return [...sources, ...foldersBuiltIn(copies, steps)];
}

/** Folders of the context in which a build tool runs: `src/Api` of `COPY . /app`, `WORKDIR /app/src/Api`, `RUN dotnet publish`. */
function foldersBuiltIn(copies: readonly Copy[], steps: readonly Step[]): string[] {
	const folders = new Set<string>();
	for (const { target, sources, instruction } of copies) {
		if (!sources.some((source) => source.kind === "context" && isWhole(source.path))) continue;
		const prefix = target.endsWith("/") ? target : `${target}/`;
		for (const step of steps.slice(steps.findIndex((one) => one.instruction === instruction)))
			if (step.instruction.keyword === "RUN" && step.workdir.startsWith(prefix) && buildsProject(step.instruction.args.text))
				folders.add(step.workdir.slice(prefix.length).replace(/\/$/, ""));
	}
	return [...folders].filter(Boolean);
}

const buildRuns = new WeakMap<Instruction, boolean>();

function runsBuild(run: Instruction): boolean {
	const texts = () => [run.args, ...run.heredocs.map(({ body }) => body)];
	const known = buildRuns.get(run) ?? texts().some(({ text }) => buildsProject(text));
	buildRuns.set(run, known);
	return known;
}

function isWhole(source: string): boolean {
	return source === "" || source === ".";
}

const BUILD =
	/(?:^|&&|\|\||;|\n)\s*(?:\w+=\S*\s+)*(?:go\s+(?:build|install|mod)|make|cargo\s+\w+|npm\s+(?:ci|i|install|run)|yarn|pnpm\s+(?:i|install|run|build)|bun\s+(?:i|install|run|build)|(?:\S*\/)?(?:mvnw?|gradlew?)|dotnet\s+\w+|mix\s+\w+|bundle\s+install|composer\s+install|(?:\S*\/)?(?:python3?\s+-m\s+)?pip3?\s+install\s+(?:-\S+\s+)*(?:-r|-e|\.)|poetry\s+install|uv\s+sync)(?:\s|$)/;

/** Whether a text builds the project of the folder that it runs in. */
function buildsProject(text: string): boolean {
	return BUILD.test(text.replace(/npm\s+(?:ci|i|install|run)\s+(?:-g|--global)/g, ""));
}

/** A manifest or a source file, in the folder itself or one level below. */
async function holdsProject(context: BuildContext): Promise<boolean> {
	const names = await context.names("");
	if (names.some((name) => PROJECT.test(name))) return true;
	for (const name of names.slice(0, MOST_FOLDERS)) if ((await context.names(name)).some((inside) => PROJECT.test(inside))) return true;
	return false;
}

const MOST_FOLDERS = 100;

const MANIFEST =
	/^(?:go\.mod|package\.json|Cargo\.toml|pom\.xml|Gemfile|composer\.json|pyproject\.toml|mix\.exs|build\.gradle(?:\.kts)?|build\.sbt|.*\.(?:csproj|fsproj|sln|slnx))$/;

const PROJECT =
	/^(?:go\.mod|package\.json|deno\.jsonc?|Cargo\.toml|pom\.xml|Gemfile|composer\.json|pyproject\.toml|requirements\.txt|mix\.exs|[Mm]akefile|CMakeLists\.txt|build\.gradle(?:\.kts)?|build\.sbt|.*\.(?:go|[cm]?[jt]sx?|rs|py|rb|php|java|kt|cs|fs|csproj|fsproj|sln|c|cc|cpp|ex|exs|html))$/;
