import type { Technology } from "../technology.ts";
import { type ServerCommand, type Setting, serverCommands } from "./serverCommand.ts";

/** Programs that are told apart by nothing but their names, flags, variables and defaults. */
interface Fact {
	readonly title: string;
	/** The page of the manual that says so. */
	readonly manual: string;
	readonly commands: readonly ServerCommand[];
	/** Subcommands that never listen. */
	readonly quiet?: readonly string[];
}

const port = (byDefault: string, flags: readonly string[] = ["--port"], ...variables: string[]): Setting => ({
	flags,
	variables,
	byDefault,
});
const on = (byDefault: string, flags: readonly string[] = ["--host"], ...variables: string[]): Setting => ({ flags, variables, byDefault });

const LOOPBACK = "127.0.0.1";
const ANY = "0.0.0.0";

const FACTS: Readonly<Record<string, Fact>> = {
	airflow: {
		title: "Apache Airflow",
		manual: "https://airflow.apache.org/docs/apache-airflow/stable/cli-and-env-variables-ref.html",
		commands: [
			{
				names: ["airflow"],
				verbs: ["webserver"],
				port: port("8080", ["-p", "--port"], "AIRFLOW__WEBSERVER__WEB_SERVER_PORT"),
				address: on(ANY, ["-H", "--hostname"], "AIRFLOW__WEBSERVER__WEB_SERVER_HOST"),
			},
			{
				names: ["airflow"],
				verbs: ["api-server"],
				port: port("8080", ["-p", "--port"], "AIRFLOW__API__PORT"),
				address: on(ANY, ["-H", "--host"], "AIRFLOW__API__HOST"),
			},
			{
				names: ["airflow"],
				verbs: ["celery flower"],
				port: port("5555", ["-p", "--port"], "AIRFLOW__CELERY__FLOWER_PORT"),
				address: on(ANY, ["-H", "--hostname"], "AIRFLOW__CELERY__FLOWER_HOST"),
			},
		],
		quiet: ["db", "users", "version", "connections", "variables", "dags", "dag-processor", "triggerer", "initdb", "upgradedb"],
	},
	bentoml: {
		title: "BentoML",
		manual: "https://docs.bentoml.com/en/latest/reference/bentoml/cli.html",
		commands: [
			{
				names: ["bentoml"],
				verbs: ["serve", "serve-http"],
				port: port("3000", ["-p", "--port"], "BENTOML_PORT"),
				address: on(ANY, ["--host"], "BENTOML_HOST"),
			},
		],
		quiet: ["build", "containerize", "list"],
	},
	bokeh: {
		title: "Bokeh",
		manual: "https://docs.bokeh.org/en/latest/docs/reference/command/subcommands/serve.html",
		commands: [
			{
				names: ["bokeh", "panel"],
				verbs: ["serve"],
				port: port("5006"),
				address: on(ANY, ["--address"]),
				quietWith: ["--unix-socket"],
			},
		],
	},
	celery: {
		title: "Celery",
		manual: "https://flower.readthedocs.io/en/latest/config.html",
		commands: [
			{
				names: ["celery"],
				verbs: ["flower"],
				port: port("5555", ["--port"], "FLOWER_PORT"),
				address: on(ANY, ["--address"], "FLOWER_ADDRESS"),
				quietWith: ["--unix_socket", "--unix-socket"],
			},
			{
				names: ["flower"],
				port: port("5555", ["--port"], "FLOWER_PORT"),
				address: on(ANY, ["--address"], "FLOWER_ADDRESS"),
				quietWith: ["--unix_socket", "--unix-socket"],
			},
		],
		quiet: ["worker", "beat", "multi", "inspect", "status", "purge", "events", "control", "call"],
	},
	chainlit: {
		title: "Chainlit",
		manual: "https://docs.chainlit.io/backend/command-line",
		commands: [
			{
				names: ["chainlit"],
				verbs: ["run"],
				port: port("8000", ["--port"], "CHAINLIT_PORT"),
				address: on(LOOPBACK, ["--host"], "CHAINLIT_HOST"),
			},
		],
		quiet: ["init", "create-secret"],
	},
	ckan: {
		title: "CKAN",
		manual: "https://docs.ckan.org/en/latest/maintaining/cli.html",
		commands: [{ names: ["ckan"], verbs: ["run"], port: port("5000", ["-p", "--port"]), address: on("localhost", ["-H", "--host"]) }],
		quiet: ["db", "jobs", "search-index", "sysadmin", "datapusher"],
	},
	connexion: {
		title: "Connexion",
		manual: "https://connexion.readthedocs.io/en/latest/cli.html",
		commands: [{ names: ["connexion"], verbs: ["run"], port: port("8080", ["-p", "--port"]), address: on(LOOPBACK, ["-H", "--host"]) }],
	},
	dagster: {
		title: "Dagster",
		manual: "https://docs.dagster.io/api/clis/cli",
		commands: [
			{
				names: ["dagster-webserver"],
				port: port("3000", ["-p", "--port"], "DAGSTER_WEBSERVER_PORT"),
				address: on(LOOPBACK, ["-h", "--host"], "DAGSTER_WEBSERVER_HOST"),
			},
			{
				names: ["dagit"],
				port: port("3000", ["-p", "--port"], "DAGIT_PORT"),
				address: on(LOOPBACK, ["-h", "--host"], "DAGIT_HOST"),
			},
			{ names: ["dagster"], verbs: ["dev"], port: port("3000", ["-p", "--port"]), address: on(LOOPBACK, ["-h", "--host"]) },
			{
				names: ["dagster"],
				verbs: ["api grpc", "code-server start"],
				port: { flags: ["-p", "--port"], variables: ["DAGSTER_GRPC_PORT"] },
				address: on("localhost", ["-h", "--host"], "DAGSTER_GRPC_HOST"),
				quietWith: ["-s", "--socket"],
			},
		],
		quiet: ["job", "asset", "instance", "run"],
	},
	datasette: {
		title: "Datasette",
		manual: "https://docs.datasette.io/en/stable/cli-reference.html",
		commands: [
			{
				names: ["datasette"],
				verbs: ["serve"],
				verbless: true,
				port: port("8001", ["-p", "--port"]),
				address: on(LOOPBACK, ["-h", "--host"]),
				quietWith: ["--uds", "--get"],
			},
		],
		quiet: ["publish", "package", "inspect", "install", "uninstall", "plugins", "create-token"],
	},
	dbt: {
		title: "dbt",
		manual: "https://docs.getdbt.com/reference/commands/cmd-docs",
		commands: [{ names: ["dbt"], verbs: ["docs serve"], port: port("8080"), address: on(LOOPBACK) }],
		quiet: ["run", "build", "test", "seed", "snapshot", "compile", "deps", "debug", "docs generate", "source", "ls", "list", "clean"],
	},
	esphome: {
		title: "ESPHome",
		manual: "https://esphome.io/guides/cli",
		commands: [{ names: ["esphome"], verbs: ["dashboard"], port: port("6052"), address: on(ANY, ["--address"]) }],
		quiet: ["compile", "config", "run", "upload", "logs"],
	},
	faust: {
		title: "Faust",
		manual: "https://faust-streaming.github.io/faust/userguide/workers.html",
		commands: [
			{
				names: ["faust"],
				verbs: ["worker"],
				port: port("6066", ["-p", "--web-port"], "WEB_PORT"),
				address: on(ANY, ["-b", "--web-bind"], "WEB_BIND"),
				quietWith: ["--without-web"],
			},
		],
	},
	granian: {
		title: "Granian",
		manual: "https://github.com/emmett-framework/granian#options",
		commands: [
			{
				names: ["granian"],
				port: port("8000", ["--port"], "GRANIAN_PORT"),
				address: on(LOOPBACK, ["--host"], "GRANIAN_HOST"),
				quietWith: ["--uds"],
			},
		],
	},
	kedro: {
		title: "Kedro-Viz",
		manual: "https://docs.kedro.org/projects/kedro-viz/en/stable/cli-docs.html",
		commands: [{ names: ["kedro"], verbs: ["viz run", "viz"], port: port("4141"), address: on(LOOPBACK) }],
		quiet: ["run", "package", "ipython", "registry"],
	},
	"label-studio": {
		title: "Label Studio",
		manual: "https://labelstud.io/guide/start",
		commands: [
			{
				names: ["label-studio"],
				verbs: ["start"],
				verbless: true,
				port: port("8080", ["-p", "--port"], "LABEL_STUDIO_PORT"),
				address: on(ANY, ["--internal-host"]),
			},
		],
		quiet: ["init", "version", "user", "export"],
	},
	langgraph: {
		title: "LangGraph",
		manual: "https://docs.langchain.com/langsmith/cli",
		commands: [{ names: ["langgraph"], verbs: ["dev"], port: port("2024"), address: on(LOOPBACK) }],
		quiet: ["build", "dockerfile", "new"],
	},
	litellm: {
		title: "LiteLLM",
		manual: "https://docs.litellm.ai/docs/proxy/cli",
		commands: [{ names: ["litellm"], port: port("4000", ["--port"], "PORT"), address: on(ANY, ["--host"], "HOST") }],
	},
	litestar: {
		title: "Litestar",
		manual: "https://docs.litestar.dev/latest/usage/cli.html",
		commands: [
			{
				names: ["litestar"],
				verbs: ["run"],
				port: port("8000", ["-p", "--port"], "LITESTAR_PORT"),
				address: on(LOOPBACK, ["-H", "--host"], "LITESTAR_HOST"),
				quietWith: ["-F", "--fd", "--file-descriptor", "-U", "--uds", "--unix-domain-socket"],
			},
		],
		quiet: ["database", "routes", "info", "schema", "sessions"],
	},
	marimo: {
		title: "marimo",
		manual: "https://docs.marimo.io/cli/",
		commands: [
			{ names: ["marimo"], verbs: ["edit", "run", "new", "tutorial"], port: port("2718", ["-p", "--port"]), address: on(LOOPBACK) },
		],
		quiet: ["export", "convert", "config"],
	},
	mitmproxy: {
		title: "mitmproxy",
		manual: "https://docs.mitmproxy.org/stable/concepts/options/",
		commands: [{ names: ["mitmdump", "mitmproxy"], port: port("8080", ["-p", "--listen-port"]), address: on(ANY, ["--listen-host"]) }],
	},
	mlflow: {
		title: "MLflow",
		manual: "https://mlflow.org/docs/latest/api_reference/cli.html",
		commands: [
			{
				names: ["mlflow"],
				verbs: ["models serve", "server", "ui", "gateway start", "deployments start-server"],
				port: port("5000", ["-p", "--port"], "MLFLOW_PORT"),
				address: on(LOOPBACK, ["-h", "--host"], "MLFLOW_HOST"),
			},
		],
		quiet: ["run", "db upgrade", "gc", "experiments", "artifacts", "runs"],
	},
	moto: {
		title: "Moto",
		manual: "https://docs.getmoto.org/en/latest/docs/server_mode.html",
		commands: [
			{
				names: ["moto_server", "moto.server"],
				port: port("5000", ["-p", "--port"], "MOTO_PORT"),
				address: on(LOOPBACK, ["-H", "--host"], "MOTO_HOST"),
			},
		],
	},
	octoprint: {
		title: "OctoPrint",
		manual: "https://docs.octoprint.org/en/master/configuration/cli.html",
		commands: [{ names: ["octoprint"], verbs: ["serve"], port: port("5000"), address: on(ANY) }],
	},
	mkdocs: {
		title: "MkDocs",
		manual: "https://www.mkdocs.org/user-guide/cli/#mkdocs-serve",
		commands: [
			{
				names: ["mkdocs", "properdocs"],
				verbs: ["serve"],
				port: port("8000", []),
				address: on(LOOPBACK, []),
				binding: ["-a", "--dev-addr"],
			},
		],
		quiet: ["build", "gh-deploy", "new"],
	},
	"open-webui": {
		title: "Open WebUI",
		manual: "https://docs.openwebui.com/getting-started/quick-start/",
		commands: [{ names: ["open-webui"], verbs: ["serve"], port: port("8080"), address: on(ANY) }],
	},
	prefect: {
		title: "Prefect",
		manual: "https://docs.prefect.io/v3/api-ref/cli/server",
		commands: [
			{
				names: ["prefect"],
				verbs: ["server start", "orion start"],
				port: port("4200", ["--port"], "PREFECT_SERVER_API_PORT"),
				address: on(LOOPBACK, ["--host"], "PREFECT_SERVER_API_HOST"),
			},
		],
		quiet: ["worker start", "agent start", "deploy", "deployment", "work-pool", "config", "flow-run"],
	},
	"pypi-server": {
		title: "pypiserver",
		manual: "https://github.com/pypiserver/pypiserver#usage",
		commands: [
			{
				names: ["pypi-server"],
				verbs: ["run"],
				verbless: true,
				port: port("8080", ["-p", "--port"], "PYPISERVER_PORT"),
				address: on(ANY, ["-i", "-H", "--interface", "--host"], "PYPISERVER_INTERFACE"),
			},
		],
		quiet: ["update"],
	},
	quart: {
		title: "Quart",
		manual: "https://quart.palletsprojects.com/en/latest/how_to_guides/command_line.html",
		commands: [
			{
				names: ["quart"],
				verbs: ["run"],
				port: port("5000", ["-p", "--port"], "QUART_RUN_PORT"),
				address: on(LOOPBACK, ["-h", "--host"], "QUART_RUN_HOST"),
			},
		],
		quiet: ["shell", "routes"],
	},
	rasa: {
		title: "Rasa",
		manual: "https://rasa.com/docs/rasa/command-line-interface",
		commands: [
			{ names: ["rasa"], verbs: ["run actions"], port: port("5055", ["-p", "--port"]), address: on(ANY, []) },
			{ names: ["rasa_sdk"], port: port("5055", ["-p", "--port"]), address: on(ANY, []) },
			{ names: ["rasa"], verbs: ["run"], port: port("5005", ["-p", "--port"]), address: on(ANY, ["-i", "--interface"]) },
		],
		quiet: ["train", "test", "data", "init"],
	},
	"rq-dashboard": {
		title: "RQ Dashboard",
		manual: "https://github.com/Parallels/rq-dashboard#installing-from-pypi",
		commands: [
			{
				names: ["rq-dashboard", "rq_dashboard"],
				port: port("9181", ["-p", "--port"], "RQ_DASHBOARD_PORT"),
				address: on(ANY, ["-b", "--bind"], "RQ_DASHBOARD_BIND"),
			},
		],
	},
	sanic: {
		title: "Sanic",
		manual: "https://sanic.dev/en/guide/running/running.html",
		commands: [
			{
				names: ["sanic"],
				port: port("8000", ["-p", "--port"]),
				address: on(LOOPBACK, ["-H", "--host"]),
				quietWith: ["-u", "--unix"],
			},
		],
	},
	sglang: {
		title: "SGLang",
		manual: "https://docs.sglang.ai/advanced_features/server_arguments.html",
		commands: [{ names: ["sglang.launch_server"], port: port("30000"), address: on(LOOPBACK) }],
	},
	shiny: {
		title: "Shiny for Python",
		manual: "https://shiny.posit.co/py/api/core/run_app.html",
		commands: [
			{
				names: ["shiny"],
				verbs: ["run"],
				port: port("8000", ["-p", "--port"], "SHINY_PORT"),
				address: on(LOOPBACK, ["-h", "--host"], "SHINY_HOST"),
			},
		],
		quiet: ["create", "static"],
	},
	solara: {
		title: "Solara",
		manual: "https://solara.dev/documentation/getting_started/deploying/self-hosted",
		commands: [{ names: ["solara"], verbs: ["run"], port: port("8765", ["--port"], "PORT"), address: on("localhost", ["--host"], "HOST") }],
	},
	"sphinx-autobuild": {
		title: "sphinx-autobuild",
		manual: "https://github.com/sphinx-doc/sphinx-autobuild#command-line-options",
		commands: [{ names: ["sphinx-autobuild"], port: port("8000"), address: on(LOOPBACK) }],
	},
	superset: {
		title: "Apache Superset",
		manual: "https://superset.apache.org/docs/installation/pypi",
		commands: [
			{
				names: ["superset"],
				verbs: ["run"],
				port: port("5000", ["-p", "--port"], "FLASK_RUN_PORT", "SUPERSET_RUN_PORT"),
				address: on(LOOPBACK, ["-h", "--host"], "FLASK_RUN_HOST", "SUPERSET_RUN_HOST"),
			},
		],
		quiet: ["db", "fab", "init", "load-examples", "load_examples", "import-dashboards"],
	},
	tensorboard: {
		title: "TensorBoard",
		manual: "https://github.com/tensorflow/tensorboard/blob/master/README.md",
		commands: [
			{
				names: ["tensorboard", "tensorboard.main"],
				port: port("6006"),
				address: on("localhost"),
				openWith: ["--bind_all", "--bind-all"],
			},
		],
	},
	vllm: {
		title: "vLLM",
		manual: "https://docs.vllm.ai/en/latest/cli/serve.html",
		commands: [
			{ names: ["vllm"], verbs: ["serve"], port: port("8000"), address: on(ANY), quietWith: ["--uds"] },
			{
				names: ["vllm.entrypoints.openai.api_server", "vllm.entrypoints.api_server"],
				port: port("8000"),
				address: on(ANY),
				quietWith: ["--uds"],
			},
		],
		quiet: ["bench", "run-batch", "collect-env"],
	},
	voila: {
		title: "Voilà",
		manual: "https://voila.readthedocs.io/en/stable/using.html",
		commands: [
			{
				names: ["voila"],
				port: port("8866", ["--port", "--Voila.port"]),
				address: on("localhost", ["--ip", "--Voila.ip"]),
			},
		],
	},
};

/** Servers of which a row of facts is all there is to say. */
export const consoleServers: readonly Technology[] = Object.entries(FACTS).map(([name, { title, commands, quiet }]) => ({
	name,
	title,
	command: serverCommands(commands, quiet),
}));
