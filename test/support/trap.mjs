// Loaded into a process before anything else: says on standard error when it reaches for the network or starts a program.
import childProcess from "node:child_process";
import dgram from "node:dgram";
import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";

/** @param {Record<string, unknown>} owner @param {readonly string[]} names */
function trap(owner, names) {
	for (const name of names) {
		const real = owner[name];
		owner[name] = function trapped(...args) {
			process.stderr.write(`TRAPPED ${name}\n`);
			return Reflect.apply(/** @type {Function} */ (real), this, args);
		};
	}
}

trap(net.Socket.prototype, ["connect"]);
trap(net.Server.prototype, ["listen"]);
trap(dgram, ["createSocket"]);
trap(dns, ["lookup", "resolve", "resolve4", "resolve6"]);
trap(dns.promises, ["lookup", "resolve"]);
trap(childProcess, ["spawn", "exec", "execFile", "fork", "spawnSync", "execSync", "execFileSync"]);
syncBuiltinESMExports();
