import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { own } from "../../model/table.ts";
import { known, likelyText } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import { textOf } from "../commandLine.ts";
import { mergePredictions } from "../listener.ts";
import type { Scene, Technology } from "../technology.ts";

/** Services of Debian and Alpine under the names that `service` takes, as the programs that their scripts start. */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
	nginx: ["nginx"],
	apache2: ["apache2"],
	httpd: ["httpd", "-DFOREGROUND"],
	ssh: ["/usr/sbin/sshd"],
	sshd: ["/usr/sbin/sshd"],
	mysql: ["mysqld"],
	mariadb: ["mariadbd"],
	"redis-server": ["redis-server", "/etc/redis/redis.conf"],
	cron: ["cron"],
	crond: ["crond"],
	dbus: ["dbus-daemon"],
	rsyslog: ["syslogd"],
	haproxy: ["haproxy", "-f", "/etc/haproxy/haproxy.cfg"],
	varnish: ["varnishd", "-a", ":6081"],
	squid: ["squid"],
	lighttpd: ["lighttpd", "-f", "/etc/lighttpd/lighttpd.conf"],
	mosquitto: ["mosquitto", "-c", "/etc/mosquitto/mosquitto.conf"],
	named: ["named"],
	bind9: ["named"],
	dnsmasq: ["dnsmasq"],
	vsftpd: ["vsftpd"],
	postfix: ["postfix", "start"],
	"rabbitmq-server": ["rabbitmq-server"],
	postgresql: ["postgres", "-c", "config_file=/etc/postgresql/*/main/postgresql.conf"],
	memcached: ["memcached", "-l", "127.0.0.1"],
};

/** The verbs that start a service; others end at once. */
const STARTS = /^(start|restart|reload|force-reload)$/;

/**
 * Programs that start a server under another name: `service nginx start`, `/etc/init.d/nginx start`, `rc-service nginx start`,
 * `systemctl start nginx`, `busybox httpd`, `mysqld_safe`. `others` are the technologies that know the server itself.
 */
export function aliases(others: readonly Technology[]): Technology {
	return {
		name: "service",
		title: "services",
		async command(process, scene) {
			const enabled = SYSTEMD.test(textOf(process.argv[0]) ?? "") ? await enabledUnits(scene) : [];
			if (enabled.length > 0)
				return mergePredictions(await Promise.all(enabled.map((argv) => predictUnit({ ...process, argv }, scene, others))));
			const started = targetOf(process);
			if (started === undefined) return undefined;
			if (started.length === 0) return { listeners: [], gaps: [] };
			return first({ ...process, argv: started }, scene, others);
		},
	};
}

/** systemd as the first process, as images of services start it. */
const SYSTEMD = /^(?:\/usr)?\/(?:sbin\/init|lib\/systemd\/systemd)$/;

/** Where a unit of this build's own stands. */
const UNITS = ["/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"];

/** The programs of the units that RUN steps enable. */
async function enabledUnits(scene: Scene): Promise<Process["argv"][]> {
	const { commands } = await scene.buildOf("/");
	const names = commands.flatMap(({ argv }) => {
		const [program, verb, ...units] = argv.map((word) => likelyText(word) ?? "");
		return programName(program ?? "") === "systemctl" && verb === "enable" ? units.filter((unit) => !unit.startsWith("-")) : [];
	});
	const found: Process["argv"][] = [];
	for (const name of new Set(names.map((one) => one.replace(/\.service$/, "")))) {
		const own = await execStart(name, scene);
		const argv =
			own === undefined
				? service(name, "start")
				: own
						.trim()
						.split(/\s+/)
						.map((word) => known(word));
		found.push(argv ?? [known(name)]);
	}
	return found;
}

async function execStart(name: string, scene: Scene): Promise<string | undefined> {
	for (const folder of UNITS) {
		const read = await scene.files.read(`${folder}/${name}.service`);
		if (read.kind === "text") return /^ExecStart=[-@:+!]*(.+)$/m.exec(read.file.text)?.[1];
	}
	return undefined;
}

async function predictUnit(process: Process, scene: Scene, others: readonly Technology[]): Promise<Prediction> {
	const known = await first(process, scene, others);
	if (known) return known;
	return (
		(await scene.predict?.(process, scene)) ?? {
			listeners: [],
			gaps: [{ reason: t("nothing is known about {0}", textOf(process.argv[0]) ?? "") }],
		}
	);
}

async function first(process: Process, scene: Scene, others: readonly Technology[]): ReturnType<NonNullable<Technology["command"]>> {
	for (const one of others) {
		const prediction = await one.command?.(process, scene);
		if (prediction) return prediction;
	}
	return undefined;
}

/** What is started in the end; nothing when the process ends at once, undefined when it is no alias. */
function targetOf(process: Process): Process["argv"] | undefined {
	const words = process.argv.map((word) => likelyText(word) ?? "");
	const [program = "", one = "", two = ""] = words;
	const name = programName(program);
	const initScript = /^\/etc\/(?:rc\.d\/)?init\.d\/(.+)$/.exec(program)?.[1];
	if (initScript !== undefined) return service(initScript, one);
	// `./service` is a program of the image's own.
	if ((name === "service" || name === "rc-service") && /^(?:[^/]*$|\/(?:usr\/)?s?bin\/)/.test(program)) return service(one, two);
	if (name === "systemctl") return service(two.replace(/\.service$/, ""), one);
	if (name === "busybox" || name === "busybox-extras") {
		if (one === "httpd") return [known("busybox-httpd"), ...process.argv.slice(2)];
		return one === "" ? [] : process.argv.slice(1);
	}
	if (name === "httpd" && words.some((word) => /^-p/.test(word))) return [known("busybox-httpd"), ...process.argv.slice(1)];
	return undefined;
}

function service(name: string, verb: string): Process["argv"] | undefined {
	if (!STARTS.test(verb)) return [];
	return own(SERVICES, name)?.map((word) => known(word));
}
