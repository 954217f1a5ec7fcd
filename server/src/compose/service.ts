import { URI } from "vscode-uri";
import { type ConfigMap, type ConfigNode, type ConfigScalar, child, entryOf, evidenceAt, type Place } from "../config/node.ts";
import { resolveUri } from "../context/resolveUri.ts";
import { t } from "../model/message.ts";
import type { TextFile } from "../model/text.ts";
import { known, likelyText, type Value } from "../model/value.ts";
import { commandWords } from "./commandWords.ts";
import { interpolate, type Variables } from "./interpolate.ts";
import { readExposes, readPorts, type ServiceExpose, type ServicePort } from "./ports.ts";

/** A service of a compose project, everything that decides what its container listens on and who reaches it. */
export interface Service {
	readonly name: string;
	/** Where its name stands. */
	readonly place: Place;
	/** Absent when the service starts an image that is not built here. */
	readonly build?: ServiceBuild;
	readonly image?: { readonly value: Value; readonly place: Place };
	/** Absent: the image's own. Empty: none. */
	readonly entrypoint?: ServiceCommand;
	readonly command?: ServiceCommand;
	/** Of `environment`; `NAME` without a value is a variable of the machine that starts the project. */
	readonly environment: ReadonlyMap<string, Value>;
	/** URIs of env files, in order: a later one wins, `environment` wins over all. */
	readonly envFiles: readonly EnvFile[];
	readonly workdir?: Value;
	readonly ports: readonly ServicePort[];
	readonly exposes: readonly ServiceExpose[];
	/** `host`, `none`, `service:NAME`, `container:NAME`; absent for a network of its own. */
	readonly networkMode?: string;
	readonly profiles: readonly string[];
	/** Folders and files of this machine that stand in the container instead of the image's. */
	readonly mounts: readonly Mount[];
	/** Copies of the container: two cannot share a host's port. */
	readonly replicas: number;
}

export interface ServiceCommand {
	readonly words: readonly Value[];
	readonly place: Place;
}

export interface ServiceBuild {
	readonly place: Place;
	/** URI of the folder; absent when it lies elsewhere (a Git URL), which `reason` says. */
	readonly context?: string;
	/** URI of the Dockerfile; absent with `inline`. */
	readonly dockerfile?: string;
	/** `dockerfile_inline`. */
	readonly inline?: TextFile;
	readonly target?: string;
	readonly args: ReadonlyMap<string, string>;
	readonly reason?: string;
}

export interface EnvFile {
	readonly uri: string;
	readonly place: Place;
	/** Whether compose refuses to start without it. */
	readonly required: boolean;
}

export interface Mount {
	/** URI of the file or folder on this machine; absent for volumes and temporary file systems, whose content is not known. */
	readonly source?: string;
	/** Absolute path in the container. */
	readonly target: string;
	readonly place: Place;
}

/** Where relative paths start that are written in the compose file at a URI. */
export type Folders = (uri: string) => URI;

/** Reads a service whose files were merged; see `normalizeService`. */
export function readService(name: string, place: Place, node: ConfigMap, variables: Variables, folders: Folders): Service {
	const text = (at: ConfigNode | undefined) =>
		at?.kind === "scalar" && !at.isNull ? interpolate(at.text, variables, at.place) : undefined;
	const command = (field: string): ServiceCommand | undefined => {
		const entry = entryOf(node, field);
		const words = commandWords(entry?.value, variables);
		return entry && words ? { words, place: entry.value.place } : undefined;
	};
	const [entrypoint, start] = [command("entrypoint"), command("command")];
	const image = child(node, "image");
	const imageValue = text(image);
	const build = readBuild(child(node, "build"), variables, folders);
	const workdir = text(child(node, "working_dir"));
	const networkMode = likelyText(text(child(node, "network_mode")));
	const replicas = Number(likelyText(text(child(node, "deploy", "replicas")) ?? text(child(node, "scale"))) ?? 1);
	return {
		name,
		place,
		...(build ? { build } : {}),
		...(image && imageValue ? { image: { value: imageValue, place: image.place } } : {}),
		...(entrypoint ? { entrypoint } : {}),
		...(start ? { command: start } : {}),
		environment: readEnvironment(child(node, "environment"), variables),
		envFiles: items(child(node, "env_file")).flatMap((item) => readEnvFile(item, variables, folders)),
		...(workdir ? { workdir } : {}),
		ports: readPorts(child(node, "ports"), variables),
		exposes: readExposes(child(node, "expose"), variables),
		...(networkMode ? { networkMode } : {}),
		profiles: items(child(node, "profiles")).flatMap((item) => likelyText(text(item)) ?? []),
		mounts: [
			...items(child(node, "volumes")).flatMap((item) => readMount(item, variables, folders)),
			...items(child(node, "tmpfs")).flatMap((item) =>
				item.kind === "scalar" ? [{ target: item.text.split(":")[0] ?? "", place: item.place }] : [],
			),
		],
		replicas: Number.isInteger(replicas) && replicas >= 0 ? replicas : 1,
	};
}

function items(node: ConfigNode | undefined): readonly ConfigNode[] {
	if (node?.kind === "list") return node.items;
	return node?.kind === "scalar" && !node.isNull ? [node] : [];
}

/** Undefined for paths that only the machine's shell knows, such as `~/x`. */
function pathFrom(folder: URI, path: string): string | undefined {
	if (path.startsWith("~")) return undefined;
	return resolveUri(folder, path).replace(/(?<=[^/])\/$/, "");
}

function readBuild(node: ConfigNode | undefined, variables: Variables, folders: Folders): ServiceBuild | undefined {
	if (node?.kind !== "map") return undefined;
	const field = (name: string) => {
		const at = child(node, name);
		return at?.kind === "scalar" && !at.isNull ? { at, value: interpolate(at.text, variables, at.place) } : undefined;
	};
	const { place } = node;
	const context = field("context");
	const path = context ? likelyText(context.value) : ".";
	const args = new Map<string, string>();
	const written = child(node, "args");
	if (written?.kind === "map") {
		for (const [name, { value }] of written.entries) {
			const known = value.kind === "scalar" && !value.isNull ? likelyText(interpolate(value.text, variables, value.place)) : undefined;
			if (known !== undefined) args.set(name, known);
		}
	}
	const target = likelyText(field("target")?.value);
	const common = { place, args, ...(target ? { target } : {}) };
	if (path === undefined) return { ...common, reason: t("the build context hangs on a variable") };
	if (/^(?:[a-z+]+:\/\/|git@|github\.com\/)/i.test(path)) return { ...common, reason: t("the build context is not on this machine") };
	const folder = pathFrom(folders((context?.at ?? node).place.file.uri), path);
	if (folder === undefined) return { ...common, reason: t("the build context is not on this machine") };
	const inline = field("dockerfile_inline");
	if (inline) return { ...common, context: folder, inline: inlineText(inline.at) };
	const dockerfile = field("dockerfile");
	const name = dockerfile ? likelyText(dockerfile.value) : "Dockerfile";
	if (name === undefined) return { ...common, context: folder, reason: t("the Dockerfile's name hangs on a variable") };
	const uri = pathFrom(URI.parse(folder), name);
	return { ...common, context: folder, ...(uri ? { dockerfile: uri } : {}) };
}

/** A Dockerfile within a compose file: what stands in it is pointed at as a whole, because blocks lose their indentation. */
function inlineText(node: ConfigScalar): TextFile {
	return { uri: node.place.file.uri, text: node.text, origin: { line: 0, character: 0 }, standsFor: evidenceAt(node.place) };
}

function readEnvironment(node: ConfigNode | undefined, variables: Variables): ReadonlyMap<string, Value> {
	const environment = new Map<string, Value>();
	if (node?.kind !== "map") return environment;
	for (const [name, { key, value }] of node.entries) {
		if (value.kind !== "scalar") continue;
		if (value.isNull) environment.set(name, variables(key.file.uri).get(name) ?? { kind: "variable", name, from: [evidenceAt(key)] });
		else {
			const place = { ...value.place, start: Math.min(key.start, value.place.start) };
			// An empty value is one: it sets the variable to nothing.
			environment.set(name, value.text === "" ? known("", evidenceAt(place)) : interpolate(value.text, variables, place));
		}
	}
	return environment;
}

function readEnvFile(node: ConfigNode, variables: Variables, folders: Folders): EnvFile[] {
	const path = node.kind === "scalar" ? node : child(node, "path");
	const required = child(node, "required");
	const text = path?.kind === "scalar" ? likelyText(interpolate(path.text, variables, path.place)) : undefined;
	const uri = path && text ? pathFrom(folders(path.place.file.uri), text) : undefined;
	return uri ? [{ uri, place: node.place, required: !(required?.kind === "scalar" && required.text === "false") }] : [];
}

/** `SOURCE:TARGET[:MODE]`, `TARGET`, or the long form; only paths (`./x`, `/x`) are folders of this machine. */
function readMount(node: ConfigNode, variables: Variables, folders: Folders): Mount[] {
	const { place } = node;
	const text = (at: ConfigNode | undefined) => (at?.kind === "scalar" ? likelyText(interpolate(at.text, variables, at.place)) : undefined);
	const mount = (source: string | undefined, target: string, from: ConfigNode): Mount => {
		const uri = source === undefined ? undefined : pathFrom(folders(from.place.file.uri), source);
		return { target: target.replace(/(?<=.)\/+$/, ""), place, ...(uri ? { source: uri } : {}) };
	};
	if (node.kind === "map") {
		const target = text(child(node, "target"));
		const source = child(node, "source");
		const isBind = text(child(node, "type")) === "bind";
		return target ? [mount(isBind ? text(source) : undefined, target, source ?? node)] : [];
	}
	const written = text(node);
	if (written === undefined) return [];
	const [source = "", target, ...rest] = written.split(":");
	if (rest.length > 1) return [];
	if (target === undefined) return source.startsWith("/") ? [mount(undefined, source, node)] : [];
	return target.startsWith("/") ? [mount(/^[./~]/.test(source) ? source : undefined, target, node)] : [];
}
