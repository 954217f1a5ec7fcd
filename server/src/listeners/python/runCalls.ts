import { type Parameter, type ReadCall, readPythonCall } from "../sourceCall.ts";
import type { Technology } from "../technology.ts";

/** A library whose one call says everything. */
interface Fact {
	readonly title: string;
	/** The page of the manual that says so. */
	readonly manual: string;
	readonly calls: readonly string[];
	readonly port: Parameter;
	readonly address: Parameter;
	/** Keywords that name a Unix socket or an open handle. */
	readonly insteadOfPort?: readonly string[];
}

const LOOPBACK = "127.0.0.1";
const ANY = "0.0.0.0";

const FACTS: Readonly<Record<string, Fact>> = {
	aiohttp: {
		title: "aiohttp",
		manual: "https://docs.aiohttp.org/en/stable/web_reference.html#aiohttp.web.run_app",
		calls: ["aiohttp.web.run_app"],
		port: { keyword: "port", byDefault: "8080" },
		address: { keyword: "host", byDefault: ANY },
		insteadOfPort: ["path", "sock"],
	},
	"aiohttp-site": {
		title: "aiohttp",
		manual: "https://docs.aiohttp.org/en/stable/web_reference.html#aiohttp.web.TCPSite",
		calls: ["aiohttp.web.TCPSite", "aiohttp.web_runner.TCPSite"],
		port: { keyword: "port", position: 2, byDefault: "8080" },
		address: { keyword: "host", position: 1, byDefault: ANY },
	},
	bottle: {
		title: "Bottle",
		manual: "https://bottlepy.org/docs/dev/api.html#bottle.run",
		calls: ["bottle.run", "bottle.Bottle().run", "bottle.app().run", "bottle.default_app().run"],
		port: { keyword: "port", byDefault: "8080" },
		address: { keyword: "host", byDefault: LOOPBACK },
	},
	dash: {
		title: "Dash",
		manual: "https://dash.plotly.com/reference#app.run",
		calls: ["dash.Dash().run", "dash.Dash().run_server", "dash_enterprise_libraries.Dash().run"],
		port: { keyword: "port", byDefault: "8050", variable: "PORT" },
		address: { keyword: "host", position: 0, byDefault: LOOPBACK, variable: "HOST" },
	},
	apiflask: {
		title: "Flask's descendants",
		manual: "https://apiflask.com/",
		calls: ["apiflask.APIFlask().run", "flask_openapi3.OpenAPI().run", "eve.Eve().run"],
		port: { keyword: "port", position: 1, byDefault: "5000" },
		address: { keyword: "host", position: 0, byDefault: LOOPBACK },
	},
	"bokeh-server": {
		title: "Panel",
		manual: "https://panel.holoviz.org/api/panel.io.server.html#panel.io.server.serve",
		calls: ["panel.serve", "panel.io.serve"],
		port: { keyword: "port", position: 1 },
		address: { keyword: "address", position: 2, byDefault: "" },
	},
	"connexion-app": {
		title: "Connexion",
		manual: "https://connexion.readthedocs.io/en/latest/quickstart.html",
		// Versions 2 and 3 differ in the port that they take by themselves.
		calls: ["connexion.App().run", "connexion.FlaskApp().run", "connexion.AsyncApp().run", "connexion.AioHttpApp().run"],
		port: { keyword: "port" },
		address: { keyword: "host", byDefault: "" },
	},
	fasthtml: {
		title: "FastHTML",
		manual: "https://fastht.ml/docs/api/core.html#serve",
		calls: ["fasthtml.common.serve", "fasthtml.core.serve", "fasthtml.serve"],
		port: { keyword: "port", position: 3, byDefault: "5001", variable: "PORT" },
		address: { keyword: "host", position: 2, byDefault: ANY },
	},
	gradio: {
		title: "Gradio",
		manual: "https://www.gradio.app/docs/gradio/blocks#blocks-launch",
		calls: ["Blocks", "Interface", "ChatInterface", "TabbedInterface", "Server", "Parallel", "Series"].map(
			(one) => `gradio.${one}().launch`,
		),
		port: { keyword: "server_port", byDefault: "7860", variable: "GRADIO_SERVER_PORT" },
		address: { keyword: "server_name", byDefault: LOOPBACK, variable: "GRADIO_SERVER_NAME" },
	},
	"granian-embedded": {
		title: "Granian",
		manual: "https://github.com/emmett-framework/granian#embedding-granian-in-your-project",
		calls: ["granian.Granian", "granian.server.Server"],
		port: { keyword: "port", position: 2, byDefault: "8000" },
		address: { keyword: "address", position: 1, byDefault: LOOPBACK },
		insteadOfPort: ["uds"],
	},
	japronto: {
		title: "Japronto",
		manual: "https://github.com/squeaky-pl/japronto/blob/master/tutorial/1_hello.md",
		calls: ["japronto.Application().run"],
		port: { keyword: "port", position: 1, byDefault: "8080" },
		address: { keyword: "host", position: 0, byDefault: ANY },
	},
	klein: {
		title: "Klein",
		manual: "https://klein.readthedocs.io/en/latest/introduction/1-gettingstarted.html",
		calls: ["klein.Klein().run", "klein.run"],
		port: { keyword: "port", position: 1 },
		address: { keyword: "host", position: 0, byDefault: "" },
		insteadOfPort: ["endpoint_description"],
	},
	microdot: {
		title: "Microdot",
		manual: "https://microdot.readthedocs.io/en/latest/api/index.html",
		calls: ["microdot.Microdot().run", "microdot.Microdot().start_server"],
		port: { keyword: "port", position: 1, byDefault: "5000" },
		address: { keyword: "host", position: 0, byDefault: ANY },
	},
	nicegui: {
		title: "NiceGUI",
		manual: "https://nicegui.io/documentation/run",
		calls: ["nicegui.ui.run"],
		port: { keyword: "port", byDefault: "8080" },
		address: { keyword: "host", byDefault: ANY },
	},
	prometheus: {
		title: "Prometheus client",
		manual: "https://prometheus.github.io/client_python/exporting/http/",
		calls: [
			"prometheus_client.start_http_server",
			"prometheus_client.start_wsgi_server",
			"prometheus_client.exposition.start_http_server",
			"prometheus_client.exposition.start_wsgi_server",
			"prometheus_client.twisted.start_http_server",
		],
		port: { keyword: "port", position: 0 },
		address: { keyword: "addr", position: 1, byDefault: ANY },
	},
	quart: {
		title: "Quart",
		manual: "https://quart.palletsprojects.com/en/latest/reference/source/quart.app.html",
		calls: ["quart.Quart().run", "quart.app.Quart().run", "quart.Quart().run_task"],
		port: { keyword: "port", position: 1, byDefault: "5000" },
		address: { keyword: "host", position: 0, byDefault: LOOPBACK },
	},
	robyn: {
		title: "Robyn",
		manual: "https://robyn.tech/documentation/en/api_reference/getting_started",
		calls: ["robyn.Robyn().start"],
		port: { keyword: "port", position: 1, byDefault: "8080", variable: "ROBYN_PORT" },
		address: { keyword: "host", position: 0, byDefault: LOOPBACK, variable: "ROBYN_HOST" },
	},
	sanic: {
		title: "Sanic",
		manual: "https://sanic.dev/en/guide/running/running.html",
		calls: ["sanic.Sanic().run", "sanic.Sanic().prepare", "sanic.app.Sanic().run", "sanic.Sanic().create_server"],
		port: { keyword: "port", position: 1, byDefault: "8000" },
		address: { keyword: "host", position: 0, byDefault: LOOPBACK },
		insteadOfPort: ["unix", "sock"],
	},
	shiny: {
		title: "Shiny for Python",
		manual: "https://shiny.posit.co/py/api/core/run_app.html",
		calls: ["shiny.run_app", "shiny.App().run"],
		port: { keyword: "port", byDefault: "8000" },
		address: { keyword: "host", byDefault: LOOPBACK },
	},
	"slack-bolt": {
		title: "Bolt for Python",
		manual: "https://docs.slack.dev/tools/bolt-python/reference/app/app.html",
		calls: ["slack_bolt.App().start", "slack_bolt.async_app.AsyncApp().start"],
		port: { keyword: "port", position: 0, byDefault: "3000" },
		address: { keyword: "host", byDefault: "" },
	},
	"simple-websocket-server": {
		title: "simple-websocket-server",
		manual: "https://github.com/dpallot/simple-websocket-server",
		calls: ["simple_websocket_server.WebSocketServer", "SimpleWebSocketServer.SimpleWebSocketServer"],
		port: { keyword: "port", position: 1 },
		address: { keyword: "host", position: 0 },
	},
	"telegram-webhook": {
		title: "python-telegram-bot",
		manual: "https://docs.python-telegram-bot.org/en/stable/telegram.ext.application.html#telegram.ext.Application.run_webhook",
		calls: [
			"telegram.ext.Updater().start_webhook",
			"telegram.ext.Application.builder().token().build().run_webhook",
			"telegram.ext.ApplicationBuilder().token().build().run_webhook",
		],
		port: { keyword: "port", position: 1, byDefault: "80" },
		address: { keyword: "listen", position: 0, byDefault: LOOPBACK },
		insteadOfPort: ["unix"],
	},
	websockets: {
		title: "websockets",
		manual: "https://websockets.readthedocs.io/en/stable/reference/asyncio/server.html",
		calls: ["", ".server", ".asyncio.server", ".sync.server", ".legacy.server"].map((module) => `websockets${module}.serve`),
		port: { keyword: "port", position: 2 },
		address: { keyword: "host", position: 1, byDefault: "" },
		insteadOfPort: ["sock"],
	},
	"websocket-server": {
		title: "websocket-server",
		manual: "https://github.com/Pithikos/python-websocket-server#api",
		calls: ["websocket_server.WebsocketServer"],
		port: { keyword: "port", byDefault: "0" },
		address: { keyword: "host", byDefault: LOOPBACK },
	},
};

/** Libraries with a call that listens, of which a row of facts is all there is to say. */
export const runCalls: readonly Technology[] = Object.entries(FACTS).map(([name, { title, calls, port, address, insteadOfPort }]) => {
	const read: ReadCall = readPythonCall({ port, address, anyAddress: "0.0.0.0", ...(insteadOfPort ? { insteadOfPort } : {}) });
	return { name, title, calls: { python: Object.fromEntries(calls.map((call) => [call, read])) } };
});
