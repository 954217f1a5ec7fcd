import { parse } from "unbash";
import { resolvePath } from "../dockerfile/walk.ts";
import { t } from "../model/message.ts";
import { known, likelyText, type Value } from "../model/value.ts";
import { arithmetic } from "./arithmetic.ts";
import type { Asking } from "./asking.ts";
import { nextOption } from "./options.ts";
import { readLine, readLines } from "./reading.ts";
import type { BuiltinPlace, Outcome, Place } from "./run.ts";
import type { Flow } from "./sink.ts";
import { testWords } from "./tests.ts";
import { decide, FALSE, OPEN, PRESUMED, TRUE, type Truth } from "./truth.ts";
import { EXPANDER } from "./words.ts";

type Builtin = (args: readonly Value[], place: BuiltinPlace) => Asking<Outcome>;

function done(truth: Truth = TRUE, how: Flow["how"] = "on"): Outcome {
	return { truth, flow: { how, leaks: false } };
}

/** A builtin that asks nothing. */
function plain(body: (args: readonly Value[], place: Place) => Outcome): Builtin {
	// biome-ignore lint/correctness/useYield: builtins are generators, and this one has nothing to ask
	return function* (args, place) {
		return body(args, place);
	};
}

const changeFolder = plain((args, { state }) => {
	const to = args.find((arg) => !["--", "-P", "-L"].includes(likelyText(arg) ?? ""));
	const text = likelyText(to);
	// Where the name is not known, the folder before is as good as any.
	if (text !== undefined || !to) state.cwd = resolvePath(state.cwd, text ?? "/");
	return done();
});

const jump = (how: Flow["how"]) => plain(() => done(TRUE, how));

/** Commands that the shell itself runs and that decide how it goes on (POSIX "Special Built-In Utilities", bash's manual). */
export const BUILTINS: Readonly<Record<string, Builtin | undefined>> = {
	__proto__: null as never,
	":": plain(() => done()),
	true: plain(() => done()),
	false: plain(() => done(FALSE)),
	cd: changeFolder,
	pushd: changeFolder,
	break: jump("break"),
	continue: jump("on"),
	exit: plain((args) => {
		const code = likelyText(args[0]);
		return done(TRUE, code !== undefined && /^[1-9]\d*$/.test(code) ? "fail" : "exit");
	}),
	return: plain((args) => {
		const code = likelyText(args[0]) ?? (args.length === 0 ? "0" : undefined);
		return done(code === undefined ? OPEN : code === "0" ? TRUE : FALSE, "return");
	}),
	shift: plain((args, { state }) => {
		const count = Number(likelyText(args[0]) ?? 1);
		state.args = state.args.slice(Number.isInteger(count) && count >= 0 ? count : 1);
		return done();
	}),
	set: plain((args, { state }) => {
		const dashes = args.findIndex((arg) => likelyText(arg) === "--");
		const first = args.findIndex((arg) => !/^[-+]/.test(likelyText(arg) ?? ""));
		if (dashes >= 0 && (first < 0 || dashes <= first)) state.args = args.slice(dashes + 1);
		else if (first >= 0 && likelyText(args[first - 1]) !== "-o" && !/^[-+]\w*o$/.test(likelyText(args[first - 1]) ?? ""))
			state.args = args.slice(first);
		return done();
	}),
	unset: plain((args, { state }) => {
		for (const arg of args) state.environment.set(likelyText(arg) ?? "", known(""));
		return done();
	}),
	*read(args, place) {
		return done(yield* readLine(args, place));
	},
	*mapfile(args, place) {
		return done(yield* readLines(args, place));
	},
	*readarray(args, place) {
		return done(yield* readLines(args, place));
	},
	getopts: plain((args, { state }) => done(nextOption(args, state))),
	*let(args, { state }) {
		let truth: Truth = OPEN;
		for (const arg of args) {
			const text = likelyText(arg);
			const [command] = text === undefined ? [] : parse(`((${text}))`).commands;
			if (command?.command.type !== "ArithmeticCommand" || !command.command.expression) return done(OPEN);
			const value = yield* arithmetic(command.command.expression, state, EXPANDER);
			truth = decide([value], (one) => one !== "0");
		}
		return done(truth);
	},
	*"["(args, { state }) {
		return done(yield* testWords(likelyText(args.at(-1)) === "]" ? args.slice(0, -1) : args, state));
	},
	*test(args, { state }) {
		return done(yield* testWords(args, state));
	},
	"."(args, place) {
		return source(args, place);
	},
	source(args, place) {
		return source(args, place);
	},
	*eval(args, place) {
		const texts = args.map((arg) => likelyText(arg));
		if (texts.some((text) => text === undefined)) {
			place.sink.gaps.push(t("eval is not followed"));
			return done(OPEN);
		}
		const flow = yield* place.interpreter.text({ text: texts.join(" ") }, place.state, place.sink, place);
		return { truth: OPEN, flow };
	},
};

/** Files that set up an environment and start nothing (the virtual environments of Python, nvm, ROS, login shells, Apache on Debian). */
const SET_UP =
	/(^|\/)(activate|nvm\.sh|\.?profile|\.bashrc|\.bash_profile|\.profile|setup\.(ba)?sh|conda\.sh|environment|bashrc|cargo\/env|os-release|apache2\/envvars)$/;

/** `. file`: the file's commands run here. */
function* source(args: readonly Value[], place: BuiltinPlace): Asking<Outcome> {
	const { state, sink } = place;
	const written = likelyText(args[0]);
	if (written === undefined) {
		sink.gaps.push(t("a sourced script is not followed"));
		return done(OPEN);
	}
	const { entry, file } = yield { ask: "read", path: resolvePath(state.cwd, written) };
	if (!file) {
		if (!SET_UP.test(written) && !(entry === "absent" && state.doubt.undecided)) sink.gaps.push(t("{0} is not followed", written));
		return done(PRESUMED);
	}
	const before = state.args;
	if (args.length > 1) state.args = args.slice(1);
	const flow = yield* place.interpreter.text({ text: file.text, file }, state, sink, {
		background: place.background,
		clause: place.clause,
	});
	if (args.length > 1) state.args = before;
	return { truth: OPEN, flow: flow.how === "return" ? { ...flow, how: "on" } : flow };
}

/** Commands that start nothing and make nothing: what scripts do around a server. */
const QUIET = new Set(
	`echo printf sleep wait trap umask ulimit mkdir rmdir chown chmod chgrp cp mv rm ln cat touch date id ls pwd local readonly declare export
	typeset alias unalias which sed awk gawk grep egrep fgrep tr cut sort uniq head tail wc tee xargs envsubst basename dirname realpath readlink
	mktemp stat type hash command getopts let popd builtin shopt enable kill killall pkill pgrep pidof ps find getent hostname uname nproc clear seq
	expr bc diff cmp sync history printenv logger stty tty column fold fmt nl rev tac od df du free uptime whoami groups`.split(/\s+/),
);

/** Programs that do a job and end. They matter to those who ask how an image was built, not to what it starts. */
const CHORES = new Set(
	`install adduser addgroup useradd usermod groupadd groupmod deluser userdel passwd chpasswd md5sum sha256sum base64 openssl ip ifconfig
	route sysctl mount umount iptables ip6tables modprobe locale-gen ldconfig setcap getcap setfacl update-ca-certificates apk apt apt-get dpkg yum
	dnf microdnf curl wget nslookup dig host ping pg_isready mysqladmin redis-cli nc ncat jq yq git tar unzip gzip gunzip zip patch dd
	update-alternatives crontab ssh-keygen fc-cache rsync gpg mkfifo mknod truncate strings ed ex`.split(/\s+/),
);

export function isQuiet(name: string, args: readonly (string | undefined)[]): boolean {
	const handed = handedOn(name, args);
	if (!handed) return QUIET.has(lastPart(name));
	const [program] = handed;
	return program !== undefined && isQuiet(program, handed.slice(1));
}

/** The command that `xargs` and `find -exec` start; undefined when they start none. */
function handedOn(name: string, args: readonly (string | undefined)[]): readonly (string | undefined)[] | undefined {
	if (lastPart(name) === "find") {
		const at = args.findIndex((arg) => arg === undefined || /^-(exec|ok)(dir)?$/.test(arg));
		return at < 0 ? undefined : args[at] === undefined ? [undefined] : args.slice(at + 1);
	}
	if (lastPart(name) !== "xargs") return undefined;
	let at = 0;
	for (; args[at]?.startsWith("-"); at++) if (/^-[adEILnPs]$/.test(args[at] ?? "")) at++;
	return at < args.length ? args.slice(at) : undefined;
}

/** With such a word they do not end. */
const LISTENING_CHORES: Readonly<Record<string, RegExp>> = {
	__proto__: null as never,
	git: /^(daemon|http-backend|instaweb)$/,
	nc: /^-[a-z]*l|^--listen/,
	ncat: /^-[a-z]*l|^--listen/,
	openssl: /^s_server$/,
	rsync: /^--daemon$/,
};

export function isChore(name: string, args: readonly (string | undefined)[]): boolean {
	const [program, ...rest] = handedOn(name, args) ?? [];
	if (program !== undefined) return isQuiet(program, rest) || isChore(program, rest);
	const listening = LISTENING_CHORES[lastPart(name)];
	const listens = listening !== undefined && args.some((arg) => listening.test(arg ?? ""));
	// `perl -pi -e` edits files.
	return (CHORES.has(lastPart(name)) && !listens) || (lastPart(name) === "perl" && args.some((arg) => /^-\w*i/.test(arg ?? "")));
}

function lastPart(name: string): string {
	return name.slice(name.lastIndexOf("/") + 1);
}

/** Quiet commands of which nobody knows what they answer; the others are taken to succeed. */
export function isOpenQuestion(name: string | undefined): boolean {
	return (
		name === undefined ||
		/^(e|f)?grep$|^(which|command|type|hash|getent|pgrep|pidof|diff|cmp|getopts|read|find|id|kill|jq|expr|let)$/.test(name)
	);
}

/** Whether a command only keeps the container alive: `tail -f`, `sleep infinity`. */
export function isBlocking(name: string, args: readonly (string | undefined)[]): boolean {
	if (name === "tail") return args.some((arg) => arg !== undefined && /^(-[a-zA-Z]*[fF]|--follow.*)$/.test(arg));
	return name === "sleep" && /^(inf.*|\d{6,}|\d+d)$/.test(args[0] ?? "");
}
