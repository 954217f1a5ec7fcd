import type { Prediction } from "../../model/port.ts";
import { known, likelyText, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import type { Scene } from "../technology.ts";
import { absolute, type JavaCommand } from "./command.ts";
import { ANY } from "./framework.ts";
import { readSettings } from "./settings.ts";

/** A program that its makers publish as one archive. */
interface KnownArchive {
	readonly file: RegExp;
	/** The class that it starts with, where the archive is put on a class path. */
	readonly main?: RegExp;
	/** A tool that runs other archives: a project in whose folder it stands has not built it. */
	readonly runner?: true;
	/** A variable with which it is another kind of node, and that value. */
	readonly except?: readonly [variable: string, value: string];
	/** One of the arguments, where the name alone says too little. */
	readonly argument?: RegExp;
	readonly port: string;
	/** Settings that change it, the one that wins first: `-Dname`, `--flag`, `$VARIABLE`. */
	readonly settings: readonly string[];
	readonly source: string;
}

const ARCHIVES: readonly KnownArchive[] = [
	{
		file: /^jenkins\.war$/,
		port: "8080",
		settings: ["--httpPort"],
		source: "https://www.jenkins.io/doc/book/installing/initial-settings/",
	},
	{
		file: /^(sonarqube|sonar-application-[\d.]+)\.jar$/,
		port: "9000",
		settings: ["-Dsonar.web.port", "$SONAR_WEB_PORT"],
		except: ["SONAR_CLUSTER_NODE_TYPE", "search"],
		source: "https://docs.sonarsource.com/sonarqube-server/server-installation/system-properties/common-properties",
	},
	{
		file: /^wiremock(-jre8)?-standalone.*\.jar$/,
		main: /^(?:wiremock\.Run|com\.github\.tomakehurst\.wiremock\.standalone\.WireMockServerRunner)$/,
		port: "8080",
		settings: ["--port"],
		source: "https://wiremock.org/docs/standalone/java-jar/",
	},
	{
		file: /^selenium-server.*\.jar$/,
		argument: /^(standalone|hub|node)$/,
		port: "4444",
		settings: ["--port"],
		source: "https://www.selenium.dev/documentation/grid/configuration/cli_options/",
	},
	{
		file: /^DynamoDBLocal\.jar$/,
		port: "8000",
		settings: ["-port"],
		source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DynamoDBLocal.UsageNotes.html",
	},
	{
		file: /^jetty-runner.*\.jar$/,
		runner: true,
		port: "8080",
		settings: ["--port"],
		source: "https://jetty.org/docs/jetty/9/runner.html",
	},
	{
		file: /^webapp-runner.*\.jar$/,
		runner: true,
		port: "8080",
		settings: ["--port"],
		source: "https://github.com/heroku/webapp-runner#options",
	},
	{ file: /^lavalink.*\.jar$/i, port: "2333", settings: ["-Dserver.port", "$SERVER_PORT"], source: "https://lavalink.dev/configuration/" },
	{
		file: /^payara-micro(-[\w.-]+)?\.jar$|-microbundle\.jar$/,
		port: "8080",
		settings: ["--port"],
		source:
			"https://docs.payara.fish/community/docs/Technical%20Documentation/Payara%20Micro%20Documentation/Payara%20Micro%20Command%20Line%20Options/",
	},
	{
		file: /^sentinel-dashboard.*\.jar$/,
		port: "8080",
		settings: ["-Dserver.port", "$SERVER_PORT"],
		source: "https://sentinelguard.io/en-us/docs/dashboard.html",
	},
	{
		file: /^zipkin(-server)?(-[\d.]+(-exec|-slim)?)?\.jar$/,
		port: "9411",
		settings: ["--server.port", "-Dserver.port", "$QUERY_PORT"],
		source: "https://github.com/openzipkin/zipkin/tree/master/zipkin-server",
	},
	{
		file: /^(bungeecord|waterfall|travertine)[\w.-]*\.jar$/i,
		port: "25577",
		settings: [],
		source: "https://www.spigotmc.org/wiki/bungeecord-configuration-guide/",
	},
	{ file: /^velocity[\w.-]*\.jar$/i, port: "25565", settings: [], source: "https://docs.papermc.io/velocity/configuration" },
	{
		file: /^metabase\.jar$/,
		port: "3000",
		settings: ["$MB_JETTY_PORT"],
		source: "https://www.metabase.com/docs/latest/configuring-metabase/environment-variables#mb_jetty_port",
	},
	{ file: /^gitbucket\.war$/, port: "8080", settings: ["--port", "$GITBUCKET_PORT"], source: "https://github.com/gitbucket/gitbucket" },
	{
		file: /^komga[\w.-]*\.jar$/,
		port: "25600",
		settings: ["--server.port", "-Dserver.port", "$SERVER_PORT"],
		source: "https://komga.org/docs/installation/configuration",
	},
	{ file: /^photon[\w.-]*\.jar$/, port: "2322", settings: ["-listen-port"], source: "https://github.com/komoot/photon" },
	{
		file: /^otp(-shaded)?[\w.-]*\.jar$/,
		argument: /^--(load|serve|buildStreet|build)$/,
		port: "8080",
		settings: ["--port"],
		source: "https://docs.opentripplanner.org/en/latest/Configuration/",
	},
	{
		file: /^tika-server[\w.-]*\.jar$/,
		argument: /^(-h|--host)$/,
		port: "9998",
		settings: ["-p", "--port"],
		source: "https://cwiki.apache.org/confluence/display/TIKA/TikaServer",
	},
];

/** What an archive that its makers built listens on; undefined when nobody knows it. */
export async function predictArchive(
	{ program, args, properties }: JavaCommand,
	process: Process,
	scene: Scene,
): Promise<Prediction | undefined> {
	if (program.kind !== "jar" && program.kind !== "class") return undefined;
	const name = program.kind === "jar" ? program.path.slice(program.path.lastIndexOf("/") + 1) : "";
	const words = args.map((word) => likelyText(word) ?? "");
	if (MINECRAFT.test(name) && (await isMinecraft(name, words, process, scene))) return predictMinecraft(process, scene);
	const archive = ARCHIVES.find(
		({ file, main, argument }) =>
			(program.kind === "class" ? main?.test(program.name) : file.test(name)) &&
			(argument === undefined || words.some((word) => argument.test(word))),
	);
	if (!archive || (archive.except && likelyText(process.environment.get(archive.except[0])) === archive.except[1])) return undefined;
	const given = archive.settings.map((setting) => givenBy(setting, args, properties, process)).find((one) => one !== undefined);
	return predictClaim({
		port: given ?? known(archive.port),
		address: known(ANY),
		anyAddress: ANY,
		byConvention: given === undefined,
		evidence: process.evidence,
	});
}

/** Whether an archive runs others, so that no project of this build is its source. */
export function isRunner({ program }: JavaCommand): boolean {
	return program.kind === "jar" && ARCHIVES.some(({ file, runner }) => runner && file.test(program.path.replace(/^.*\//, "")));
}

function givenBy(setting: string, args: readonly Value[], properties: JavaCommand["properties"], process: Process): Value | undefined {
	if (setting.startsWith("$")) return process.environment.get(setting.slice(1));
	if (setting.startsWith("-D")) return properties.get(setting.slice(2));
	for (const [i, word] of args.entries()) {
		const text = likelyText(word);
		if (text === setting) return args[i + 1];
		if (text?.startsWith(`${setting}=`)) return known(text.slice(setting.length + 1), ...(word.kind === "known" ? word.from : []));
	}
	return undefined;
}

/** The server of Minecraft's makers, and those that others built from it. */
const MINECRAFT =
	/^(minecraft[-_]?server|server|paper(clip)?|spigot|purpur|craftbukkit|folia|forge|fabric-server|mohist|quilt-server)[\w.-]*\.jar$/i;

async function isMinecraft(name: string, words: readonly string[], process: Process, scene: Scene): Promise<boolean> {
	if (
		words.some((word) => /^(--)?nogui$/.test(word)) ||
		/^(paper(clip)?|spigot|purpur|craftbukkit|folia|minecraft[-_]?server)\b/i.test(name)
	)
		return true;
	for (const name of ["eula.txt", "server.properties"])
		if ((await scene.files.look(absolute(process.cwd, name))).kind === "file") return true;
	return false;
}

/** 25565, RCON on 25575 and queries on UDP when they are switched on (minecraft.wiki/w/Server.properties). */
async function predictMinecraft(process: Process, scene: Scene): Promise<Prediction> {
	const read = await scene.files.read(absolute(process.cwd, "server.properties"));
	const at = process.evidence.at(-1);
	if (read.kind === "unknown") return { listeners: [], gaps: [at ? { reason: read.reason, evidence: at } : { reason: read.reason }] };
	const settings = read.kind === "text" ? readSettings(read.file, "server.properties")[0] : undefined;
	const claim = (key: string, byDefault: string, protocol?: "udp"): Prediction => {
		const port = settings?.get(key);
		return predictClaim({
			port: port ?? known(byDefault),
			address: settings?.get("server-ip") ?? known(ANY),
			anyAddress: ANY,
			byConvention: port === undefined,
			evidence: process.evidence,
			...(protocol ? { protocol } : {}),
		});
	};
	const isOn = (key: string): boolean => likelyText(settings?.get(key)) === "true";
	return mergePredictions([
		claim("server-port", "25565"),
		...(isOn("enable-rcon") ? [claim("rcon.port", "25575")] : []),
		...(isOn("enable-query") ? [claim("query.port", "25565", "udp")] : []),
	]);
}
