import type { Technology } from "../technology.ts";
import { cherrypy } from "./cherrypy.ts";
import { consoleServers } from "./consoleServers.ts";
import { daphne } from "./daphne.ts";
import { django } from "./django.ts";
import { fastapi } from "./fastapi.ts";
import { flask } from "./flask.ts";
import { gevent } from "./gevent.ts";
import { grpc } from "./grpc.ts";
import { gunicorn } from "./gunicorn.ts";
import { hypercorn } from "./hypercorn.ts";
import { installedProgram } from "./installedProgram.ts";
import { jupyter } from "./jupyter.ts";
import { locust } from "./locust.ts";
import { mcp } from "./mcp.ts";
import { odoo } from "./odoo.ts";
import { quietPrograms } from "./quietPrograms.ts";
import { rpyc } from "./rpyc.ts";
import { runCalls } from "./runCalls.ts";
import { standardLibrary } from "./standardLibrary.ts";
import { streamlit } from "./streamlit.ts";
import { tornado } from "./tornado.ts";
import { twisted } from "./twisted.ts";
import { uvicorn } from "./uvicorn.ts";
import { uwsgi } from "./uwsgi.ts";
import { waitress } from "./waitress.ts";

/** Frameworks and servers written in Python. */
export const PYTHON: readonly Technology[] = [
	flask,
	django,
	gunicorn,
	uvicorn,
	fastapi,
	hypercorn,
	daphne,
	waitress,
	uwsgi,
	tornado,
	cherrypy,
	gevent,
	grpc,
	twisted,
	mcp,
	streamlit,
	jupyter,
	locust,
	odoo,
	rpyc,
	standardLibrary,
	...runCalls,
	...consoleServers,
	quietPrograms,
	// Behind those that are known by name.
	installedProgram,
];
