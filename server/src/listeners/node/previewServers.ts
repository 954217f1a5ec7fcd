import { configuredAt, inEveryLanguage, readConfiguration } from "./configuration.ts";
import type { NodeServer } from "./nodeServer.ts";

/** Second servers of tools whose other commands listen elsewhere. Sources stand beside each. */
export const PREVIEW_SERVERS: readonly (NodeServer & { readonly name: string; readonly title: string })[] = [
	{
		// vite.dev/config/preview-options: 4173; host as of the server.
		name: "vite-preview",
		title: "Vite",
		names: ["vite"],
		verbs: ["preview"],
		otherVerbs: ["", "dev", "serve"],
		port: ["--port"],
		host: ["--host"],
		withValue: ["-c", "--config", "--base", "-m", "--mode", "--outDir"],
		hostSwitch: true,
		defaultPort: "4173",
		defaultHost: "127.0.0.1",
		configuration: async (process, scene) => {
			const read = await readConfiguration(process, scene, inEveryLanguage("vite.config"));
			const preview = configuredAt(read, ["preview", "port"], ["preview", "host"]);
			return preview?.host || !preview ? preview : { ...configuredAt(read, ["preview", "port"], ["server", "host"]) };
		},
	},
	{
		name: "vitepress-preview",
		title: "VitePress",
		names: ["vitepress"],
		verbs: ["preview", "serve"],
		otherVerbs: ["", "dev"],
		port: ["--port"],
		defaultPort: "4173",
	},
	{
		// gatsbyjs.com/docs/reference/gatsby-cli: serve 9000 of localhost.
		name: "gatsby-serve",
		title: "Gatsby",
		names: ["gatsby"],
		paths: ["gatsby/cli.js"],
		verbs: ["serve"],
		otherVerbs: ["develop"],
		port: ["-p", "--port"],
		host: ["-H", "--host"],
		portVariables: ["PORT"],
		defaultPort: "9000",
		defaultHost: "127.0.0.1",
	},
];
