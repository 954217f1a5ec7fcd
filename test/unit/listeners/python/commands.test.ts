import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

/** A command of a row of facts, and what it listens on. */
function command(line: string, listens: readonly string[], environment: Readonly<Record<string, string>> = {}): void {
	check([line, ...Object.keys(environment)].join(" "), line, { listens, environment });
}

describe("programs by their facts", () => {
	command("airflow webserver", ["0.0.0.0:8080 convention"]);
	command("airflow webserver -p 80 --hostname 127.0.0.1", ["127.0.0.1:80 certain"]);
	command("airflow api-server", ["0.0.0.0:81 certain"], { AIRFLOW__API__PORT: "81" });
	command("airflow db init", []);
	command("bentoml serve", ["0.0.0.0:3000 convention"]);
	command("bokeh serve --port 80", ["0.0.0.0:80 certain"]);
	command("celery -A app worker", []);
	command("celery -A app flower", ["0.0.0.0:5555 convention"]);
	command("flower --port=80 --address=127.0.0.1", ["127.0.0.1:80 certain"]);
	command("flower", ["0.0.0.0:81 certain"], { FLOWER_PORT: "81" });
	command("chainlit run app.py --host 0.0.0.0", ["0.0.0.0:8000 convention"]);
	command("ckan -c ckan.ini run --host 0.0.0.0", ["0.0.0.0:5000 convention"]);
	command("dagster-webserver -h 0.0.0.0", ["0.0.0.0:3000 convention"]);
	command("dagster api grpc -h 0.0.0.0 -p 4000", ["0.0.0.0:4000 certain"]);
	command("datasette data.db -h 0.0.0.0 -p 80", ["0.0.0.0:80 certain"]);
	command("datasette", ["127.0.0.1:8001 convention"]);
	command("granian app:app", ["127.0.0.1:80 certain"], { GRANIAN_PORT: "80" });
	command("litestar --app a:app run --port 80", ["127.0.0.1:80 certain"]);
	command("mlflow server --host 0.0.0.0", ["0.0.0.0:5000 convention"]);
	command("mkdocs serve", ["127.0.0.1:8000 convention"]);
	command("mkdocs serve -a 0.0.0.0:80", ["0.0.0.0:80 certain"]);
	command("mlflow ui -p 80", ["127.0.0.1:80 certain"]);
	command("prefect server start", ["127.0.0.1:4200 convention"]);
	command("prefect worker start", []);
	command("quart run", ["127.0.0.1:5000 convention"]);
	command("rasa run actions", ["0.0.0.0:5055 convention"]);
	command("rasa run -p 80", ["0.0.0.0:80 certain"]);
	command("superset run -h 0.0.0.0 -p 8088", ["0.0.0.0:8088 certain"]);
	command("tensorboard --logdir x", ["127.0.0.1:6006 convention"]);
	command("tensorboard --logdir x --bind_all --port 80", ["0.0.0.0:80 certain"]);
	command("vllm serve model", ["0.0.0.0:8000 convention"]);
	command("python -m vllm.entrypoints.openai.api_server --port 80", ["0.0.0.0:80 certain"]);
	check("an unknown subcommand", "mlflow fly", { gaps: ["nothing is known about this mlflow command"] });
	check("workers", "rq worker", {});
	check("tools", "python -m pytest", {});
});

describe("streamlit", () => {
	check("defaults", "streamlit run app.py", { listens: ["0.0.0.0:8501 convention"] });
	check("flags", "streamlit run app.py --server.port=80 --server.address=127.0.0.1", { listens: ["127.0.0.1:80 certain"] });
	check("variables", "streamlit run app.py", { environment: { STREAMLIT_SERVER_PORT: "81" }, listens: ["0.0.0.0:81 certain"] });
	check("the folder's file", "streamlit run app.py", {
		files: { ".streamlit/config.toml": "[server]\nheadless = true\nport = 82\n" },
		listens: ["0.0.0.0:82 certain"],
		evidence: ["Dockerfile:10", "config.toml:3"],
	});
	check("the home folder's file", "streamlit run app.py", {
		files: { "/root/.streamlit/config.toml": "server.address = '127.0.0.1'" },
		listens: ["127.0.0.1:8501 convention"],
	});
	check("another command", "streamlit cache clear", { gaps: ["nothing is known about this streamlit command"] });
});

describe("jupyter", () => {
	check("defaults", "jupyter lab", { listens: ["127.0.0.1:8888 convention"] });
	check("flags", "jupyter notebook --ip=0.0.0.0 --port=80 --no-browser", { listens: ["0.0.0.0:80 certain"] });
	check("traits", "jupyter-lab --ServerApp.ip=* --ServerApp.port=81", { listens: ["0.0.0.0:81 certain"] });
	check("JUPYTER_PORT", "jupyter server", { environment: { JUPYTER_PORT: "82" }, listens: ["127.0.0.1:82 certain"] });
	check("a file", "jupyter notebook", {
		files: { "/root/.jupyter/jupyter_notebook_config.py": "c = get_config()\nc.NotebookApp.ip = '0.0.0.0'\nc.NotebookApp.port = 83" },
		listens: ["0.0.0.0:83 certain"],
		evidence: ["Dockerfile:10", "jupyter_notebook_config.py:3"],
	});
	check("a file without get_config", "jupyter lab --config conf.py", {
		files: { "conf.py": "c.ServerApp.port = 84" },
		listens: ["127.0.0.1:84 certain"],
	});
	check("a conversion", "jupyter nbconvert --to html a.ipynb", {});
});

describe("locust", () => {
	check("defaults", "locust -f locustfile.py", { listens: ["0.0.0.0:8089 convention"] });
	check("flags", "locust --web-host 127.0.0.1 --web-port 80", { listens: ["127.0.0.1:80 certain"] });
	check("a master", "locust --master", { listens: ["0.0.0.0:8089 convention", "0.0.0.0:5557 convention"] });
	check("a worker", "locust --worker", {});
	check("headless", "locust", { environment: { LOCUST_HEADLESS: "true" } });
	check("variables", "locust", { environment: { LOCUST_WEB_PORT: "81" }, listens: ["0.0.0.0:81 certain"] });
});

describe("odoo", () => {
	check("defaults", "odoo", { listens: ["0.0.0.0:8069 convention"] });
	check("flags", "odoo --http-port 80 --http-interface 127.0.0.1", { listens: ["127.0.0.1:80 certain"] });
	check("a file", "odoo -c /etc/o.conf", { files: { "/etc/o.conf": "[options]\nhttp_port = 81" }, listens: ["0.0.0.0:81 certain"] });
	check("no HTTP", "odoo --no-http", {});
});
