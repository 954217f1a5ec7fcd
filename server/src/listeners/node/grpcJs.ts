import { t } from "../../model/message.ts";
import { unknown } from "../../model/value.ts";
import type { LibraryCall } from "../../source/program.ts";
import { type Endpoint, plainValue } from "../sourceCall.ts";
import type { Technology } from "../technology.ts";
import { readAddressText } from "./optionsCall.ts";

/** gRPC for Node: `server.bindAsync("0.0.0.0:50051", credentials, callback)` (grpc-js, API: `Server.bindAsync`). */
export const grpcJs: Technology = {
	name: "grpc-js",
	title: "gRPC for Node",
	calls: {
		javascript: Object.fromEntries(
			["@grpc/grpc-js", "grpc", "@grpc/grpc-js.default"].flatMap((library) => [
				[`${library}.Server().bindAsync`, readBind],
				[`${library}.Server().bind`, readBind],
			]),
		),
	},
};

function readBind(call: LibraryCall): Endpoint {
	const [target] = call.positional;
	if (!target) return { port: unknown(t("no port is given"), call.at), address: unknown(t("no address")), anyAddress: "::" };
	if (target.kind === "known" && target.text.startsWith("unix")) return "nothing";
	return readAddressText(plainValue(target), "::");
}
