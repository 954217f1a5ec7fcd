import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { known, mapText, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import type { Argument, LibraryCall } from "../../source/program.ts";
import { operands, textOf } from "../commandLine.ts";
import { commandOf } from "../interpreter.ts";
import { predictClaim } from "../listener.ts";
import { type Endpoint, plainValue } from "../sourceCall.ts";
import type { Technology } from "../technology.ts";
import { byDefault, NOTHING } from "./serverCommand.ts";

const PORT = "8000";
const ADDRESS = "127.0.0.1";

/** Subcommands that serve: Django's own, and those of django-extensions, django-sslserver and django-livereload. */
const SERVES: ReadonlySet<string> = new Set(["runserver", "runserver_plus", "runsslserver"]);

/** Subcommands that end, or that wait for work without listening: Django's own, Channels', Django-Q's, django-rq's. */
const QUIET: ReadonlySet<string> = new Set(
	`check changepassword clearsessions collectstatic compilemessages compress createcachetable createsuperuser crontab
	dbshell diffsettings dumpdata flush flushexpiredtokens inspectdb loaddata makemessages makemigrations migrate
	process_tasks qcluster rebuild_index remove_stale_contenttypes rqscheduler rqworker runapscheduler runcrons runworker
	sendtestemail shell shell_plus showmigrations sqlflush sqlmigrate squashmigrations startapp startproject test
	update_index wait_for_db`.split(/\s+/),
);

/**
 * Django's development server: `runserver [ADDRESS:]PORT`, 127.0.0.1:8000 without one, ::1 with `-6`
 * (docs.djangoproject.com, "django-admin and manage.py: runserver"). `manage.py` is a program like any other, which
 * hands its arguments to `execute_from_command_line`; only an address on the command line decides without it.
 */
export const django: Technology = {
	name: "django",
	title: "Django",
	calls: {
		python: {
			"django.core.management.execute_from_command_line": (call) => readManagement(call, call.positional[0] ?? call.keywords.get("argv")),
			"django.core.management.call_command": readCallCommand,
		},
	},
	command: predictDjango,
};

async function predictDjango(process: Process): Promise<Prediction | undefined> {
	const command = commandOf(process);
	if (!command || !/^(manage\.py|django-admin(\.py)?|django)$/.test(command.name)) return undefined;
	const [verb, operand] = operands(command.args, ["--settings", "--pythonpath"]);
	const name = textOf(verb?.value) ?? "";
	if (QUIET.has(name)) return NOTHING;
	if (!SERVES.has(name)) return command.name === "manage.py" ? undefined : unknownVerb(process, name);
	const options = command.args.slice((verb?.index ?? 0) + 1);
	// Flask-Script's `manage.py runserver -h … -p …` looks the same; its source tells.
	const isOther = options.some((one) => /^(-[hp]|--(host|port))/.test(textOf(one) ?? ""));
	if (command.name === "manage.py" && (!operand || isOther)) return undefined;
	const serves = serverOf(operand?.value, isIPv6(options));
	return predictClaim({
		...serves,
		port: operand ? serves.port : byDefault(process, options, PORT),
		anyAddress: "0.0.0.0",
		evidence: process.evidence,
	});
}

function unknownVerb(process: Process, name: string): Prediction {
	const at = process.evidence.at(-1);
	const reason = name ? t("nothing is known about django-admin {0}", name) : t("the Django command is not known");
	return { listeners: [], gaps: [at ? { reason, evidence: at } : { reason }] };
}

function isIPv6(options: readonly Value[]): boolean {
	return options.some((one) => /^(-6|--ipv6)$/.test(textOf(one) ?? ""));
}

/** `8000`, `0.0.0.0:8000`, `[::]:8000`, `0:8000`; a port alone keeps the default address. */
function serverOf(addrport: Value | undefined, ipv6: boolean): Pick<Endpoint & object, "port" | "address" | "byConvention"> {
	const loopback = ipv6 ? "::1" : ADDRESS;
	if (!addrport) return { port: known(PORT), address: known(loopback), byConvention: true };
	const half = (choose: (host: string, port: string) => string): Value =>
		mapText(addrport, (text, from) => {
			const [, host = "", port = text] = /^(?:(.*):)?([^:]*)$/.exec(text) ?? [];
			return known(choose(host, port), ...from);
		});
	const address = half((host) => (host === "0" ? "0.0.0.0" : host.replace(/^\[(.*)\]$/, "$1") || loopback));
	return { port: half((_, port) => port), address };
}

/** `execute_from_command_line(sys.argv)`; the evaluator hands on what the program set on runserver's Command as keywords. */
function readManagement(call: LibraryCall, argv: Argument | undefined): Endpoint {
	if (argv?.kind !== "list") return unknownCommand(t("the Django command is not known"), call);
	// The last word of the real command line is one that somebody may append.
	const words = argv.items.slice(1).flatMap((one) => (one.kind === "argument" && !one.fallback ? [] : [plainValue(one)]));
	const given = words.filter((one) => !(one.kind === "argument" && one.fallback?.kind === "unknown"));
	const [verb, operand] = operands(given, ["--settings", "--pythonpath"]);
	const name = textOf(verb?.value);
	if (name === undefined) return verb ? unknownCommand(t("the Django command is not known"), call) : "nothing";
	if (QUIET.has(name)) return "nothing";
	if (!SERVES.has(name)) return unknownCommand(t("nothing is known about manage.py {0}", name), call);
	return { ...withDefaults(call, serverOf(operand?.value, isIPv6(given))), anyAddress: "0.0.0.0" };
}

/** `call_command("runserver", "0.0.0.0:8000")`. */
function readCallCommand(call: LibraryCall): Endpoint {
	const [name, operand] = call.positional;
	if (name?.kind !== "known" || !SERVES.has(name.text)) return "nothing";
	const addrport = operand ?? call.keywords.get("addrport");
	return { ...serverOf(addrport && plainValue(addrport), false), anyAddress: "0.0.0.0" };
}

/** `Command.default_port = "8080"`, `Command.default_addr = "0.0.0.0"` (django.core.management.commands.runserver). */
function withDefaults(call: LibraryCall, serves: ReturnType<typeof serverOf>): ReturnType<typeof serverOf> {
	const [port, address] = [call.keywords.get("default_port"), call.keywords.get("default_addr")];
	const portAlone = serves.address.kind === "known" && serves.address.text === ADDRESS;
	return {
		...(serves.byConvention && port ? { port: plainValue(port) } : serves),
		address: portAlone && address ? plainValue(address) : serves.address,
	};
}

function unknownCommand(reason: string, call: LibraryCall): Endpoint {
	return { port: { kind: "unknown", reason, at: call.at }, address: known(ADDRESS), anyAddress: "0.0.0.0" };
}
