import { changedFiles } from "../../context/changedFiles.ts";
import type { ImageFiles } from "../../context/imageFiles.ts";
import { t } from "../../model/message.ts";
import { own } from "../../model/table.ts";
import { known, knownText, likelyText } from "../../model/value.ts";
import type { FileChange } from "../../shell/changes.ts";
import { type Process, programName, type Started, withArgv } from "../process.ts";
import { changesIn } from "../shell.ts";
import { gapOf, type Launcher, operandsOf, optionOf, textsOf, together } from "./launcher.ts";

/**
 * s6-overlay: the `run` files of its services, and the CMD as one more program
 * (github.com/just-containers/s6-overlay, "Writing a service script").
 */
export const s6: Launcher = async (started, files) => {
	let process = started;
	// Anything may be called init: that of s6-overlay stands at the root and is unpacked, not copied.
	if (likelyText(process.argv[0]) !== "/init" || (await files.look("/init")).kind === "file") return undefined;
	const changes = await setUp(process, files);
	const then = changes.length === 0 ? files : changedFiles(files, changes, { name: t("the start script"), at: process.evidence.at(-1) });
	const services = [...(await runFiles("/etc/services.d", then)), ...(await runFiles("/run/service", then)), ...(await longRuns(then))];
	const own = process.argv.slice(1);
	if (changes.length > 0) process = { ...process, changes: [...(process.changes ?? []), ...changes] };
	if (services.length === 0) return own.length > 0 ? together([withArgv(process, own)]) : undefined;
	return together([...services.map((path) => withArgv(process, [known(path)])), ...(own.length > 0 ? [withArgv(process, own)] : [])]);
};

/** What the scripts that s6-overlay runs before its services do to files. */
async function setUp(process: Process, files: ImageFiles): Promise<readonly FileChange[]> {
	const changes: FileChange[] = [];
	for (const name of (await files.list("/etc/cont-init.d")).toSorted()) {
		const script = `/etc/cont-init.d/${name}`;
		const read = await files.read(script);
		if (read.kind !== "text" || !/^#!.*\b(?:ba|da|a)?sh\b/.test(read.file.text)) continue;
		changes.push(
			...(await changesIn({ text: read.file.text, file: read.file, args: [], script }, withArgv(process, [known(script)]), files)),
		);
	}
	return changes;
}

/** Services of s6-rc: one-shots end by themselves. */
async function longRuns(files: ImageFiles): Promise<string[]> {
	const root = "/etc/s6-overlay/s6-rc.d";
	const found: string[] = [];
	for (const name of await files.list(root)) {
		const type = await files.read(`${root}/${name}/type`);
		if (type.kind === "text" && type.file.text.trim() === "longrun") found.push(`${root}/${name}/run`);
	}
	return found;
}

/** The services of a folder that have a `run` file. */
async function runFiles(folder: string, files: ImageFiles): Promise<string[]> {
	const found: string[] = [];
	for (const name of await files.list(folder)) {
		const path = `${folder}/${name}/run`;
		if ((await files.look(path)).kind === "file") found.push(path);
	}
	return found;
}

/** runit and s6: runsvdir, runsvdir-start, s6-svscan, and the init of Phusion's base image (smarden.org/runit, github.com/phusion/baseimage-docker). */
export const runit: Launcher = async (process, files) => {
	const [first] = operandsOf(process, ["-t", "-c"]);
	const folders = first?.text.startsWith("/") ? [first.text] : ["/etc/service", "/etc/sv", "/service"];
	for (const folder of folders) {
		const services = await runFiles(folder, files);
		if (services.length > 0) return together(services.map((path) => withArgv(process, [known(path)])));
	}
	const dashes = process.argv.findIndex((word) => knownText(word) === "--");
	if (dashes > 0) return together([withArgv(process, process.argv.slice(dashes + 1))]);
	return gapOf(t("no services are in view"));
};

/** runsv: one service's folder. */
export const runsv: Launcher = async (process) => {
	const [first] = operandsOf(process, []);
	return first && together([withArgv(process, [known(`${first.text.replace(/\/$/, "")}/run`)])]);
};

/** The programs behind Debian's init scripts, as their packages name them. */
const SERVICES: Readonly<Record<string, readonly string[] | undefined>> = {
	__proto__: null as never,
	apache2: ["apache2ctl", "start"],
	cron: ["cron"],
	dbus: ["dbus-daemon"],
	haproxy: ["haproxy", "-f", "/etc/haproxy/haproxy.cfg"],
	httpd: ["httpd"],
	mariadb: ["mariadbd"],
	memcached: ["memcached"],
	mysql: ["mysqld"],
	nginx: ["nginx"],
	postgresql: ["postgres"],
	"redis-server": ["redis-server", "/etc/redis/redis.conf"],
	rsyslog: ["rsyslogd"],
	ssh: ["/usr/sbin/sshd"],
	sshd: ["/usr/sbin/sshd"],
	squid: ["squid"],
};

/** `service NAME start`, `/etc/init.d/NAME start`, `rc-service NAME start`: a daemon that stays while the script goes on. */
export const service: Launcher = async (process) => {
	const program = likelyText(process.argv[0]) ?? "";
	const texts = textsOf(process);
	const inline = program.startsWith("/etc/init.d/");
	const [name, verb] = inline ? [programName(program), texts[0]] : [texts[0], texts[1]];
	if (name === undefined || (verb !== "start" && verb !== "restart")) return undefined;
	const fpm = /^php[\d.]*-fpm$/.test(name) ? [name.replace(/^php([\d.]+)-fpm$/, "php-fpm$1")] : undefined;
	const argv = own(SERVICES, name) ?? fpm;
	return (
		argv &&
		together([
			{
				...withArgv(
					process,
					argv.map((word) => known(word)),
				),
				ends: false,
			},
		])
	);
};

/** start-stop-daemon --start --exec PROGRAM -- ARGUMENTS (start-stop-daemon(8)). */
export const startStopDaemon: Launcher = async (process) => {
	const exec = optionOf(process, "-x", "--exec", "-a", "--startas");
	const texts = textsOf(process);
	if (exec === undefined || !texts.some((text) => text === "-S" || text === "--start")) return undefined;
	const dashes = process.argv.findIndex((word) => knownText(word) === "--");
	const user = optionOf(process, "-c", "--chuid");
	const started: Process = withArgv(process, [known(exec), ...(dashes < 0 ? [] : process.argv.slice(dashes + 1))]);
	return together([{ ...started, ends: false, ...(user === undefined ? {} : { user }) }]) satisfies Started;
};
