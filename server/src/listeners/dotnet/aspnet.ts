import { t } from "../../model/message.ts";
import type { Gap, Prediction } from "../../model/port.ts";
import { type Evidence, evidenceIn, rangeBetween } from "../../model/text.ts";
import type { Environment, Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import { mergePredictions } from "../listener.ts";
import { predictCalls } from "../program.ts";
import type { Scene, Technology } from "../technology.ts";
import { readDotnet } from "./command.ts";
import { readConfiguration } from "./configuration.ts";
import { KESTREL_CALLS, predictKestrel } from "./kestrel.ts";
import { launchEnvironment } from "./launchProfile.ts";
import { strangePackages } from "./packages.ts";
import { folderOf, nameOf, type Project, projectIn, projectOf, type Source, sourcesOf } from "./project.ts";
import { SOCKETS } from "./sockets.ts";

/**
 * Programs of .NET. A web application listens where Kestrel is told to (kestrel.ts); a program without a web host listens
 * only where its own source opens a socket (sockets.ts), whatever the base image sets: workers and tools have no ports.
 */
export const aspnet: Technology = { name: "aspnet", title: "ASP.NET Core", command: predictDotnet };

async function predictDotnet(process: Process, scene: Scene): Promise<Prediction | undefined> {
	const command = readDotnet(process);
	if (!command) return undefined;
	if (command.kind === "tool") return { listeners: [], gaps: [] };
	const { path, args } = command;
	if (command.kind === "project") {
		const project = (await projectIn(scene.files, path)) ?? (await projectFromBuild(path, scene));
		if (!project) return unclear(t("the project to run is not in the image"), process);
		const environment = await launchEnvironment(project, command.profile, process.environment);
		return predictProject(process, project, scene, args, environment, folderOf(path));
	}
	const isAssembly = /\.(dll|exe)$/i.test(path);
	const build = await scene.buildOf(path);
	const builds = build.commands.some(({ argv }) => argv[0]?.kind === "known" && /(^|\/)dotnet$/.test(argv[0].text));
	if (!isAssembly && !builds) return undefined;
	const assembly = nameOf(path).replace(/\.(dll|exe)$/i, "");
	const project = await projectOf(assembly, build);
	if (!project) return predictUnseen(process, args, nameOf(path));
	return predictProject(process, project, scene, args, process.environment, folderOf(path));
}

/**
 * A program whose project is not in sight. Addresses for a web server in the command or in this image's own ENV say that it is
 * one; those that come with the base image do not.
 */
async function predictUnseen(process: Process, args: readonly Value[], name: string): Promise<Prediction> {
	const own = [...process.environment].filter(([, value]) => value.kind !== "known" || value.from.every((at) => !/^FROM\b/i.test(at.text)));
	const configuration = await readConfiguration(new Map(own), args, []);
	if (!["urls", "http_ports"].some((key) => configuration.get(key))) return unclear(t("the project of {0} is not found", name), process);
	const prediction = predictKestrel({ calls: [], configuration, minimal: true, evidence: process.evidence });
	return {
		...prediction,
		listeners: prediction.listeners.map((one) => (one.certainty === "certain" ? { ...one, certainty: "default" } : one)),
	};
}

async function projectFromBuild(path: string, scene: Scene): Promise<Project | undefined> {
	const { copiedFrom } = await scene.buildOf(path);
	return copiedFrom && projectIn(copiedFrom.files, copiedFrom.path);
}

/** What makes a program a web application (ASP.NET Core, ".NET Generic Host in ASP.NET Core", "WebApplication and WebApplicationBuilder"). */
const WEB_HOST = /\bWebApplication\s*\.|\bConfigureWebHost(Defaults)?\s*\(|\bWebHost\s*\.|\bWebHostBuilder\b|\.UseKestrel\s*\(/;
const OTHER_HOST = /\bHost\s*\.\s*Create|\bHostBuilder\b/;
const WEB_SDK = /Sdk\s*=\s*"Microsoft\.NET\.Sdk\.Web\b/i;

/** Source worth parsing: what may bind a port, and what holds the values for it. */
const BINDS =
	/\bUseUrls\b|\bUseSetting\b|\bListen(AnyIP|Localhost)?\s*\(|\bUrls\s*\.\s*Add|\bAddresses\s*\.\s*Add|\bRun(Async)?\s*\(\s*[^)\s]|Listener\b|\bUdpClient\b|\bSocket\b|\bServerPort\b|MetricServer\b/;

async function predictProject(
	process: Process,
	project: Project,
	scene: Scene,
	args: readonly Value[],
	environment: Environment,
	installed: string,
): Promise<Prediction> {
	const { sources, projects, whole } = await sourcesOf(project);
	const evidence = [...process.evidence, projectEvidence(project)];
	const places = [
		{ files: scene.files, folder: installed },
		{ files: project.files, folder: folderOf(project.path) },
	];
	const configuration = await readConfiguration(environment, args, places);
	const program = await scene.sources.declared("csharp", {
		files: worthParsing(sources),
		environment,
		args,
		setting: (name) => configuration.get(name),
		callees: CALLEES,
		budget: scene.budget,
	});
	const own = predictCalls({ ...process, evidence, environment }, program, new Map(Object.entries(SOCKETS)), nameOf(project.path));
	const web = sources.some(({ file }) => WEB_HOST.test(file.text));
	if (web) {
		const minimal = sources.some(({ file }) => /\bWebApplication\s*\./.test(file.text));
		return mergePredictions([predictKestrel({ calls: program.calls, configuration, minimal, evidence }), own]);
	}
	const gaps: Gap[] = [];
	const at = evidence.at(-1);
	const webReferences = projects.some(
		({ file }) => WEB_SDK.test(file.text) || /Microsoft\.AspNetCore\.App|Include="Microsoft\.AspNetCore"/.test(file.text),
	);
	const mayHost = !whole || sources.length === 0 || (WEB_SDK.test(project.file.text) && webReferences);
	if (mayHost && own.listeners.length === 0) {
		const reason = sources.some(({ file }) => OTHER_HOST.test(file.text))
			? t("how the host is set up is not found")
			: t("the program's source is not whole");
		gaps.push(at ? { reason, evidence: at } : { reason });
	}
	const [strange] = gaps.length === 0 && own.listeners.length === 0 && own.gaps.length === 0 ? strangePackages(projects, sources) : [];
	if (strange !== undefined) {
		const reason = t("nothing is known about the package {0}", strange);
		gaps.push(at ? { reason, evidence: at } : { reason });
	}
	return mergePredictions([own, { listeners: [], gaps }]);
}

const CALLEES: ReadonlySet<string> = new Set([...Object.keys(SOCKETS), ...KESTREL_CALLS]);

/** Files that may bind a port or say which, with those that they name. */
function worthParsing(sources: readonly Source[]): Source[] {
	const csharp = sources.filter(({ path }) => path.endsWith(".cs"));
	const chosen = new Set(csharp.filter(({ path, file }) => BINDS.test(file.text) || /\/(Program|Startup)\.cs$/.test(path)).slice(0, 40));
	const names = new Map(csharp.map((source) => [nameOf(source.path).replace(/\.cs$/, ""), source]));
	for (const { file } of [...chosen])
		for (const [name] of file.text.matchAll(/\b[A-Z]\w+\b/g)) {
			const named = names.get(name);
			if (named && chosen.size < 60) chosen.add(named);
		}
	return [...chosen];
}

function projectEvidence({ file }: Project): Evidence {
	const start = Math.max(0, file.text.search(/<Project\b/));
	const end = file.text.indexOf(">", start) + 1 || start;
	return evidenceIn(file, rangeBetween(file.text, start, end), file.text.slice(start, end));
}

function unclear(reason: string, process: Process): Prediction {
	const at = process.evidence.at(-1);
	return { listeners: [], gaps: [at ? { reason, evidence: at } : { reason }] };
}
