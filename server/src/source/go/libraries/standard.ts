import { t } from "../../../model/message.ts";
import { chooseValue } from "../../core/branch.ts";
import { loadDotenv } from "../../core/dotenv.ts";
import { resolve } from "../../core/paths.ts";
import { allFrom, type Call, each, isOpen, list, NOTHING, plain, type Thing, text, unclear } from "../../core/thing.ts";
import { truthOf } from "../../core/truth.ts";
import { pointee } from "../assign.ts";
import { callThing } from "../calls.ts";
import type { Go } from "../go.ts";
import { equal, HOLE, hole, joined } from "../operators.ts";
import { failure, type Model, type Models, onPlain, succeeded, textOf } from "./model.ts";
import { made } from "./values.ts";

/** Go's standard library, as far as it makes or moves values. */
export const STANDARD: Models = {
	"os.Getenv": (go, call) => variable(go, call, plain("")),
	"os.LookupEnv": (go, call) => {
		const value = variable(go, call, plain(""));
		return list([value, isSet(go, call, value)]);
	},
	"os.Setenv": (go, call) => {
		const [name, value] = call.positional;
		if (name?.kind === "plain" && value) go.run.journal.set(go.run.ownEnvironment, String(name.value), value);
		return NOTHING;
	},
	"syscall.Getenv": (go, call) => {
		const value = variable(go, call, plain(""));
		return list([value, isSet(go, call, value)]);
	},
	"os.Exit": (go) => {
		go.run.aborting = true;
		return NOTHING;
	},
	"os.ReadFile": readFile,
	"io/ioutil.ReadFile": readFile,
	"os.Open": readFile,
	"os.OpenFile": readFile,
	"os.Stat": readFile,
	"os.Open().IsDir": (go, _, callee) => {
		const path = textOf(callee.of?.fields.get("Path"));
		const kind = path === undefined ? undefined : go.run.shelf.look(path).kind;
		return kind === "file" || kind === "folder" ? plain(kind === "folder") : undefined;
	},
	"io.ReadAll": (_, call) => succeeded(call.positional[0] ?? NOTHING),
	"io/ioutil.ReadAll": (_, call) => succeeded(call.positional[0] ?? NOTHING),
	"os.Hostname": () => succeeded(plain(hole(t("the host name is only known at run time")))),
	"os.IsNotExist": (_, call) => isFailure(call.positional[0]),
	"errors.Is": (_, call) => isFailure(call.positional[0]),
	"errors.As": (_, call) => isFailure(call.positional[0]),
	"errors.New": (_, call) => failure(call),
	"fmt.Errorf": (_, call) => failure(call),
	"github.com/pkg/errors.New": (_, call) => failure(call),
	"github.com/pkg/errors.Errorf": (_, call) => failure(call),
	"github.com/pkg/errors.Wrap": (_, call) => wrapped(call),
	"github.com/pkg/errors.Wrapf": (_, call) => wrapped(call),
	"fmt.Sprintf": (go, call) => format(go, call),
	"fmt.Sprint": (go, call) => call.positional.map((one) => pointee(go, one)).reduce(joined, plain("")),
	"strconv.Itoa": onPlain(([number], from) => plain(String(number), from)),
	"strconv.FormatInt": onPlain(([number], from) => plain(String(number), from)),
	"strconv.FormatUint": onPlain(([number], from) => plain(String(number), from)),
	"strconv.Quote": onPlain(([one], from) => plain(`"${one}"`, from)),
	"strconv.Atoi": parseNumber,
	"strconv.ParseInt": parseNumber,
	"strconv.ParseUint": parseNumber,
	"strconv.ParseFloat": parseNumber,
	"strconv.ParseBool": (go, call) => {
		const given = call.positional[0] ?? NOTHING;
		const isBool = (one: Thing): boolean => /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(textOf(one) ?? "");
		const value = each(pointee(go, given), (one) => plain(/^(1|t|T|TRUE|true|True)$/.test(textOf(one) ?? "")));
		return list([value, each(given, (one) => (isBool(one) ? NOTHING : failure(call)))]);
	},
	"strings.TrimSpace": texts((one) => one.trim()),
	"strings.ToLower": texts((one) => one.toLowerCase()),
	"strings.ToUpper": texts((one) => one.toUpperCase()),
	"strings.Title": texts((one) => one),
	"strings.TrimPrefix": texts((one, prefix = "") => (one.startsWith(prefix) ? one.slice(prefix.length) : one)),
	"strings.TrimSuffix": texts((one, suffix = "") => (suffix !== "" && one.endsWith(suffix) ? one.slice(0, -suffix.length) : one)),
	"strings.TrimLeft": texts((one, set = "") => trimmed(one, set, true, false)),
	"strings.TrimRight": texts((one, set = "") => trimmed(one, set, false, true)),
	"strings.Trim": texts((one, set = "") => trimmed(one, set, true, true)),
	"strings.ReplaceAll": ofFile(texts((one, from = "", to = "") => one.replaceAll(from, () => to))),
	"bytes.ReplaceAll": ofFile(() => undefined),
	"os.ExpandEnv": (go, call) => {
		const file = readFrom(go, call);
		return file && made("os.Open()", { Path: file, Expands: plain(true) });
	},
	"strings.Replace": texts((one, from = "", to = "", count = "-1") =>
		Number(count) < 0 ? one.replaceAll(from, () => to) : one.replace(from, () => to),
	),
	"strings.HasPrefix": (go, call) => startsWith(go, call),
	"strings.HasSuffix": onPlain(([one, end]) => plain(String(one).endsWith(String(end)))),
	"strings.Contains": onPlain(([one, part]) => plain(String(one).includes(String(part)))),
	"strings.EqualFold": onPlain(([one, other]) => plain(String(one).toLowerCase() === String(other).toLowerCase())),
	"strings.Index": onPlain(([one, part]) => plain(String(one).indexOf(String(part)))),
	"strings.Split": split,
	"strings.SplitN": split,
	"strings.Cut": onPlain(([one, separator], from) => {
		const at = String(one).indexOf(String(separator));
		if (at < 0) return list([plain(String(one), from), plain(""), plain(false)]);
		return list([plain(String(one).slice(0, at), from), plain(String(one).slice(at + String(separator).length), from), plain(true)]);
	}),
	"strings.CutPrefix": onPlain(([one, prefix], from) => {
		const cut = String(one).startsWith(String(prefix));
		return list([plain(cut ? String(one).slice(String(prefix).length) : String(one), from), plain(cut)]);
	}),
	"strings.CutSuffix": onPlain(([one, suffix], from) => {
		const cut = String(one).endsWith(String(suffix));
		return list([plain(cut ? String(one).slice(0, String(one).length - String(suffix).length) : String(one), from), plain(cut)]);
	}),
	"strings.Fields": (go, call) =>
		each(pointee(go, call.positional[0] ?? NOTHING), (one) =>
			one.kind === "plain"
				? list(
						String(one.value)
							.split(/\s+/)
							.filter(Boolean)
							.map((part) => plain(part, one.from)),
						call.at,
					)
				: unclear(t("a list that is not known")),
		),
	"strings.Join": (go, call) => {
		const [items, separator] = call.positional;
		if (items?.kind !== "list" || items.open || separator?.kind !== "plain") return unclear(t("a text with an unknown part"));
		return items.items.reduce(
			(a, b, index) => (index === 0 ? pointee(go, b) : joined(joined(a, separator), pointee(go, b))),
			plain("") as Thing,
		);
	},
	"net.JoinHostPort": (go, call) => {
		const [host = NOTHING, port = NOTHING] = call.positional.map((one) => pointee(go, one));
		const bracketed = each(host, (one) =>
			one.kind === "plain" && String(one.value).includes(":") ? plain(`[${one.value}]`, one.from) : one,
		);
		return joined(joined(bracketed, plain(":")), port);
	},
	"net.SplitHostPort": onPlain(([address], from) => {
		const match = /^(?:\[(.*)\]|([^:]*)):(.*)$/.exec(String(address));
		if (!match) return unclear(t("an address without a port"));
		return list([plain(match[1] ?? match[2] ?? "", from), plain(match[3] ?? "", from), NOTHING]);
	}),
	"net.ParseIP": (_, call) => call.positional[0],
	"net.IPv4": onPlain((parts, from) => plain(parts.join("."), from)),
	"net.ResolveTCPAddr": (_, call) => succeeded(call.positional[1] ?? NOTHING),
	"net.ResolveUDPAddr": (_, call) => succeeded(call.positional[1] ?? NOTHING),
	"net.ResolveUnixAddr": (_, call) => succeeded(made("net.UnixAddr{}", { Name: call.positional[1] ?? NOTHING })),
	"net/netip.MustParseAddrPort": (_, call) => call.positional[0],
	"net.TCPAddrFromAddrPort": (_, call) => call.positional[0],
	"net.UDPAddrFromAddrPort": (_, call) => call.positional[0],
	"path.Join": joinPath,
	"path/filepath.Join": joinPath,
	"path/filepath.Abs": (go, call) =>
		succeeded(
			each(call.positional[0] ?? NOTHING, (one) =>
				one.kind === "plain" ? plain(resolve(go.run.start.cwd, String(one.value)), one.from) : one,
			),
		),
	"os.Getwd": (go) => succeeded(plain(go.run.start.cwd)),
	"cmp.Or": (go, call) => {
		const [first, ...others] = call.positional;
		return others.reduce(
			(value, other) =>
				chooseValue(
					go.run,
					truthOf(value, isZero),
					() => other,
					() => value,
				),
			first ?? NOTHING,
		);
	},
	"flag.Parsed": () => plain(true),
	"context.WithCancel": (_, call) => list([made("context.Background()"), made("context.CancelFunc{}")], call.at),
	"github.com/joho/godotenv.Load": (go, call) => loadFiles(go, call, false),
	"github.com/joho/godotenv.Overload": (go, call) => loadFiles(go, call, true),
	"github.com/subosito/gotenv.Load": (go, call) => loadFiles(go, call, false),
	"sync.OnceValue": (_, call) => call.positional[0],
	"sync.Once{}.Do": (go, call) => (call.positional[0] ? callThing(go, call.positional[0], { ...call, positional: [] }) : NOTHING),
};

/** A variable as a program sees it; its name may be computed, but must be known. */
export function variable(go: Go, call: Call, missing: Thing): Thing {
	const name = call.positional[0];
	return name?.kind === "plain" && String(name.value) !== ""
		? go.run.variable(String(name.value), missing, call.at)
		: unclear(t("a variable that is not known"), call.at);
}

/** Whether a variable is set, as the second value of `os.LookupEnv`. */
function isSet(go: Go, call: Call, value: Thing): Thing {
	const name = textOf(call.positional[0]) ?? "";
	if (go.run.ownEnvironment.has(name) || go.run.start.environment.has(name)) return plain(true);
	if (isOpen(value)) return { kind: value.kind, name: value.name, fallback: plain(false), from: value.from };
	return unclear(t("an undecided condition"));
}

function isZero(one: Thing): boolean | undefined {
	if (one.kind === "plain") return one.value === "" || one.value === 0 || one.value === false;
	return one.kind === "nothing" ? true : undefined;
}

function isFailure(error: Thing | undefined): Thing {
	if (!error) return unclear(t("an undecided condition"));
	return each(error, (one) => {
		const isNil = equal(one, NOTHING);
		return isNil === undefined ? unclear(t("an undecided condition")) : plain(!isNil);
	});
}

function wrapped(call: Call): Thing {
	return each(call.positional[0] ?? NOTHING, (one) => (one.kind === "nothing" ? NOTHING : failure(call)));
}

/** A file of the image, by its path. One that is not there may be mounted: then it is not an error. */
function readFile(go: Go, call: Call): Thing | undefined {
	const name = pointee(go, call.positional[0] ?? NOTHING);
	const path = name.kind === "plain" ? String(name.value) : isOpen(name) ? textOf(name.fallback) : undefined;
	if (path === undefined || path === "" || path.includes(HOLE)) return made("os.Open()");
	const whole = resolve(go.run.start.cwd, path);
	const file = made("os.Open()", { Path: plain(whole) });
	if (go.run.shelf.look(whole).kind !== "absent") return succeeded(file);
	return list([file, { kind: "argument", name: path, fallback: failure(call), from: [] }]);
}

/** The path of the file whose text an argument is; undefined for other texts. */
function readFrom(go: Go, call: Call): Thing | undefined {
	const given = pointee(go, call.positional[0] ?? NOTHING);
	return given.kind === "library" && given.origin === "os.Open()" ? given.fields.get("Path") : undefined;
}

/** A change of a text leaves what was read of a file what it is: such programs replace marks of their own. */
function ofFile(otherwise: Model): Model {
	return (go, call, callee) => (readFrom(go, call) ? call.positional[0] : otherwise(go, call, callee));
}

function loadFiles(go: Go, call: Call, override: boolean): Thing {
	const names = call.positional.length > 0 ? call.positional : [plain(".env")];
	for (const one of names.flatMap((name) => (name.kind === "list" ? name.items : [name])))
		if (one.kind === "plain") loadDotenv(go.run, resolve(go.run.start.cwd, String(one.value)), override);
	return NOTHING;
}

function parseNumber(go: Go, call: Call): Thing {
	const given = pointee(go, call.positional[0] ?? NOTHING);
	const isNumber = (one: Thing): boolean => /^[-+]?\d+(\.\d+)?$/.test(textOf(one) ?? "");
	const value = each(given, (one) => {
		if (one.kind !== "plain") return unclear(t("a value that is not a number"));
		return isNumber(one)
			? plain(Number(one.value), one.from)
			: String(one.value).includes(HOLE)
				? unclear(t("a value that is not a number"))
				: plain(0);
	});
	return list([value, each(given, (one) => (one.kind !== "plain" || isNumber(one) ? NOTHING : failure(call)))]);
}

function texts(change: (one: string, ...others: string[]) => string): Model {
	return onPlain(([one = "", ...others], from) => text(change(String(one), ...others.map(String)), from));
}

function trimmed(one: string, set: string, left: boolean, right: boolean): string {
	let [start, end] = [0, one.length];
	while (left && start < end && set.includes(one[start] ?? "")) start++;
	while (right && end > start && set.includes(one[end - 1] ?? "")) end--;
	return one.slice(start, end);
}

/** What a text begins with may be known even if the rest is not. */
function startsWith(go: Go, call: Call): Thing {
	const [one, prefix] = call.positional.map((given) => pointee(go, given));
	if (!one || prefix?.kind !== "plain") return unclear(t("an undecided condition"));
	return each(one, (whole) => {
		if (whole.kind !== "plain") return unclear(t("an undecided condition"));
		const [known = ""] = String(whole.value).split(HOLE);
		const wanted = String(prefix.value);
		if (known.startsWith(wanted)) return plain(true);
		return known.length === String(whole.value).length || !wanted.startsWith(known) ? plain(false) : unclear(t("an undecided condition"));
	});
}

function split(go: Go, call: Call): Thing {
	const [given = NOTHING, separator] = call.positional;
	return each(pointee(go, given), (one) =>
		one.kind === "plain" && separator?.kind === "plain"
			? list(
					String(one.value)
						.split(String(separator.value))
						.map((part) => plain(part, one.from)),
					call.at,
				)
			: unclear(t("a list that is not known")),
	);
}

function joinPath(_: Go, call: Call): Thing {
	const parts = call.positional.map(textOf);
	if (parts.some((one) => one === undefined)) return unclear(t("a path that is not known"));
	const path = parts.filter((one) => one !== "").join("/");
	return plain(path.startsWith("/") ? resolve("/", path) : resolve("/", path).slice(1), allFrom(...call.positional));
}

/** fmt, "Printing": the verbs that write addresses; others leave a hole. */
function format(go: Go, call: Call): Thing {
	const [pattern, ...given] = call.positional;
	if (pattern?.kind !== "plain") return unclear(t("a text with an unknown part"));
	const values = given.flatMap((one) => (call.keywords.has("...") && one.kind === "list" ? one.items : [one]));
	let index = 0;
	let result: Thing = plain("", pattern.from);
	for (const piece of String(pattern.value).split(/(%[-+# 0]*\d*(?:\.\d+)?[a-zA-Z%])/)) {
		if (!/^%.*[a-zA-Z%]$/s.test(piece)) result = joined(result, plain(piece));
		else if (piece.endsWith("%")) result = joined(result, plain("%"));
		else {
			const value = values[index++];
			result = joined(result, value ? shown(pointee(go, value), piece) : plain(hole(t("a text has too few values"))));
		}
	}
	return result;
}

function shown(value: Thing, verb: string): Thing {
	if (value.kind === "unknown") return plain(hole(value.reason));
	return each(value, (one) => {
		if (one.kind !== "plain") return plain(hole(one.kind === "unknown" ? one.reason : t("a part of the address is not known")));
		if (verb.endsWith("q")) return plain(`"${one.value}"`, one.from);
		const width = /^%(0?)(\d+)d$/.exec(verb);
		return plain(width ? String(one.value).padStart(Number(width[2]), width[1] === "0" ? "0" : " ") : String(one.value), one.from);
	});
}
