import { type Node, parseTree } from "jsonc-parser";
import type { ImageFiles } from "../../context/imageFiles.ts";
import { evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import { type Environment, known, knownText, likelyText, mapText, type Value } from "../../model/value.ts";

/**
 * An application's configuration by key (`Kestrel:Endpoints:Http:Url`), in any case. What wins, first to last: arguments,
 * environment variables, appsettings.{Environment}.json, appsettings.json, DOTNET_ and ASPNETCORE_ variables (ASP.NET Core,
 * "Configuration in ASP.NET Core").
 */
export interface Configuration {
	get(key: string): Value | undefined;
	/** As `get`, without the sources of the host: DOTNET_ and ASPNETCORE_ variables. */
	ofApplication(key: string): Value | undefined;
	/** The names below a key. */
	children(key: string): readonly string[];
}

export async function readConfiguration(
	environment: Environment,
	args: readonly Value[],
	places: readonly { readonly files: ImageFiles; readonly folder: string }[],
): Promise<Configuration> {
	const stage = likelyText(environment.get("ASPNETCORE_ENVIRONMENT") ?? environment.get("DOTNET_ENVIRONMENT")) ?? "Production";
	const settings: Settings[] = [];
	for (const name of [`appsettings.${stage}.json`, "appsettings.json"]) {
		for (const { files, folder } of places) {
			const read = await files.read(folder === "/" ? `/${name}` : `${folder}/${name}`);
			if (read.kind !== "text") continue;
			settings.push(readSettings(read.file));
			break;
		}
	}
	const given = readArguments(args);
	const ofEnvironment = (prefix: string): Settings =>
		new Map(
			[...environment]
				.filter(([name]) => name.toLowerCase().startsWith(prefix.toLowerCase()))
				.map(([name, value]) => [name.slice(prefix.length).replaceAll("__", ":").toLowerCase(), value]),
		);
	const application = [given, ofEnvironment(""), ...settings];
	const all = [...application, ofEnvironment("DOTNET_"), ofEnvironment("ASPNETCORE_")];
	const find = (sources: readonly Settings[], key: string) =>
		sources.map((one) => one.get(key.toLowerCase())).find((one) => one !== undefined);
	return {
		get: (key) => find(all, key),
		ofApplication: (key) => find(application, key),
		children(key) {
			const prefix = `${key.toLowerCase()}:`;
			const names = all.flatMap((one) => [...one.keys()].filter((name) => name.startsWith(prefix)));
			return [...new Set(names.map((name) => name.slice(prefix.length).split(":")[0] ?? ""))];
		},
	};
}

type Settings = ReadonlyMap<string, Value>;

function readSettings(file: TextFile): Settings {
	const settings = new Map<string, Value>();
	const visit = (node: Node, path: string, depth: number): void => {
		if (depth > 20) return;
		if (node.type === "object") {
			for (const property of node.children ?? []) {
				const [key, value] = property.children ?? [];
				if (key && value) visit(value, path === "" ? String(key.value) : `${path}:${key.value}`, depth + 1);
			}
		} else if (node.type === "array")
			(node.children ?? []).forEach((one, i) => {
				visit(one, `${path}:${i}`, depth + 1);
			});
		else if (node.type !== "null") {
			const start = node.parent?.type === "property" ? node.parent.offset : node.offset;
			const end = node.offset + node.length;
			settings.set(
				path.toLowerCase(),
				known(String(node.value), evidenceIn(file, rangeBetween(file.text, start, end), file.text.slice(start, end))),
			);
		}
	};
	const tree = parseTree(file.text.replace(/^\uFEFF/, " "));
	if (tree) visit(tree, "", 0);
	return settings;
}

/** `--urls=http://*:80`, `--urls http://*:80`, `/urls http://*:80`, `urls=http://*:80` ("Command-line arguments"). */
function readArguments(args: readonly Value[]): Settings {
	const settings = new Map<string, Value>();
	for (let i = 0; i < args.length; i++) {
		const arg = args[i];
		const text = arg && (knownText(arg) ?? likelyText(arg));
		if (!arg || text === undefined) continue;
		const attached = /^(?:--|\/)?([\w:.-]+)=/.exec(text);
		const flag = /^(?:--|\/)([\w:.-]+)$/.exec(text);
		if (attached?.[1] !== undefined) settings.set(attached[1].toLowerCase(), cut(arg, attached[0].length));
		else if (flag?.[1] !== undefined && args[i + 1] !== undefined && !/^--/.test(knownText(args[i + 1]) ?? ""))
			settings.set(flag[1].toLowerCase(), args[++i] as Value);
	}
	return settings;
}

function cut(value: Value, length: number): Value {
	return mapText(value, (text, from) => known(text.slice(length), ...from));
}
