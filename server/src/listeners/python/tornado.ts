import { readPythonCall } from "../sourceCall.ts";
import type { Technology } from "../technology.ts";

const listen = readPythonCall({
	port: { keyword: "port", position: 0 },
	address: { keyword: "address", position: 1, byDefault: "" },
	anyAddress: "0.0.0.0",
});

/**
 * Tornado: `listen(port, address=None)` and `bind(port, address=None)` on every interface, of an application or of a server
 * (www.tornadoweb.org, "tornado.web: Application.listen", "tornado.tcpserver").
 */
export const tornado: Technology = {
	name: "tornado",
	title: "Tornado",
	calls: {
		python: Object.fromEntries(
			["web.Application", "httpserver.HTTPServer", "tcpserver.TCPServer"]
				.flatMap((make) => [`tornado.${make}().listen`, `tornado.${make}().bind`])
				.concat("tornado.netutil.bind_sockets")
				.map((call) => [call, listen]),
		),
	},
};
