import { t } from "../../model/message.ts";
import { configuredAt, inEveryLanguage, readConfiguration } from "./configuration.ts";
import type { NodeServer } from "./nodeServer.ts";

const from =
	(names: readonly string[], port: readonly string[], host: readonly string[]): NonNullable<NodeServer["configuration"]> =>
	async (process, scene) =>
		configuredAt(await readConfiguration(process, scene, names), port, host);

/** Frameworks that bring a server of their own, by the command that starts it. Sources stand beside each. */
export const FRAMEWORK_SERVERS: readonly (NodeServer & { readonly name: string; readonly title: string })[] = [
	{
		// nextjs.org/docs/app/api-reference/cli/next: -p, PORT, 3000; -H, 0.0.0.0.
		name: "next",
		title: "Next.js",
		names: ["next"],
		verbs: ["start", "dev", ""],
		port: ["-p", "--port"],
		host: ["-H", "--hostname"],
		withValue: ["--keepAliveTimeout", "--experimental-https-key", "--experimental-https-cert", "--experimental-https-ca"],
		portVariables: ["PORT"],
		defaultPort: "3000",
	},
	{
		// nuxt.com/docs/api/commands/dev, /preview: NUXT_PORT, NITRO_PORT, PORT; in Nuxt 2 also HOST and `server` in nuxt.config.
		name: "nuxt-dev",
		title: "Nuxt",
		environmentFiles: [".env"],
		names: ["nuxt", "nuxi", "nuxt-ts", "nuxt-start", "nuxi-ng"],
		verbs: ["dev", "start", "preview", ""],
		port: ["-p", "--port"],
		host: ["-H", "--host", "--hostname"],
		withValue: ["-c", "--config-file", "--dotenv"],
		hostSwitch: true,
		portVariables: ["NUXT_PORT", "NITRO_PORT", "PORT", "npm_package_config_nuxt_port"],
		hostVariables: ["NUXT_HOST", "NITRO_HOST", "HOST", "npm_package_config_nuxt_host"],
		defaultPort: "3000",
		defaultHost: "127.0.0.1",
		configuration: async (process, scene) => {
			const read = await readConfiguration(process, scene, inEveryLanguage("nuxt.config"));
			const old = configuredAt(read, ["server", "port"], ["server", "host"]);
			return old?.port || old?.host ? old : configuredAt(read, ["devServer", "port"], ["devServer", "host"]);
		},
	},
	{
		// remix.run/docs/other-api/serve, reactrouter.com `react-router-serve`: PORT, 3000; HOST.
		name: "remix-serve",
		title: "Remix",
		names: ["remix-serve", "react-router-serve"],
		portVariables: ["PORT"],
		hostVariables: ["HOST"],
		defaultPort: "3000",
	},
	{
		// remix.run/docs/other-api/dev (classic compiler): --port, PORT, 3000.
		name: "remix-dev",
		title: "Remix",
		names: ["remix"],
		verbs: ["dev", "watch"],
		port: ["-p", "--port"],
		portVariables: ["PORT"],
		defaultPort: "3000",
	},
	{
		// reactrouter.com/start/framework/deploying: the development server is Vite's.
		name: "vite-framework",
		title: "Vite",
		names: ["react-router", "remix-vite"],
		verbs: ["dev"],
		port: ["--port"],
		host: ["--host"],
		hostSwitch: true,
		defaultPort: "5173",
		defaultHost: "127.0.0.1",
		configuration: from(inEveryLanguage("vite.config"), ["server", "port"], ["server", "host"]),
	},
	{
		// docs.astro.build/en/reference/cli-reference: 4321 of localhost, --port, --host, `server` in astro.config.
		name: "astro",
		title: "Astro",
		names: ["astro"],
		verbs: ["dev", "preview", "start"],
		port: ["--port"],
		host: ["--host"],
		withValue: ["--root", "--config", "--site", "--base", "--mode"],
		hostSwitch: true,
		defaultPort: "4321",
		defaultHost: "127.0.0.1",
		configuration: from(inEveryLanguage("astro.config"), ["server", "port"], ["server", "host"]),
	},
	{
		// vite.dev/guide/cli, vite.dev/config/server-options: 5173 of localhost.
		name: "vite",
		title: "Vite",
		names: ["vite"],
		verbs: ["", "dev", "serve"],
		otherVerbs: ["preview"],
		port: ["--port"],
		host: ["--host"],
		withValue: ["-c", "--config", "--base", "-m", "--mode", "-l", "--logLevel"],
		hostSwitch: true,
		defaultPort: "5173",
		defaultHost: "127.0.0.1",
		configuration: from(inEveryLanguage("vite.config"), ["server", "port"], ["server", "host"]),
	},
	{
		// vuejs: cli.vuejs.org/guide/cli-service.html: 8080 of all interfaces; PORT and HOST; `devServer` in vue.config.js.
		name: "vue-cli",
		title: "Vue CLI",
		environmentFiles: [".env.development.local", ".env.development", ".env.local", ".env"],
		names: ["vue-cli-service"],
		verbs: ["serve"],
		port: ["--port"],
		host: ["--host"],
		withValue: ["--mode", "--public"],
		portVariables: ["PORT"],
		hostVariables: ["HOST"],
		defaultPort: "8080",
		defaultHost: "0.0.0.0",
		anyAddress: "0.0.0.0",
		configuration: from(
			["vue.config.js", "vue.config.cjs", "vue.config.mjs", "vue.config.ts"],
			["devServer", "port"],
			["devServer", "host"],
		),
	},
	{
		// create-react-app.dev/docs/advanced-configuration: PORT 3000, HOST 0.0.0.0; craco and react-app-rewired wrap it.
		name: "react-scripts",
		title: "Create React App",
		environmentFiles: [".env.development.local", ".env.local", ".env.development", ".env"],
		names: ["react-scripts", "craco", "react-app-rewired", "react-scripts-ts"],
		verbPaths: ["react-scripts/scripts/start.js"],
		verbs: ["start"],
		portVariables: ["PORT"],
		hostVariables: ["HOST"],
		defaultPort: "3000",
		defaultHost: "0.0.0.0",
		anyAddress: "0.0.0.0",
	},
	{
		// angular.dev/cli/serve: 4200 of localhost; angular.json can set both.
		name: "angular",
		title: "Angular",
		names: ["ng"],
		verbs: ["serve", "s", "dev"],
		port: ["--port"],
		host: ["--host"],
		withValue: ["-c", "--configuration", "--proxy-config", "--ssl-cert", "--ssl-key", "--base-href"],
		defaultPort: "4200",
		defaultHost: "127.0.0.1",
		configuration: async (process, scene) => {
			const read = await readConfiguration(process, scene, ["angular.json", ".angular-cli.json"]);
			if (!read || "reason" in read) return undefined;
			const projects = read.exported?.kind === "record" ? read.exported.fields.get("projects") : undefined;
			const all = projects?.kind === "record" ? [...projects.fields.values()] : [];
			const options = (field: string) =>
				all
					.map((project) =>
						configuredAt({ ...read, exported: project }, [field, "serve", "options", "port"], [field, "serve", "options", "host"]),
					)
					.find((one) => one?.port || one?.host);
			return options("architect") ?? options("targets");
		},
	},
	{
		// webpack.js.org/configuration/dev-server: 8080 of localhost; the command takes --port and --host.
		name: "webpack-dev-server",
		title: "webpack-dev-server",
		names: ["webpack-dev-server"],
		port: ["--port"],
		host: ["--host"],
		withValue: ["--config", "-c", "--mode", "--env", "--content-base", "--progress-type"],
		defaultPort: "8080",
		defaultHost: "127.0.0.1",
		configuration: webpackConfiguration,
	},
	{
		name: "webpack-serve",
		title: "webpack-dev-server",
		names: ["webpack", "webpack-cli"],
		verbs: ["serve", "server", "s"],
		port: ["--port"],
		host: ["--host"],
		withValue: ["--config", "-c", "--mode", "--env"],
		defaultPort: "8080",
		defaultHost: "127.0.0.1",
		configuration: webpackConfiguration,
	},
	{
		// rsbuild.rs/config/server/port, rspack.rs: 3000 and 8080 of all interfaces.
		name: "rsbuild",
		title: "Rsbuild",
		names: ["rsbuild"],
		verbs: ["dev", "preview", ""],
		port: ["--port"],
		host: ["--host"],
		hostSwitch: true,
		withValue: ["-c", "--config", "-m", "--mode", "--env-mode"],
		defaultPort: "3000",
		defaultHost: "0.0.0.0",
		configuration: from(inEveryLanguage("rsbuild.config"), ["server", "port"], ["server", "host"]),
	},
	{
		// gatsbyjs.com/docs/reference/gatsby-cli: develop 8000 of localhost; -p, -H; PORT.
		name: "gatsby-develop",
		title: "Gatsby",
		names: ["gatsby"],
		paths: ["gatsby/cli.js"],
		verbs: ["develop"],
		otherVerbs: ["serve"],
		port: ["-p", "--port"],
		host: ["-H", "--host"],
		portVariables: ["PORT"],
		hostVariables: ["GATSBY_DEVELOP_HOST"],
		defaultPort: "8000",
		defaultHost: "127.0.0.1",
	},
	{
		// parceljs.org/features/cli: 1234, PORT; all interfaces.
		name: "parcel",
		title: "Parcel",
		names: ["parcel"],
		port: ["-p", "--port"],
		host: ["--host"],
		withValue: ["--dist-dir", "--public-url", "--target", "--cache-dir", "--hmr-port", "--hmr-host", "--config"],
		portVariables: ["PORT"],
		defaultPort: "1234",
		quietFlags: ["build", "watch"],
	},
	{
		// docusaurus.io/docs/cli: start and serve on 3000 of localhost; PORT, HOST.
		name: "docusaurus",
		title: "Docusaurus",
		names: ["docusaurus"],
		verbs: ["start", "serve"],
		port: ["-p", "--port"],
		host: ["-h", "--host"],
		withValue: ["--config", "--locale", "--dir"],
		portVariables: ["PORT"],
		hostVariables: ["HOST"],
		defaultPort: "3000",
		defaultHost: "127.0.0.1",
	},
	{
		// vitepress.dev/reference/cli: dev is Vite's server.
		name: "vitepress",
		title: "VitePress",
		names: ["vitepress"],
		verbs: ["", "dev"],
		otherVerbs: ["preview", "serve"],
		port: ["--port"],
		host: ["--host"],
		hostSwitch: true,
		defaultPort: "5173",
		defaultHost: "127.0.0.1",
	},
	{
		// v2.vuepress.vuejs.org/reference/cli.html: 8080 of all interfaces.
		name: "vuepress",
		title: "VuePress",
		names: ["vuepress"],
		verbs: ["dev"],
		port: ["-p", "--port"],
		host: ["--host"],
		withValue: ["-t", "--temp", "-c", "--cache"],
		defaultPort: "8080",
		defaultHost: "0.0.0.0",
		anyAddress: "0.0.0.0",
	},
	{
		// 11ty.dev/docs/usage: --serve, --port, 8080.
		name: "eleventy-serve",
		title: "Eleventy",
		names: ["eleventy"],
		onlyWith: ["--serve"],
		port: ["--port"],
		withValue: ["--input", "--output", "--config", "--formats", "--pathprefix"],
		defaultPort: "8080",
	},
	{
		// storybook.js.org/docs/api/cli-options: -p 6006, -h.
		name: "storybook",
		title: "Storybook",
		names: ["storybook", "sb"],
		verbs: ["dev"],
		port: ["-p", "--port"],
		host: ["-h", "--host"],
		withValue: ["-c", "--config-dir"],
		portVariables: ["SBCONFIG_PORT"],
		hostVariables: ["SBCONFIG_HOSTNAME"],
		defaultPort: "6006",
	},
	{
		name: "start-storybook",
		title: "Storybook",
		names: ["start-storybook"],
		port: ["-p", "--port"],
		host: ["-h", "--host"],
		portVariables: ["SBCONFIG_PORT"],
		defaultPort: "6006",
	},
	{
		// docs.expo.dev/more/expo-cli: Metro on 8081.
		name: "expo",
		title: "Expo",
		names: ["expo"],
		verbs: ["start"],
		port: ["-p", "--port"],
		portVariables: ["RCT_METRO_PORT"],
		defaultPort: "8081",
	},
	{
		// vinxi.vercel.app, SolidStart and TanStack Start: 3000.
		name: "vinxi",
		title: "Vinxi",
		names: ["vinxi"],
		verbs: ["dev", "start"],
		port: ["--port"],
		host: ["--host"],
		hostSwitch: true,
		portVariables: ["PORT"],
		hostVariables: ["HOST"],
		defaultPort: "3000",
	},
	{
		// quasar.dev/quasar-cli-vite/commands-list: dev on 9000.
		name: "quasar",
		title: "Quasar",
		names: ["quasar"],
		verbs: ["serve"],
		port: ["-p", "--port"],
		host: ["-H", "--hostname"],
		portVariables: ["PORT"],
		hostVariables: ["HOSTNAME"],
		defaultPort: "4000",
	},
	{
		// umijs.org/docs/api/commands: dev on 8000; PORT, HOST.
		name: "umi",
		title: "Umi",
		environmentFiles: [".env.local", ".env"],
		names: ["umi", "max", "umi-serve"],
		verbs: ["dev"],
		port: ["--port"],
		host: ["--host"],
		portVariables: ["PORT"],
		hostVariables: ["HOST"],
		defaultPort: "8000",
	},
];

const WEBPACK_FILES = [...inEveryLanguage("webpack.config"), ...inEveryLanguage("webpack.dev"), ...inEveryLanguage("webpackfile")];

/** The file that `--config` names, else webpack's own names for it. */
async function webpackConfiguration(...[process, scene, args]: Parameters<NonNullable<NodeServer["configuration"]>>) {
	const words = args.map((word) => (word.kind === "known" ? word.text : ""));
	const at = words.findIndex((word) => word === "--config" || word === "-c");
	const named = at >= 0 ? words[at + 1] : words.find((word) => word.startsWith("--config="))?.slice("--config=".length);
	const names = named ? [named.replace(/^\.\//, "")] : WEBPACK_FILES;
	const read = await readConfiguration(process, scene, names);
	if (named && !read) return { reason: t("{0} is not in the image", named) };
	return configuredAt(read, ["devServer", "port"], ["devServer", "host"]);
}
