import { programName } from "../../process/process.ts";
import { textOf } from "../commandLine.ts";
import { mergePredictions } from "../listener.ts";
import type { Scene, Technology } from "../technology.ts";
import { isBuiltHere } from "./builtHere.ts";
import { openSettings } from "./settings.ts";
import { predictSocket, type Socket } from "./socket.ts";

/** What the broker itself opens (rabbitmq.com/docs/networking#ports). */
const BROKER: readonly Socket[] = [
	{ byDefault: "[::]:4369", port: ["$ERL_EPMD_PORT"] },
	{ byDefault: "[::]:5672", endpoint: ["listeners.tcp.*"], port: ["$RABBITMQ_NODE_PORT"], off: ["listeners.tcp=none"] },
	{ byDefault: "[::]:25672", port: ["$RABBITMQ_DIST_PORT"] },
	{ endpoint: ["listeners.ssl.*"] },
];

/** What each plugin opens, by its name. */
const PLUGINS: Readonly<Record<string, readonly Socket[]>> = {
	rabbitmq_management: [{ byDefault: "[::]:15672", port: ["management.tcp.port", "management.listener.port"] }],
	rabbitmq_prometheus: [{ byDefault: "[::]:15692", port: ["prometheus.tcp.port"] }],
	rabbitmq_mqtt: [{ byDefault: "[::]:1883", endpoint: ["mqtt.listeners.tcp.*"] }],
	rabbitmq_web_mqtt: [{ byDefault: "[::]:15675", port: ["web_mqtt.tcp.port"] }],
	rabbitmq_stomp: [{ byDefault: "[::]:61613", endpoint: ["stomp.listeners.tcp.*"] }],
	rabbitmq_web_stomp: [{ byDefault: "[::]:15674", port: ["web_stomp.tcp.port"] }],
	rabbitmq_stream: [{ byDefault: "[::]:5552", endpoint: ["stream.listeners.tcp.*"] }],
};

/** Plugins that bring others along. */
const BRINGS: Readonly<Record<string, readonly string[]>> = {
	rabbitmq_stream_management: ["rabbitmq_stream", "rabbitmq_management"],
	rabbitmq_federation_management: ["rabbitmq_management"],
	rabbitmq_shovel_management: ["rabbitmq_management"],
	rabbitmq_top: ["rabbitmq_management"],
	rabbitmq_tracing: ["rabbitmq_management"],
	rabbitmq_web_mqtt: ["rabbitmq_mqtt"],
	rabbitmq_web_stomp: ["rabbitmq_stomp"],
};

/**
 * RabbitMQ: its broker and the plugins that `enabled_plugins` or `rabbitmq-plugins enable` of the build switches on
 * (rabbitmq.com/docs/plugins).
 */
export const rabbitmq: Technology = {
	name: "rabbitmq",
	title: "RabbitMQ",
	async command(process, scene) {
		if (programName(textOf(process.argv[0]) ?? "") !== "rabbitmq-server" || (await isBuiltHere(process, scene))) return undefined;
		const settings = await openSettings(process, process.argv.slice(1), scene, {
			name: "rabbitmq",
			title: "RabbitMQ",
			manual: "https://www.rabbitmq.com/docs/configure",
			programs: ["rabbitmq-server"],
			config: { format: "words", paths: ["/etc/rabbitmq/rabbitmq.conf"], variable: "RABBITMQ_CONFIG_FILE" },
			sockets: BROKER,
		});
		const at = process.evidence.at(-1);
		const gaps = settings.gaps.map((reason) => (at ? { reason, evidence: at } : { reason }));
		const found = BROKER.map((socket) => predictSocket(socket, settings, process));
		for (const plugin of await enabledPlugins(scene)) {
			for (const socket of PLUGINS[plugin] ?? []) found.push(predictSocket(socket, settings, process));
		}
		return mergePredictions([...found, { listeners: [], gaps }]);
	},
};

async function enabledPlugins(scene: Scene): Promise<ReadonlySet<string>> {
	const names = new Set<string>();
	const read = await scene.files.read("/etc/rabbitmq/enabled_plugins");
	if (read.kind === "text") for (const name of read.file.text.match(/\w+/g) ?? []) names.add(name);
	const { commands } = await scene.buildOf("/etc/rabbitmq/enabled_plugins");
	for (const { argv } of commands) {
		// It may stand behind a wrapper: gosu rabbitmq rabbitmq-plugins enable …
		const words = argv.map((word) => textOf(word) ?? "");
		if (words.some((word) => programName(word) === "rabbitmq-plugins") && words.includes("enable"))
			for (const word of words) names.add(word);
	}
	for (const name of [...names]) for (const brought of BRINGS[name] ?? []) names.add(brought);
	return names;
}
