import { URI, Utils } from "vscode-uri";
import type { Mount, ServiceBuild } from "../../compose/service.ts";
import { type ConfigMap, type ConfigNode, child, entryOf, evidenceAt, type Place } from "../../config/node.ts";
import { t } from "../../model/message.ts";
import { known, likelyText, type Value } from "../../model/value.ts";
import { type DevPort, readDevPorts } from "./devPorts.ts";
import { type Folders, substitute } from "./variables.ts";

/** A dev container file, as far as it decides what listens in the container and which ports are led out of it. */
export interface DevContainer {
	/** Absent when the file says none of them. */
	readonly source?: DevContainerSource;
	/** Whether the container starts its own command; a sleeping loop is started instead otherwise (`overrideCommand`). */
	readonly starts: boolean;
	readonly ports: readonly DevPort[];
	/** `containerEnv`, and `-e` of `runArgs`. */
	readonly environment: ReadonlyMap<string, Value>;
	/** `remoteEnv`: of what the editor starts in the container. */
	readonly remoteEnvironment: ReadonlyMap<string, Value>;
	readonly mounts: readonly Mount[];
	/** Absolute path in the container. */
	readonly workspaceFolder: string;
	/** What the editor starts in the container each time, with the place of the text. */
	readonly commands: readonly DevCommand[];
}

export type DevContainerSource =
	| { readonly kind: "build"; readonly build: ServiceBuild }
	| { readonly kind: "image"; readonly reference: string; readonly place: Place }
	/** URIs of compose files, the first at the bottom; undefined for one that is not on this machine. */
	| { readonly kind: "compose"; readonly files: readonly (string | undefined)[]; readonly service: string; readonly place: Place };

export interface DevCommand {
	readonly words: readonly Value[];
	readonly place: Place;
}

/** Commands that run at every start. Those before them prepare the container, and end. */
const COMMANDS = ["postStartCommand", "postAttachCommand"] as const;

/** Stands for the path of the folder on this machine, which is known by its URI. */
const LOCAL_FOLDER = "\0";

/** Reads a dev container file (containers.dev/implementors/json_reference). */
export function readDevContainer(root: ConfigMap): DevContainer {
	const { uri } = root.place.file;
	const folder = Utils.dirname(URI.parse(uri));
	const workspace = workspaceOf(uri);
	const workspaceName = Utils.basename(URI.parse(workspace));
	const outside: Folders = { workspaceName };
	const text = (at: ConfigNode | undefined, folders: Folders = outside) =>
		at?.kind === "scalar" && !at.isNull ? substitute(at.text, at.place, folders) : undefined;
	const source = readSource(root, folder, text);
	const written = likelyText(text(child(root, "workspaceFolder")));
	// The two kinds have different defaults.
	const workspaceFolder = written ?? (source?.kind === "compose" ? "/" : `/workspaces/${workspaceName}`);
	const folders: Folders = { workspaceName, workspaceFolder };
	const override = child(root, "overrideCommand");
	const isSaid = override?.kind === "scalar" && /^(true|false)$/.test(override.text);
	const environment = (name: string) => {
		const node = child(root, name);
		if (node?.kind !== "map") return [];
		return [...node.entries].flatMap(([key, { value }]) => {
			const found = text(value, folders);
			return found ? [[key, found] as const] : [];
		});
	};
	const mountText: Read = (node) => text(node, { ...folders, localFolder: LOCAL_FOLDER });
	const workspaceMounts = (): readonly Mount[] => {
		const node = child(root, "workspaceMount");
		if (node?.kind === "scalar") return readMount(likelyText(mountText(node)), workspace, node.place);
		return source?.kind === "compose" ? [] : [{ source: workspace, target: workspaceFolder, place: root.place }];
	};
	return {
		...(source ? { source } : {}),
		starts: isSaid ? override.text === "false" : source?.kind === "compose",
		ports: readDevPorts(root, (node) => text(node, folders)),
		environment: new Map([...environment("containerEnv"), ...environmentOfRunArgs(root, (node) => text(node, folders))]),
		remoteEnvironment: new Map(environment("remoteEnv")),
		mounts: [...workspaceMounts(), ...mountsOf(root, workspace, mountText)],
		workspaceFolder,
		commands: COMMANDS.flatMap((name) => readCommands(child(root, name), (node) => text(node, folders))),
	};
}

/** URI of the folder that is opened: the one above `.devcontainer`, where `.devcontainer/NAME` counts too. */
export function workspaceOf(uri: string): string {
	const folder = Utils.dirname(URI.parse(uri));
	const above = Utils.dirname(folder);
	if (Utils.basename(folder) === ".devcontainer") return above.toString();
	return Utils.basename(above) === ".devcontainer" ? Utils.dirname(above).toString() : folder.toString();
}

type Read = (node: ConfigNode | undefined) => Value | undefined;

function readSource(root: ConfigMap, folder: URI, read: Read): DevContainerSource | undefined {
	const compose = child(root, "dockerComposeFile");
	if (compose) {
		const service = entryOf(root, "service");
		const name = likelyText(read(service?.value));
		if (!service || name === undefined) return undefined;
		const paths = compose.kind === "list" ? compose.items : [compose];
		const files = paths.map((path) => likelyText(read(path))).map((path) => (path === undefined ? undefined : resolved(folder, path)));
		return { kind: "compose", files, service: name, place: service.value.place };
	}
	// `dockerFile` and `context` at the top are the older form.
	const block = child(root, "build");
	const dockerfile = child(block, "dockerfile") ?? child(root, "dockerFile");
	if (dockerfile) {
		const build = readBuild(dockerfile, block ?? root, folder, read);
		return { kind: "build", build };
	}
	const image = child(root, "image");
	const reference = likelyText(read(image));
	return image && reference !== undefined ? { kind: "image", reference, place: image.place } : undefined;
}

function readBuild(dockerfile: ConfigNode, block: ConfigNode, folder: URI, read: Read): ServiceBuild {
	const path = likelyText(read(dockerfile));
	const args = new Map<string, string>();
	const written = child(block, "args");
	if (written?.kind === "map") {
		for (const [name, { value }] of written.entries) {
			const text = likelyText(read(value));
			if (text !== undefined) args.set(name, text);
		}
	}
	const target = likelyText(read(child(block, "target")));
	const common = { place: dockerfile.place, args, ...(target ? { target } : {}) };
	if (path === undefined) return { ...common, reason: t("the Dockerfile's name hangs on a variable") };
	const uri = resolved(folder, path);
	const node = child(block, "context");
	// Without one it is the Dockerfile's folder, whatever the reference says of `.` (devcontainers/cli, getDockerContextPath).
	const context = node ? likelyText(read(node)) : undefined;
	if (node && context === undefined) return { ...common, reason: t("the build context hangs on a variable") };
	return { ...common, dockerfile: uri, context: context === undefined ? uri.slice(0, uri.lastIndexOf("/")) : resolved(folder, context) };
}

function resolved(folder: URI, path: string): string {
	return (path.startsWith("/") ? folder.with({ path }) : Utils.resolvePath(folder, path)).toString().replace(/(?<=[^/])\/$/, "");
}

/** A text is run by a shell, a list as it stands, and of a mapping each value at the same time. */
function readCommands(node: ConfigNode | undefined, read: Read): DevCommand[] {
	if (node?.kind === "map") {
		return [...node.entries.values()].flatMap(({ value }) => (value.kind === "map" ? [] : readCommands(value, read)));
	}
	if (node?.kind === "list") {
		const words = node.items.flatMap((item) => read(item) ?? []);
		return words.length > 0 ? [{ words, place: node.place }] : [];
	}
	const text = read(node);
	if (!node || !text || likelyText(text)?.trim() === "") return [];
	return [{ words: [known("/bin/sh"), known("-c"), text], place: node.place }];
}

function mountsOf(root: ConfigMap, workspace: string, read: Read): Mount[] {
	const node = child(root, "mounts");
	if (node?.kind !== "list") return [];
	return node.items.flatMap((item) => {
		if (item.kind !== "map") return readMount(likelyText(read(item)), workspace, item.place);
		const fields = ["type", "source", "target"].map((name) => `${name}=${likelyText(read(child(item, name))) ?? ""}`);
		return readMount(fields.join(","), workspace, item.place);
	});
}

/** `source=…,target=…,type=bind`, as `docker run --mount` has it; volumes come without a source. */
function readMount(text: string | undefined, workspace: string, place: Place): Mount[] {
	const fields = new Map((text ?? "").split(",").map((part) => part.trim().split("=", 2) as [string, string | undefined]));
	const target = fields.get("target") ?? fields.get("dst") ?? fields.get("destination");
	if (!target?.startsWith("/")) return [];
	const source = fields.get("source") ?? fields.get("src") ?? "";
	const within = source.startsWith(LOCAL_FOLDER) ? source.slice(LOCAL_FOLDER.length).replace(/^\/+/, "") : undefined;
	const uri = within === undefined ? undefined : resolved(URI.parse(workspace), within || ".");
	return [{ target: target.replace(/(?<=.)\/+$/, ""), place, ...(uri && fields.get("type") !== "volume" ? { source: uri } : {}) }];
}

/** `-e NAME=value` and `--env=NAME=value` of `docker run`. */
function environmentOfRunArgs(root: ConfigMap, read: Read): (readonly [string, Value])[] {
	const node = child(root, "runArgs");
	if (node?.kind !== "list") return [];
	const words = node.items.map((item) => ({ text: likelyText(read(item)) ?? "", place: item.place }));
	return words.flatMap(({ text, place }, i) => {
		const joined = /^(?:--env=|-e)(.+)$/.exec(text)?.[1];
		const assignment = text === "-e" || text === "--env" ? (words[i + 1]?.text ?? "") : (joined ?? "");
		const at = assignment.indexOf("=");
		if (at <= 0) return [];
		return [[assignment.slice(0, at), known(assignment.slice(at + 1), evidenceAt(place))] as const];
	});
}
