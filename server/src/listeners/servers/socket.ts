import type { ImageEntry } from "../../context/imageFiles.ts";
import { parseReference } from "../../image/reference.ts";
import { type Prediction, type Protocol, portKey } from "../../model/port.ts";
import { known, likelyText, mapText, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import { type Claim, mergePredictions, predictClaim } from "../listener.ts";
import type { Scene } from "../technology.ts";
import { readEndpoints } from "./endpoint.ts";
import type { Server } from "./plainServer.ts";
import type { Settings } from "./settings.ts";

/** One socket that a server may open. Settings as in `Settings`, the one that wins first. */
export interface Socket {
	/** Port by default, with address and protocol where they are not 0.0.0.0 and tcp: `127.0.0.1:6060`, `53/udp`. Absent: only when configured. */
	readonly byDefault?: string;
	readonly protocol?: Protocol;
	/** Settings that hold a port. */
	readonly port?: readonly string[];
	/** Settings that hold an address, or several. */
	readonly address?: readonly string[];
	/** Settings that hold address and port. */
	readonly endpoint?: readonly string[];
	/** The address of an endpoint that is a port alone, where that is not every one. */
	readonly alone?: string;
	/** It opens only when one of these switches is on, or these settings have a value. */
	readonly needs?: readonly string[];
	/** It stays closed when one of these switches is on or has a value; `setting=value` for that value alone. */
	readonly off?: readonly string[];
	/** The version of the server since which it exists, `25` or `3.5`; one that is not known is taken for new. */
	readonly since?: number;
	/** The version of the server from which on it does not exist any more; one that is not known is taken for new. */
	readonly until?: number;
	/** What the base image's name and the RUN steps say (`FROM debian:12`, then their texts) when it is an older version, or another program of this name. */
	readonly olderWith?: RegExp;
	/** Paths of another server whose program has the same name, and which has no such socket. */
	readonly notWith?: readonly string[];
}

interface Default {
	readonly port: string;
	readonly address: string;
	readonly protocol: Protocol;
}

export function predictSocket(socket: Socket, settings: Settings, process: Process): Prediction {
	const nothing: Prediction = { listeners: [], gaps: [] };
	if (socket.needs && !socket.needs.some((one) => settings.isOn(one) || settings.all(one).some(isGiven))) return nothing;
	if (socket.off?.some((one) => isOff(one, settings))) return nothing;
	const byDefault = socket.byDefault === undefined ? undefined : parseDefault(socket.byDefault);
	const protocol = socket.protocol ?? byDefault?.protocol ?? "tcp";
	const evidence = process.evidence;
	const claim = (given: Pick<Claim, "port" | "address" | "byConvention" | "protocol">): Prediction =>
		/^(0|-1)$/.test(likelyText(given.port) ?? "") && !given.byConvention
			? nothing
			: predictClaim({ anyAddress: "0.0.0.0", evidence, ...given });
	const endpoints = settings.first(socket.endpoint).filter(isSet).flatMap(readEndpoints);
	if (settings.first(socket.endpoint).some(isSet)) {
		return mergePredictions(
			endpoints.flatMap((one) => {
				const port = one.port ?? (byDefault ? known(byDefault.port) : undefined);
				const address = socket.alone !== undefined && likelyText(one.address) === "" ? known(socket.alone) : one.address;
				return port ? [claim({ port, address, byConvention: !one.port, protocol: one.protocol ?? protocol })] : [];
			}),
		);
	}
	const port = settings.first(socket.port).filter(isSet);
	// What could not be read may say something else.
	if (port.length === 0 && (byDefault === undefined || settings.isOpen)) return nothing;
	const ports = port.length > 0 ? port : [known(byDefault?.port ?? "")];
	const addresses = settings.first(socket.address).filter(isSet).flatMap(splitAddresses);
	return mergePredictions(
		ports.flatMap((one) =>
			(addresses.length > 0 ? addresses : [known(byDefault?.address ?? "")]).map((address) =>
				claim({ port: one, address, byConvention: port.length === 0, protocol }),
			),
		),
	);
}

/** Whether a socket exists in this server, and in its version: the one of `NAME_VERSION` among the variables, or of its own image's tag. */
export async function existsIn(
	{ since, until, olderWith, notWith = [] }: Socket,
	{ name }: Server,
	scene: Scene,
	process: Process,
): Promise<boolean> {
	for (const path of notWith) if (isThere(await scene.files.look(path))) return false;
	if (since === undefined && until === undefined) return !olderWith?.test(await originOf(scene, true));
	const image = scene.base ? parseReference(scene.base.image.reference) : undefined;
	const version =
		likelyText(process.environment.get(`${name.toUpperCase()}_VERSION`)) ?? (image?.name.includes(name) ? image.version : undefined);
	if (olderWith?.test(await originOf(scene, version === undefined))) return false;
	return (since === undefined || isFrom(version, since)) && (until === undefined || !isFrom(version, until));
}

/** Whether a version is this one or a later one; one that is not known is. */
function isFrom(version: string | undefined, least: number): boolean {
	const [major, minor = 0] = version?.match(/\d+/g)?.map(Number) ?? [];
	const [leastMajor = 0, leastMinor = 0] = String(least).split(".").map(Number);
	return major === undefined || major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

async function originOf(scene: Scene, isAny: boolean): Promise<string> {
	const { scripts = [] } = await scene.buildOf("/");
	return [isAny ? `FROM ${scene.base?.image.reference ?? ""}` : "", ...scripts].join("\n");
}

function isThere({ kind }: ImageEntry): boolean {
	return kind === "file" || kind === "folder";
}

/**
 * The sockets as the base image has them when it starts this program: its facts say at which addresses, which of the usual
 * ones are closed, and which others are open.
 */
export function stockSockets({ sockets, ownDefaults }: Server, program: string, scene: Scene): readonly Socket[] {
	const image = ownDefaults ? undefined : scene.base?.image;
	// Where the image's own configuration is known, that one decides, or what takes its place.
	if (!image || image.listens.length === 0 || image.files.size > 0 || programOf(image) !== program) return sockets;
	const rest = new Map(image.listens.map((one) => [portKey(one), one]));
	const known = sockets.flatMap((socket) => {
		if (socket.byDefault === undefined) return [socket];
		const byDefault = parseDefault(socket.byDefault);
		const key = `${byDefault.port}/${byDefault.protocol}`;
		const stock = rest.get(key);
		rest.delete(key);
		if (stock) return [{ ...socket, byDefault: `${bracketed(stock.address)}:${key}`, ...withVariable(socket, stock.variable) }];
		// One that has to be switched on is closed in the image because nobody did.
		if (socket.needs) return [socket];
		const { byDefault: _, ...configured } = socket;
		return [configured];
	});
	const more = [...rest.values()].map(
		(one): Socket => ({
			byDefault: `${bracketed(one.address)}:${portKey(one)}`,
			...(one.variable === undefined ? {} : { port: [`$${one.variable}`] }),
		}),
	);
	return [...known, ...more];
}

function withVariable(socket: Socket, variable: string | undefined): Pick<Socket, "port"> {
	return variable === undefined ? {} : { port: [...(socket.port ?? []), `$${variable}`] };
}

/** The program that an image starts, behind its entrypoint. */
function programOf(image: NonNullable<Scene["base"]>["image"]): string {
	const words = image.entrypointRunsArguments ? image.cmd : [...image.entrypoint, ...image.cmd];
	const first = image.entrypointProgram ?? words[0] ?? "";
	return first.slice(first.lastIndexOf("/") + 1);
}

function parseDefault(text: string): Default {
	const [, address = "", port = "", protocol = "tcp"] = /^(?:(.*):)?(\d+)(?:\/(\w+))?$/.exec(text) ?? [];
	return { address: address.replace(/^\[(.*)\]$/, "$1"), port, protocol: protocol as Protocol };
}

function bracketed(address: string): string {
	return address.includes(":") ? `[${address}]` : address;
}

/** Addresses with blanks or commas between them; Redis marks with a dash the ones that may be missing. */
function splitAddresses(value: Value): Value[] {
	const parts = (likelyText(value) ?? "").split(/[\s,]+/).filter(Boolean);
	if (parts.length === 0) return [value];
	return parts.map((_, i) =>
		mapText(value, (text, from) =>
			known((text.split(/[\s,]+/).filter(Boolean)[i] ?? "").replace(/^-/, "").replace(/^::\*$|^\*$/, ""), ...from),
		),
	);
}

function isSet(value: Value): boolean {
	return !(value.kind === "known" && value.text.trim() === "");
}

/** A value that switches something on: neither empty nor false. */
function isGiven(value: Value): boolean {
	const text = likelyText(value)?.trim();
	return text === undefined || !/^(|false|no|off|0)$/i.test(text);
}

function isOff(one: string, settings: Settings): boolean {
	const [, setting = one, value] = /^(.*?)=(.*)$/.exec(one) ?? [];
	if (value === undefined) return settings.isOn(one) || settings.all(one).some(isGiven);
	return settings.all(setting).some((given) => likelyText(given)?.toLowerCase() === value);
}
