import { t } from "../../model/message.ts";
import type { TextFile } from "../../model/text.ts";
import { absolute } from "./command.ts";
import type { JvmProgram } from "./framework.ts";

export interface SourceText {
	readonly path: string;
	readonly file: TextFile;
}

/** The source that a program reaches. */
export interface Reached {
	readonly files: readonly SourceText[];
	/** The simple name of the class that starts it. */
	readonly main: string;
}

const MOST_FOLDERS = 400;
const MOST_PATHS = 3_000;
const MOST_FILES = 90;

/**
 * Follows class names from the class that starts: a public class has its file's name. Answers why not, when nobody says which
 * class that is.
 */
export async function reachedSources(program: JvmProgram): Promise<Reached | string> {
	const paths = await sourcePaths(program);
	if (paths.length === 0) return t("the program's source is not in sight");
	const byName = new Map<string, string[]>();
	for (const path of paths) byName.set(nameOf(path), [...(byName.get(nameOf(path)) ?? []), path]);
	const main = mainClass(program) ?? (await onlyMain(program, paths));
	if (main === undefined) return t("the main class is not known");
	const simple = main.replace(/^.*[.$]/, "");
	// Kotlin compiles the functions of Main.kt into MainKt.
	const entries = [simple, simple.replace(/Kt$/, "")].flatMap((name) => byName.get(name) ?? []);
	const entry = entries.find((path) => path.replaceAll("/", ".").includes(`${main.replace(/Kt$/, "")}.`)) ?? entries[0];
	if (entry === undefined) return t("{0} is not among the sources", simple);
	const files: SourceText[] = [];
	const wanted = [entry, ...paths.filter((path) => path !== entry && path.endsWith(".kt") && folderOf(path) === folderOf(entry))];
	const seen = new Set(wanted);
	for (let i = 0; i < wanted.length && files.length < MOST_FILES; ) {
		// A wave of classes is read at once; what they name is the next one.
		const wave = wanted.slice(i, i + MOST_FILES - files.length);
		i += wave.length;
		const reads = await Promise.all(wave.map((path) => program.project.files.read(path)));
		for (const [at, read] of reads.entries()) {
			if (read.kind !== "text") continue;
			files.push({ path: wave[at] ?? "", file: read.file });
			for (const [name] of read.file.text.matchAll(/\b[A-Z]\w+\b/g))
				for (const path of byName.get(name) ?? []) {
					if (seen.has(path)) continue;
					seen.add(path);
					wanted.push(path);
				}
		}
	}
	return { files, main: simple };
}

/** The class that the command, the build file or Vert.x's launcher names. */
function mainClass({ command, project }: JvmProgram): string | undefined {
	const verticle =
		/<(?:main\.verticle|vertx\.verticle)>\s*([^<\s]+)|mainVerticle(?:Name)?\s*=\s*["']([\w.]+)["']|Main-Verticle["'>\s:=to,(]+["']?([\w.]+)/.exec(
			project.text,
		);
	const written =
		/<(?:mainClass|main\.class|start-class|exec\.mainClass)>\s*([\w.$]+)|mainClass(?:Name)?\s*(?:=|\.set\s*\(|\.convention\s*\()?\s*["']([\w.$]+)["']|Main-Class['"]?\s*[:=(to,]*\s*['"]([\w.$]+)['"]|mainClass\s*:=\s*Some\("([\w.$]+)"\)/.exec(
			project.text,
		);
	const fromBuild = written?.slice(1).find(Boolean);
	const name = command.program.kind === "class" ? command.program.name : fromBuild;
	if (name === undefined || /^io\.vertx\.(core\.Launcher|launcher\.)/.test(name))
		return verticle?.slice(1).find(Boolean) ?? (name === undefined ? fromBuild : undefined);
	return name;
}

/** The class of the only file that has a main method. */
async function onlyMain({ project }: JvmProgram, paths: readonly string[]): Promise<string | undefined> {
	if (paths.length > MOST_FILES) return undefined;
	const found: string[] = [];
	for (const path of paths) {
		const read = await project.files.read(path);
		if (
			read.kind === "text" &&
			/\bstatic\s+(final\s+)?void\s+main\s*\(|\bfun\s+main\s*\(|\bdef\s+main\s*\(|\bextends\s+(IO)?App\b/.test(read.file.text)
		)
			found.push(nameOf(path));
	}
	return found.length === 1 ? found[0] : undefined;
}

async function sourcePaths({ project }: JvmProgram): Promise<string[]> {
	const extra = [...project.text.matchAll(/srcDirs?\s*[=(]?\s*\[?\s*['"]([\w./-]+)['"]/g)].map((match) => match[1] ?? "");
	const roots = ["src/main/java", "src/main/kotlin", "src/main/scala", "src/jvmMain/kotlin", "app", ...extra];
	const paths: string[] = [];
	let looked = 0;
	const walk = async (folder: string, depth: number): Promise<void> => {
		if (depth > 14 || ++looked > MOST_FOLDERS || paths.length > MOST_PATHS) return;
		const names = await project.files.list(folder);
		paths.push(...names.filter((name) => /\.(java|kt|scala)$/.test(name)).map((name) => absolute(folder, name)));
		await Promise.all(names.filter((name) => !name.includes(".")).map((name) => walk(absolute(folder, name), depth + 1)));
	};
	await Promise.all(roots.map((root) => walk(absolute(project.folder, root), 0)));
	if (paths.length === 0) await walk(absolute(project.folder, "src"), 0);
	return [...new Set(paths)].sort().filter((path) => !/\/src\/(test|it|jmh)\//.test(path));
}

function nameOf(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
}

function folderOf(path: string): string {
	return path.slice(0, path.lastIndexOf("/"));
}
