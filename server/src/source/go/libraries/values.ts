import { t } from "../../../model/message.ts";
import { fromValue, library, list, plain, type Thing, unclear } from "../../core/thing.ts";
import type { Go } from "../go.ts";

/** Variables and constants of libraries with a value that is known inside a Linux container. */
export const LIBRARY_VALUES: Readonly<Record<string, (go: Go) => Thing>> = {
	"os.Args": commandArguments,
	"runtime.GOOS": () => plain("linux"),
	"net.IPv4zero": () => plain("0.0.0.0"),
	"net.IPv6zero": () => plain("::"),
	"net.IPv6unspecified": () => plain("::"),
	"net.IPv6loopback": () => plain("::1"),
	"time.Nanosecond": () => plain(1),
	"time.Microsecond": () => plain(1e3),
	"time.Millisecond": () => plain(1e6),
	"time.Second": () => plain(1e9),
	"time.Minute": () => plain(6e10),
	"time.Hour": () => plain(3.6e12),
	"github.com/gin-gonic/gin.ReleaseMode": () => plain("release"),
	"github.com/gin-gonic/gin.DebugMode": () => plain("debug"),
};

function commandArguments(go: Go): Thing {
	const { entry, args } = go.run.start;
	const given = args.map((one) => fromValue(one, unclear(t("an argument that is not known"))));
	// One beyond those given: whoever starts the container may give it.
	const name = t("argument {0}", args.length + 1);
	const next: Thing = { kind: "argument", name, fallback: unclear(t("{0} is not given", name)), from: [] };
	const known = list([plain(entry.kind === "path" ? entry.path : entry.name), ...given, next]);
	return { ...known, open: true, given: args.length, at: go.run.start.evidence.at(-1) };
}

/** Something of a library that a model makes itself. */
export function made(origin: string, fields: Readonly<Record<string, Thing>> = {}): Thing & { kind: "library" } {
	const one = library(origin);
	for (const [name, value] of Object.entries(fields)) one.fields.set(name, value);
	return one;
}
