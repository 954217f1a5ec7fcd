import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { type Evidence, evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import { known, type Value } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import { resolve } from "../../source/core/paths.ts";
import { openQuestion } from "../claims.ts";
import { textOf } from "../commandLine.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import { argumentsAt, isInBraces, withoutComments } from "../plainCode.ts";
import { splitSocketAddress } from "../socketAddress.ts";
import type { Technology } from "../technology.ts";
import { phpCommand } from "./phpCommand.ts";
import { PHP_LEXIS, plainPhp } from "./phpValues.ts";

/** Characters; longer scripts are not written by hand. */
const LONGEST = 100_000;

interface Endpoint {
	readonly port: Value;
	readonly address: Value;
	readonly udp?: boolean;
}

type Read = (args: readonly string[], value: (written: string) => Value, text: string) => Endpoint | undefined;

/** `(host, port, …)` of Swoole, whose fourth argument says UDP (Swoole, "Server: __construct"). */
const hostAndPort: Read = ([host, port, ...more], value) =>
	host === undefined || port === undefined || /SWOOLE_(?:SOCK_)?UNIX/.test(more.join())
		? undefined
		: { address: value(host), port: value(port), udp: more.some((one) => /SOCK_UDP6?\b/.test(one)) };

/** One text: `tcp://0.0.0.0:8080`, `udp://…`; a bare port is on `byDefault`. */
const oneText =
	(byDefault: string): Read =>
	([first], value) => {
		if (first === undefined) return undefined;
		const written = value(first);
		if (written.kind === "known" && /^[0-9]+$/.test(written.text)) return { port: written, address: known(byDefault) };
		const socket = splitSocketAddress(written);
		return socket === "nothing" ? undefined : { ...socket, udp: written.kind === "known" && written.text.startsWith("udp:") };
	};

/** Classes whose objects listen, by their full names. */
const CLASSES: readonly (readonly [RegExp, Read])[] = [
	[
		/^(?:Open)?Swoole\\(?:(?:Coroutine\\)?Http\\|WebSocket\\|Redis\\|Coroutine\\)?Server$|^swoole_(?:http_|websocket_)?server$/i,
		hostAndPort,
	],
	[/^Workerman\\Worker$/, oneText("0.0.0.0")],
	[/^React\\Socket\\(?:SocketServer|TcpServer|Server)$/, oneText("127.0.0.1")],
	[/^Ratchet\\App$/, ([, port = "8080", address = "'127.0.0.1'"], value) => ({ port: value(port), address: value(address) })],
];

/** Functions and methods that listen, and what the text must name so that they are meant. */
const CALLS: readonly { readonly call: RegExp; readonly names: RegExp; readonly read: Read }[] = [
	{ call: /(?<![\w>:])stream_socket_server\s*\(/g, names: /./, read: oneText("0.0.0.0") },
	{
		call: /(?<![\w>:])socket_bind\s*\(/g,
		names: /./,
		read: ([, address, port], value, text) =>
			address === undefined || port === undefined
				? undefined
				: { address: value(address), port: value(port), udp: /\bSOCK_DGRAM\b/.test(text) },
	},
	{
		call: /\bIoServer::factory\s*\(/g,
		names: /\bRatchet\\/,
		read: ([, port = "80", address = "'0.0.0.0'"], value) => ({ port: value(port), address: value(address) }),
	},
	{ call: /->add[lL]istener\s*\(/g, names: /\bSwoole\b|\bswoole_/i, read: hostAndPort },
	{ call: /->expose\s*\(|\bSocket\\listen\s*\(/g, names: /\bAmp\\/, read: oneText("0.0.0.0") },
];

/**
 * Servers that a PHP script makes itself, as far as it writes them plainly: Swoole, Workerman, ReactPHP, Ratchet, Amp and PHP's
 * own sockets; and Hyperf, whose servers stand in config/autoload/server.php (Hyperf, "Configuration").
 */
export const phpProgram: Technology = {
	name: "php-program",
	title: "PHP program",
	async command(process, scene) {
		const command = phpCommand(process);
		if (command?.kind !== "script") return undefined;
		const path = resolve(process.cwd, command.script);
		const isHyperf = programName(path) === "hyperf.php" && textOf(command.args[0]) === "start";
		const read = await scene.files.read(isHyperf ? resolve(path, "../../config/autoload/server.php") : path);
		if (read.kind !== "text") return openQuestion(process, read.reason ?? t("{0} is not in the image", programName(path)));
		if (read.file.text.length > LONGEST) return openQuestion(process, t("{0} is too long to read", programName(path)));
		const found = isHyperf ? hyperfServers(process, read.file) : listeningCalls(process, read.file);
		return found.length > 0 ? mergePredictions(found) : openQuestion(process, t("no listening call found in {0}", programName(path)));
	},
};

function listeningCalls(process: Process, file: TextFile): Prediction[] {
	const text = withoutComments(file.text, PHP_LEXIS);
	const found: Prediction[] = [];
	const add = (index: number, start: number, read: Read): void => {
		const { args, end } = argumentsAt(text, start, PHP_LEXIS.quotes);
		const endpoint = read(args, (written) => plainPhp(written, { file, text, environment: process.environment }), text);
		if (endpoint) found.push(listening(process, endpoint, placeOf(file, index, end + 1), !isInBraces(text, index)));
	};
	const imported = importsOf(text);
	for (const made of text.matchAll(/\bnew\s+(\\?[A-Za-z_][\w\\]*)\s*\(/g)) {
		const name = fullName(made[1] ?? "", imported);
		const read = CLASSES.find(([pattern]) => pattern.test(name))?.[1];
		if (read) add(made.index, made.index + made[0].length, read);
	}
	for (const { call, names, read } of CALLS)
		if (names.test(text)) for (const one of text.matchAll(call)) add(one.index, one.index + one[0].length, read);
	return found;
}

/** `use A\B\C;`, `use A\B\C as D;` and `use A\{B, C\D};`: full names by the names in sight. */
function importsOf(text: string): ReadonlyMap<string, string> {
	const found = new Map<string, string>();
	for (const [, written = ""] of text.matchAll(/^\s*use\s+([^;(]+);/gm)) {
		const group = /^(.*)\\\{([^}]*)\}$/s.exec(written.trim());
		const names = group ? (group[2] ?? "").split(",").map((one) => `${group[1]}\\${one.trim()}`) : written.split(",");
		for (const one of names) {
			const [name = "", alias] = one.trim().split(/\s+as\s+/);
			found.set(alias ?? name.replace(/^.*\\/, ""), name.replace(/^\\/, ""));
		}
	}
	return found;
}

function fullName(written: string, imported: ReadonlyMap<string, string>): string {
	if (written.startsWith("\\")) return written.slice(1);
	const [first = "", ...rest] = written.split("\\");
	return [imported.get(first) ?? first, ...rest].join("\\");
}

/** Every `'host' => …, 'port' => …` of the list of servers. */
function hyperfServers(process: Process, file: TextFile): Prediction[] {
	const text = withoutComments(file.text, PHP_LEXIS);
	const found: Prediction[] = [];
	const servers = /['"]servers['"]\s*=>\s*\[/.exec(text);
	if (!servers) return found;
	const { args } = argumentsAt(text, servers.index + servers[0].length, PHP_LEXIS.quotes);
	for (const server of args) {
		const fields = argumentsAt(server, 1, PHP_LEXIS.quotes).args;
		const field = (name: string) => fields.find((one) => new RegExp(`^['"]${name}['"]\\s*=>`).test(one))?.replace(/^[^>]*>\s*/, "");
		const port = field("port");
		if (port === undefined) continue;
		const at = text.indexOf(port, text.indexOf(server));
		const value = (written: string) => plainPhp(written, { file, text, environment: process.environment });
		const endpoint = {
			port: value(port),
			address: value(field("host") ?? "'0.0.0.0'"),
			udp: /UDP/.test(field("sock_type") ?? ""),
		};
		found.push(listening(process, endpoint, placeOf(file, at, at + port.length), true));
	}
	return found;
}

function placeOf(file: TextFile, start: number, end: number): Evidence {
	return evidenceIn(file, rangeBetween(file.text, start, end), file.text.slice(start, end));
}

function listening(process: Process, { port, address, udp }: Endpoint, at: Evidence, decided: boolean): Prediction {
	return predictClaim({
		port,
		address,
		anyAddress: "0.0.0.0",
		evidence: [...process.evidence, at],
		...(udp ? { protocol: "udp" as const } : {}),
		...(decided ? {} : { decided }),
	});
}
