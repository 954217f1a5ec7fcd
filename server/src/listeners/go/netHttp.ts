import type { ReadCall } from "../sourceCall.ts";
import type { Technology } from "../technology.ts";
import { readAddress, readField } from "./address.ts";

const SERVER = "net/http.Server{}";

const CALLS: Readonly<Record<string, ReadCall>> = {
	"net/http.ListenAndServe": readAddress(0, { port: "80" }),
	"net/http.ListenAndServeTLS": readAddress(0, { port: "443" }),
	[`${SERVER}.ListenAndServe`]: readField("Addr", { port: "80" }),
	[`${SERVER}.ListenAndServeTLS`]: readField("Addr", { port: "443" }),
};

/**
 * Go's own HTTP server (pkg.go.dev/net/http: Server.ListenAndServe, "If srv.Addr is blank, ":http" is used"). What serves on
 * a listener that the program opened is that listener's port (netListen.ts).
 */
export const netHttp: Technology = { name: "net-http", title: "net/http", calls: { go: CALLS } };
