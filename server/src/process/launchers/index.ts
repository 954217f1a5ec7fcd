import type { ImageFiles } from "../../context/imageFiles.ts";
import { own } from "../../model/table.ts";
import { likelyText } from "../../model/value.ts";
import { type Process, programName, type Started } from "../process.ts";
import { composer } from "./composer.ts";
import { execline } from "./execline.ts";
import { concurrently, forever, nodemon, runAll } from "./javascript.ts";
import type { Launcher } from "./launcher.ts";
import { pm2 } from "./pm2.ts";
import { procfile } from "./procfile.ts";
import { pythonScripts } from "./python.ts";
import { air, cargoWatch, compileDaemon, watchfiles } from "./reloaders.ts";
import { runit, runsv, s6, service, startStopDaemon } from "./services.ts";
import { supervisord } from "./supervisord.ts";
import { just, make, task } from "./taskFiles.ts";

/** Programs that start what a file says, or several programs at once. */
const LAUNCHERS: Readonly<Record<string, Launcher | undefined>> = {
	__proto__: null as never,
	CompileDaemon: compileDaemon,
	air,
	cargo: cargoWatch,
	"cargo-watch": cargoWatch,
	composer,
	concurrently,
	execlineb: execline,
	forego: procfile,
	foreman: procfile,
	forever,
	goreman: procfile,
	hatch: pythonScripts,
	hivemind: procfile,
	honcho: procfile,
	init: s6,
	just,
	make,
	my_init: runit,
	nodemon,
	"npm-run-all": runAll,
	"npm-run-all2": runAll,
	overmind: procfile,
	pdm: pythonScripts,
	pipenv: pythonScripts,
	pixi: pythonScripts,
	pm2,
	"pm2-docker": pm2,
	"pm2-runtime": pm2,
	poe: pythonScripts,
	"rc-service": service,
	"run-p": runAll,
	"run-s": runAll,
	runit,
	"runit-init": runit,
	runsv,
	runsvdir: runit,
	"runsvdir-start": runit,
	"s6-svscan": runit,
	service,
	"start-stop-daemon": startStopDaemon,
	supervisord,
	task,
	watchfiles,
};

/** The programs that a launcher starts; undefined when this process is none, or starts nothing in view. */
export async function launch(process: Process, files: ImageFiles): Promise<Started | undefined> {
	const program = likelyText(process.argv[0]) ?? "";
	// `./service` is a program of the image's own, whatever its name.
	const isOwn = /^\.{1,2}\//.test(program) && !program.includes("/node_modules/") && !/\/s?bin\//.test(program);
	if (isOwn) return undefined;
	const launcher = program.startsWith("/etc/init.d/") ? service : own(LAUNCHERS, programName(program));
	return launcher?.(process, files);
}
