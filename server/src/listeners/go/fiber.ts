import type { Technology } from "../technology.ts";
import { readAddress } from "./address.ts";

/** Fiber (docs.gofiber.io/api/app#listen): its default network is tcp4; version 1 took a bare number. */
export const fiber: Technology = {
	name: "fiber",
	title: "Fiber",
	calls: {
		go: Object.fromEntries(
			["New()", "App{}"].flatMap((app) =>
				["Listen", "ListenTLS", "ListenMutualTLS"].map((method) => [
					`github.com/gofiber/fiber.${app}.${method}`,
					readAddress(0, { anyAddress: "0.0.0.0" }),
				]),
			),
		),
	},
};
