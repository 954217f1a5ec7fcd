import { describe } from "node:test";
import { valueChecks } from "../../../support/values.ts";

const check = valueChecks("python");

describe("pydantic", () => {
	const settings = (fields: string, rest = "") =>
		`from pydantic import BaseModel, Field, AliasChoices\nfrom pydantic_settings import BaseSettings, SettingsConfigDict\nclass S(BaseSettings):\n${fields
			.split(";")
			.map((one) => `  ${one.trim()}\n`)
			.join("")}s = S()\nshow(s.port)${rest}`;
	check("a field", settings("port: int = Field(80)"), { is: ["PORT=80"] });
	check("a default by name", settings("port: int = Field(default=80, ge=1)"), { is: ["PORT=80"] });
	check("another variable", settings("port: int = Field(80, env='APP_PORT')"), { is: ["APP_PORT=80"] });
	check("an alias", settings("port: int = Field(80, validation_alias='APP_PORT')"), { environment: { APP_PORT: "81" }, is: ["81"] });
	check("choices", settings("port: int = Field(80, validation_alias=AliasChoices('A', 'B'))"), { environment: { B: "82" }, is: ["82"] });
	check("a prefix", settings("model_config = SettingsConfigDict(env_prefix='APP_'); port: int = 80"), {
		environment: { APP_PORT: "83" },
		is: ["83"],
	});
	check("a file", settings("model_config = SettingsConfigDict(env_file='.env'); port: int = 80"), {
		files: { ".env": "PORT=84" },
		is: ["PORT=84"],
	});
	check("the environment wins over the file", settings("model_config = {'env_file': '.env'}; port: int = 80"), {
		files: { ".env": "PORT=84" },
		environment: { PORT: "85" },
		is: ["85"],
	});
	check(
		"an inherited field",
		"from pydantic_settings import BaseSettings\nclass A(BaseSettings):\n  port: int = 80\nclass B(A):\n  x: int = 1\nshow(B().port, B().x)",
		{
			is: ["PORT=80", "X=1"],
		},
	);
	check(
		"a nested model",
		"from pydantic import BaseModel, Field\nfrom pydantic_settings import BaseSettings\nclass W(BaseModel):\n  port: int = Field(86)\nclass S(BaseSettings):\n  web: W = W()\n  more: W = Field(default_factory=W)\nshow(S().web.port, S().more.port)",
		{
			is: ["86", "86"],
		},
	);
	check("given", "from pydantic import BaseModel, Field\nclass M(BaseModel):\n  port: int = Field(80)\nshow(M(port=87).port, M().port)", {
		is: ["87", "80"],
	});
	check(
		"dataclasses",
		"from dataclasses import dataclass, field\n@dataclass\nclass D:\n  host: str = 'h'\n  port: int = field(default=88)\nshow(D().port, D('x', 89).port)",
		{
			is: ["88", "89"],
		},
	);
});

describe("settings", () => {
	check("decouple", "from decouple import config\nshow(config('PORT', default=80, cast=int), config('HOST'))", {
		is: ["PORT=80", "HOST=?HOST is not set"],
	});
	check("decouple's file", "from decouple import config\nshow(config('PORT', default=80, cast=int))", {
		files: { ".env": "PORT=81" },
		is: ["PORT=81"],
	});
	check("environs", "from environs import Env\nenv = Env()\nenv.read_env()\nshow(env.int('PORT', 80), env('HOST', default='h'))", {
		files: { ".env": "HOST=i" },
		is: ["PORT=80", "HOST=i"],
	});
	check("django-environ", "import environ\nenv = environ.Env()\nshow(env.int('PORT', default=80))", {
		environment: { PORT: "82" },
		is: ["82"],
	});
	check("Starlette", "from starlette.config import Config\nconfig = Config('.env')\nshow(config('PORT', cast=int, default=80))", {
		files: { ".env": "PORT=83" },
		is: ["PORT=83"],
	});
	check("dotenv_values", "from dotenv import dotenv_values\nshow(dotenv_values('.env')['PORT'])", {
		files: { ".env": "PORT=84" },
		is: ["84"],
	});
	check(
		"load_dotenv and find_dotenv",
		"import os\nfrom dotenv import load_dotenv, find_dotenv\nload_dotenv(find_dotenv())\nshow(os.environ['PORT'])",
		{
			files: { ".env": "PORT=85" },
			is: ["PORT=85"],
		},
	);
	const ini = { "app.ini": "[server]\nport = 86\n# a comment\nhost: h\n" };
	check(
		"configparser",
		"import configparser\nc = configparser.ConfigParser()\nc.read('app.ini')\nshow(c['server']['port'], c.getint('server', 'port'), c.get('server', 'x', fallback='f'))",
		{
			files: ini,
			is: ["86", "86", "f"],
		},
	);
	check("YAML", "import yaml\nwith open('app.yaml') as f:\n  c = yaml.safe_load(f)\nshow(c['server']['port'])", {
		files: { "app.yaml": "server:\n  port: 87\n" },
		is: ["87"],
	});
	check("YAML of a text", "import yaml\nc = yaml.load(open('app.yaml').read(), Loader=yaml.FullLoader)\nshow(c['port'])", {
		files: { "app.yaml": "port: 88\n" },
		is: ["88"],
	});
	check("TOML", "import tomllib\nwith open('app.toml', 'rb') as f:\n  c = tomllib.load(f)\nshow(c['server']['port'])", {
		files: { "app.toml": "[server]\nport = 89\n" },
		is: ["89"],
	});
	check("broken YAML", "import yaml\nshow(yaml.safe_load(open('a.yaml')))", {
		files: { "a.yaml": "a: [" },
		is: ["?/app/a.yaml is not valid YAML"],
	});
});

describe("command lines", () => {
	const group =
		"import click\n@click.group()\ndef cli():\n  pass\n@cli.command()\n@click.option('--port', default=80)\ndef serve(port):\n  show(port)\n@cli.command('work')\ndef worker():\n  show('w')\ncli()";
	check("click's groups", group, { args: ["serve"], is: ["--port=80"] });
	check("click's groups, given", group, { args: ["serve", "--port", "81"], is: ["81"] });
	check("click's named commands", group, { args: ["work"], is: ["w"] });
	check("click's groups without a command", group, { is: [] });
	const app =
		"import typer\napp = typer.Typer()\n@app.command()\ndef main(port: int = typer.Option(80, '--port', '-p', envvar='PORT'), host: str = 'h'):\n  show(port, host)\napp()";
	check("Typer", app, { is: ["PORT=--port=80", "--host=h"] });
	check("Typer, given", app, { args: ["-p", "81", "--host", "i"], is: ["81", "i"] });
	check("typer.run", "import typer\ndef main(port: int = 80):\n  show(port)\ntyper.run(main)", { is: ["--port=80"] });
	check("Fire", "import fire\ndef main(port=80):\n  show(port + 1)\nfire.Fire(main)", { args: ["--port=81"], is: ["82"] });
	check(
		"Abseil",
		"from absl import app, flags\nFLAGS = flags.FLAGS\nflags.DEFINE_integer('port', 80, 'the port')\ndef main(_):\n  show(FLAGS.port)\napp.run(main)",
		{
			is: ["--port=80"],
		},
	);
	check("Abseil's holders", "from absl import flags\nP = flags.DEFINE_integer('port', 80, 'the port')\nshow(P.value)", {
		args: ["--port=81"],
		is: ["81"],
	});
});

describe("paths and modules", () => {
	check(
		"path objects",
		"from pathlib import Path\nhere = Path(__file__).resolve().parent\nshow(str(here / 'a' / 'b.txt'), (here / 'c.d.e').stem, str(here.parents[0]))",
		{
			is: ["/app/a/b.txt", "c.d", "/"],
		},
	);
	check(
		"files at path objects",
		"import yaml\nfrom pathlib import Path\nf = Path(__file__).parent / 'a.yaml'\nshow(yaml.safe_load(f.read_text())['port'])\nwith open(f) as o:\n  show(yaml.safe_load(o)['port'])\nwith f.open() as o:\n  show(yaml.safe_load(o)['port'])",
		{
			files: { "a.yaml": "port: 80" },
			is: ["80", "80", "80"],
		},
	);
	check("members of an Enum", "from enum import Enum\nclass P(Enum):\n  WEB = 80\nshow(P.WEB.value)", { is: ["80"] });
	check("modules by name", "import importlib\nshow(importlib.import_module('conf.dev').PORT, __import__('os').environ.get('X', 1))", {
		files: { "conf/dev.py": "PORT = 81" },
		is: ["81", "X=1"],
	});
});

describe("sub-commands of argparse", () => {
	const program =
		"import argparse\np = argparse.ArgumentParser()\ns = p.add_subparsers(dest='what')\nweb = s.add_parser('web')\nweb.add_argument('--port', type=int, default=80)\nwork = s.add_parser('work')\nwork.set_defaults(port=1)\na = p.parse_args()\n";
	check("chosen", `${program}if a.what == 'web':\n  show(a.port)`, { args: ["web"], is: ["--port=80"] });
	check("chosen, with an option", `${program}if a.what == 'web':\n  show(a.port)`, { args: ["web", "--port", "81"], is: ["81"] });
	check("another", `${program}if a.what == 'web':\n  show(a.port)\nelse:\n  show(a.what, a.port)`, { args: ["work"], is: ["work", "1"] });
	check("none", `${program}if a.what == 'web':\n  show(2)`, { is: ["2"] });
});

describe("Flask's configuration", () => {
	const app = (load: string) =>
		[`from flask import Flask\nimport os\napp = Flask(__name__)\napp.config.${load}\nshow(app.config.get('PORT', 5))`] as const;
	const chosen = "from conf import configs\n";
	const [byVariable] = app("from_object(configs[os.getenv('ENV') or 'dev'])");
	check("chosen by a variable", chosen + byVariable, {
		files: { "conf.py": "class Dev:\n  PORT = 80\nconfigs = {'dev': Dev}" },
		is: ["ENV=80"],
	});
	check("from_pyfile", app("from_pyfile('conf.py')")[0], { files: { "conf.py": "PORT = 81" }, is: ["81"] });
	check("from_pyfile without a file", app("from_pyfile('conf.py', silent=True)")[0], { is: ["5"] });
	check("from out of view", app("from_envvar('SETTINGS')")[0], { is: ["?PORT is not set in view"] });
	check("from something unknown", `import lib\n${app("from_object(lib.Conf)")[0]}`, { is: ["?PORT is not set in view"] });
});
