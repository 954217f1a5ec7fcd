import { t } from "../../model/message.ts";
import { configuredAt, readConfiguration } from "./configuration.ts";
import type { NodeServer } from "./nodeServer.ts";

/** Servers of files and mock servers that are installed as commands. Sources stand beside each. */
export const STATIC_SERVERS: readonly (NodeServer & { readonly name: string; readonly title: string })[] = [
	{
		// github.com/vercel/serve: -l or -p, PORT, 3000.
		name: "serve",
		title: "serve",
		names: ["serve"],
		paths: ["serve/build/main.js", "serve/bin/serve.js"],
		port: ["-l", "--listen", "-p", "--port"],
		withValue: ["-c", "--config", "--ssl-cert", "--ssl-key", "--ssl-pass"],
		portVariables: ["PORT"],
		defaultPort: "3000",
	},
	{
		// github.com/http-party/http-server: -p, PORT, 8080; -a 0.0.0.0.
		name: "http-server",
		title: "http-server",
		names: ["http-server", "hs"],
		port: ["-p", "--port"],
		host: ["-a"],
		withValue: ["-c", "-e", "--ext", "-P", "--proxy", "-C", "--cert", "-K", "--key", "--username", "--password", "-t", "-m"],
		portVariables: ["PORT"],
		defaultPort: "8080",
		defaultHost: "0.0.0.0",
		anyAddress: "0.0.0.0",
	},
	{
		// github.com/typicode/json-server: -p, PORT, 3000 of localhost; -h or -H.
		name: "json-server",
		title: "json-server",
		names: ["json-server"],
		port: ["-p", "--port"],
		host: ["-h", "-H", "--host"],
		withValue: ["-c", "--config", "-r", "--routes", "-m", "--middlewares", "-s", "--static", "-d", "--delay", "-i", "--id"],
		portVariables: ["PORT"],
		hostVariables: ["HOST"],
		configuration: async (process, scene) =>
			configuredAt(await readConfiguration(process, scene, ["json-server.json"]), ["port"], ["host"]),
		defaultPort: "3000",
		defaultHost: "127.0.0.1",
	},
	{
		// github.com/tapio/live-server: --port, PORT, 8080; --host, IP, 0.0.0.0.
		name: "live-server",
		title: "live-server",
		names: ["live-server"],
		port: ["--port"],
		host: ["--host"],
		portVariables: ["PORT"],
		hostVariables: ["IP"],
		defaultPort: "8080",
		defaultHost: "0.0.0.0",
		anyAddress: "0.0.0.0",
	},
	{
		// github.com/lwsjs/local-web-server: -p 8000.
		name: "ws-command",
		title: "local-web-server",
		names: ["ws"],
		port: ["-p", "--port"],
		host: ["--hostname"],
		withValue: ["-d", "--directory"],
		defaultPort: "8000",
	},
	{
		// github.com/lukeed/sirv, sirv-cli: 8080 (5000 before version 1), PORT; HOST, localhost.
		name: "sirv",
		title: "sirv",
		names: ["sirv"],
		port: ["-p", "--port"],
		host: ["-H", "--host"],
		hostSwitch: true,
		portVariables: ["PORT"],
		hostVariables: ["HOST"],
		defaultPort: "8080",
		defaultHost: "127.0.0.1",
	},
	{
		// stoplight.io/open-source/prism: mock and proxy on 4010 of 127.0.0.1.
		name: "prism",
		title: "Prism",
		names: ["prism"],
		verbs: ["mock", "proxy"],
		port: ["-p", "--port"],
		host: ["-h", "--host"],
		defaultPort: "4010",
		defaultHost: "127.0.0.1",
	},
	{
		// mockoon.com/docs: the port stands in the data file unless --port is given.
		name: "mockoon",
		title: "Mockoon",
		names: ["mockoon-cli"],
		verbs: ["start"],
		port: ["-p", "--port"],
		withValue: ["-d", "--data", "-n", "--name"],
		defaultPort: "3000",
		configuration: async () => ({ reason: t("the port is in Mockoon's data") }),
	},
	{
		// github.com/johnpapa/lite-server: BrowserSync on 3000.
		name: "lite-server",
		title: "lite-server",
		names: ["lite-server"],
		configuration: async (process, scene) =>
			configuredAt(await readConfiguration(process, scene, ["bs-config.json", "bs-config.js"]), ["port"], ["host"]),
		defaultPort: "3000",
	},
	{
		// browsersync.io/docs/command-line: 3000.
		name: "browser-sync",
		title: "Browsersync",
		names: ["browser-sync"],
		verbs: ["start"],
		port: ["--port"],
		host: ["--host"],
		withValue: ["--files", "--proxy", "--config"],
		defaultPort: "3000",
	},
	{
		// github.com/trufflesuite/ganache: 8545 of 127.0.0.1 (0.0.0.0 in Docker since version 7).
		name: "ganache",
		title: "Ganache",
		names: ["ganache", "ganache-cli"],
		port: ["-p", "--port", "--server.port"],
		host: ["-h", "--host", "--server.host"],
		defaultPort: "8545",
		defaultHost: "127.0.0.1",
	},
	{
		// hardhat.org, "Hardhat Network": node on 8545 of 127.0.0.1, of all interfaces in Docker.
		name: "hardhat",
		title: "Hardhat",
		names: ["hardhat"],
		verbs: ["node"],
		port: ["--port"],
		host: ["--hostname"],
		defaultPort: "8545",
		defaultHost: "0.0.0.0",
	},
	{
		// github.com/peers/peerjs-server: 9000.
		name: "peerjs-command",
		title: "PeerServer",
		names: ["peerjs"],
		port: ["-p", "--port"],
		host: ["--host"],
		withValue: ["-k", "--key", "--path"],
		defaultPort: "9000",
	},
];
