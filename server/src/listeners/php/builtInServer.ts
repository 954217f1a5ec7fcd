import { predictServer, QUIET } from "../claims.ts";
import { splitSocketAddress } from "../socketAddress.ts";
import type { Technology } from "../technology.ts";
import { phpCommand } from "./phpCommand.ts";

/** `php -S host:port` (PHP, "Built-in web server"): both are always written. */
export const phpServer: Technology = {
	name: "php-server",
	title: "PHP's built-in web server",
	async command(process) {
		const command = phpCommand(process);
		if (command?.kind === "none") return QUIET;
		if (command?.kind !== "server") return undefined;
		const socket = splitSocketAddress(command.address);
		return socket === "nothing" ? QUIET : predictServer(process, socket, { port: "0", address: "0.0.0.0" });
	},
};
