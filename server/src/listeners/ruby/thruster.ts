import { known } from "../../model/value.ts";
import { programsBehind } from "../../process/start.ts";
import { predictServer, QUIET } from "../claims.ts";
import { mergePredictions } from "../listener.ts";
import type { Technology } from "../technology.ts";
import { rubyCommand } from "./rubyCommand.ts";

/**
 * Thruster: HTTP_PORT (80), and HTTPS_PORT (443) when TLS_DOMAIN is set; it starts the server behind it with PORT set to
 * TARGET_PORT, 3000 (Thruster, README "Custom configuration").
 */
export const thruster: Technology = {
	name: "thruster",
	title: "Thruster",
	async command(process, scene) {
		const command = rubyCommand(process);
		if (command?.name !== "thrust") return undefined;
		const setting = (name: string) => process.environment.get(`THRUSTER_${name}`) ?? process.environment.get(name);
		const http = predictServer(process, { port: setting("HTTP_PORT"), address: undefined }, { port: "80", address: "::" });
		const https = setting("TLS_DOMAIN")
			? [predictServer(process, { port: setting("HTTPS_PORT"), address: undefined }, { port: "443", address: "::" })]
			: [];
		const target = setting("TARGET_PORT") ?? known("3000", ...process.evidence.slice(-1));
		const inner = { ...process, argv: command.args, environment: new Map([...process.environment, ["PORT", target]]) };
		const started = command.args.length > 0 ? await programsBehind(inner, scene.files, scene.budget, scene.base?.image) : undefined;
		const behind = await Promise.all((started?.processes ?? []).map((one) => scene.predict?.(one, scene) ?? QUIET));
		return mergePredictions([http, ...https, ...behind, { listeners: [], gaps: started?.gaps ?? [] }]);
	},
};
