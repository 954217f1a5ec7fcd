import type { LibraryCall } from "../../source/program.ts";
import type { Endpoint } from "../sourceCall.ts";
import type { Technology } from "../technology.ts";
import { endpointOf } from "./binding.ts";

/**
 * gRPC: `server.add_insecure_port("[::]:50051")` and `add_secure_port(address, credentials)` bind what they are given
 * (grpc.github.io/grpc/python, "gRPC: Server Objects").
 */
export const grpc: Technology = {
	name: "grpc-python",
	title: "gRPC",
	calls: {
		python: Object.fromEntries(
			["grpc.server", "grpc.aio.server", "grpc.experimental.aio.server"].flatMap((make) => [
				[`${make}().add_insecure_port`, readPort],
				[`${make}().add_secure_port`, readPort],
			]),
		),
	},
};

function readPort(call: LibraryCall): Endpoint {
	return endpointOf(call.positional[0] ?? call.keywords.get("address"), call);
}
