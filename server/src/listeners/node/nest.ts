import { t } from "../../model/message.ts";
import { known, unknown } from "../../model/value.ts";
import type { Argument, LibraryCall } from "../../source/program.ts";
import { type Endpoint, plainValue } from "../sourceCall.ts";
import type { Technology } from "../technology.ts";
import { readListen } from "./nodeListen.ts";
import { fieldOf, given, readAddressText } from "./optionsCall.ts";

/**
 * NestJS. `app.listen` is the platform's: Node's with Express, `localhost` with Fastify (docs.nestjs.com, "First steps",
 * "Performance"). A microservice listens by itself with the TCP and gRPC transports only (docs.nestjs.com, "Microservices", "gRPC").
 */
export const nest: Technology = {
	name: "nest",
	title: "NestJS",
	calls: {
		javascript: {
			"@nestjs/core.NestFactory.create().listen": readAppListen,
			"@nestjs/core.NestFactory.create().listenAsync": readAppListen,
			"@nestjs/core.NestFactory.createMicroservice": (call) => readMicroservice(call.positional[1], call),
			"@nestjs/core.NestFactory.create().connectMicroservice": (call) => readMicroservice(call.positional[0], call),
		},
	},
};

function readAppListen(call: LibraryCall): Endpoint {
	const made = fieldOf(call.on, " arguments");
	const adapter = made?.kind === "list" ? made.items[1] : undefined;
	const isFastify = adapter?.kind === "object" && adapter.origin.includes("FastifyAdapter");
	return readListen(call, isFastify ? { address: "127.0.0.1" } : {});
}

function readMicroservice(options: Argument | undefined, call: LibraryCall): Endpoint {
	if (options?.kind !== "record") {
		const isDefault = options === undefined || options.kind === "nothing";
		return {
			port: isDefault ? known("3000", call.at) : unknown(t("the transport is not known"), call.at),
			address: known("127.0.0.1"),
			byConvention: true,
			anyAddress: "::",
		};
	}
	const transport = transportOf(fieldOf(options, "transport"));
	const settings = fieldOf(options, "options");
	if (transport === "GRPC") {
		const url = fieldOf(settings, "url");
		return given(url) ? readAddressText(plainValue(url), "::") : byDefault("5000", call);
	}
	if (transport === "TCP") {
		const [port, host] = [fieldOf(settings, "port"), fieldOf(settings, "host")];
		const address = given(host) ? plainValue(host) : known("127.0.0.1");
		return given(port) ? { port: plainValue(port), address, anyAddress: "::" } : { ...byDefault("3000", call), address };
	}
	return transport === undefined
		? { port: unknown(t("the transport is not known"), call.at), address: known("::"), anyAddress: "::" }
		: "nothing";
}

/** Without one it is TCP; the enum's members are 0 for TCP and 5 for gRPC. A custom strategy opens what it likes. */
function transportOf(transport: Argument | undefined): string | undefined {
	if (!given(transport)) return "TCP";
	if (transport.kind === "object") return /\.Transport\.(\w+)$/.exec(transport.origin)?.[1];
	if (transport.kind !== "known") return undefined;
	return transport.text === "0" ? "TCP" : transport.text === "5" ? "GRPC" : "other";
}

function byDefault(port: string, call: LibraryCall): Exclude<Endpoint, "nothing"> {
	return { port: known(port, call.at), address: known("127.0.0.1"), byConvention: true, anyAddress: "::" };
}
