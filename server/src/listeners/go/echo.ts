import type { Technology } from "../technology.ts";
import { endpointOf, fieldOf, readAddress, readField } from "./address.ts";

/** Echo (echo.labstack.com/docs/start-server): Start and its relatives take the address; an empty one is :80 as in net/http. */
export const echo: Technology = {
	name: "echo",
	title: "Echo",
	calls: {
		go: {
			...Object.fromEntries(
				["New()", "Echo{}"].flatMap((app) => [
					[`github.com/labstack/echo.${app}.Start`, readAddress(0, { port: "80" })],
					[`github.com/labstack/echo.${app}.StartTLS`, readAddress(0, { port: "443" })],
					[`github.com/labstack/echo.${app}.StartAutoTLS`, readAddress(0, { port: "443" })],
					[`github.com/labstack/echo.${app}.StartH2CServer`, readAddress(0, { port: "80" })],
					[`github.com/labstack/echo.${app}.StartServer`, (call) => endpointOf(fieldOf(call.positional[0], "Addr"), { port: "80" }, call)],
				]),
			),
			"github.com/labstack/echo.StartConfig{}.Start": readField("Address", { port: "80" }),
			"github.com/labstack/echo.StartConfig{}.StartTLS": readField("Address", { port: "443" }),
		},
	},
};
