import type { Engine } from "../engine.ts";
import { hostHelper } from "../helper/helper.ts";
import type { Timers } from "../timers.ts";
import { socketChain } from "./chain.ts";
import { execSockets } from "./exec.ts";
import { helperSockets } from "./helper.ts";
import { publishedHints } from "./hints.ts";
import { kernelSockets, type Machine } from "./kernel.ts";
import type { Probe, SocketReader } from "./live.ts";
import type { Endianness } from "./procNet.ts";

/** Every way to read the sockets of an engine's containers, from this machine. */
export function engineSockets(engine: Engine, machine: Machine, timers: Timers, probe: Probe): SocketReader {
	const helper = hostHelper(engine);
	const endianness = () => endiannessOf(engine.about().architecture);
	const ways = {
		kernel: kernelSockets(machine, engine.local),
		exec: execSockets(engine, endianness, timers),
		helper: helperSockets(engine, helper, endianness),
	};
	return socketChain(ways, publishedHints(engine.local, machine.connect, timers), timers, () => helper.dispose(), probe);
}

/** Of the processors that container engines run on, these store the highest byte first. */
function endiannessOf(architecture: string): Endianness {
	return ["s390x", "s390", "ppc64", "ppc", "mips", "mips64"].includes(architecture) ? "BE" : "LE";
}
