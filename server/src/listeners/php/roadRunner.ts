import { isMap, isPair, isScalar, parseDocument, visit } from "yaml";
import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import { concat, known, lookUp, type Value } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import { normalize } from "../../source/core/paths.ts";
import { openQuestion, predictServer, QUIET } from "../claims.ts";
import { allValues, flagValue, operands, textOf } from "../commandLine.ts";
import { mergePredictions } from "../listener.ts";
import { splitSocketAddress } from "../socketAddress.ts";
import type { Technology } from "../technology.ts";
import { withoutEntrypoint } from "./phpCommand.ts";

/** Keys of `.rr.yaml` that hold an address to listen on (RoadRunner, "Configuration", .rr.yaml reference). */
const ADDRESSES = [
	/^http\.address$/,
	/^http\.ssl\.address$/,
	/^http\.fcgi\.address$/,
	/^rpc\.listen$/,
	/^grpc\.listen$/,
	/^status\.address$/,
	/^metrics\.address$/,
	/^tcp\.servers\.[^.]+\.addr$/,
];

/** RoadRunner: `rr serve` listens where its `.rr.yaml` says; `-o http.address=…` overrides it. */
export const roadRunner: Technology = {
	name: "roadrunner",
	title: "RoadRunner",
	async command(original, scene) {
		const process = withoutEntrypoint(original);
		if (programName(textOf(process.argv[0]) ?? "") !== "rr") return undefined;
		const args = process.argv.slice(1);
		if (textOf(operands(args, ["-c", "--config", "-w", "-o", "--override", "--dotenv"])[0]?.value) !== "serve") return QUIET;
		const folder = textOf(flagValue(args, ["-w"])) ?? process.cwd;
		const given = textOf(flagValue(args, ["-c", "--config"]));
		const path = normalize((given ?? ".rr.yaml").startsWith("/") ? (given ?? "") : `${folder}/${given ?? ".rr.yaml"}`);
		const read = await scene.files.read(path);
		if (read.kind !== "text") return openQuestion(process, read.reason ?? t("{0} is not in the image", programName(path)));
		const addresses = new Map<string, Value>(addressesIn(process, read.file));
		for (const override of allValues(args, ["-o", "--override"])) {
			const [, key, value] = /^([^=]+)=(.*)$/.exec(textOf(override) ?? "") ?? [];
			if (key !== undefined && value !== undefined && ADDRESSES.some((one) => one.test(key)))
				addresses.set(key, known(value, ...process.evidence.slice(-1)));
		}
		return mergePredictions([...addresses.values()].map((value) => listening(process, value)));
	},
};

function listening(process: Process, value: Value): Prediction {
	const socket = splitSocketAddress(value);
	return socket === "nothing" ? QUIET : predictServer(process, socket, { port: "0", address: "0.0.0.0" });
}

function addressesIn(process: Process, file: TextFile): [string, Value][] {
	const found: [string, Value][] = [];
	const document = parseDocument(file.text);
	visit(document, {
		Pair(_, pair, parents) {
			const keys = [...parents, pair].flatMap((one) => (isPair(one) && isScalar(one.key) ? [String(one.key.value)] : []));
			if (!isScalar(pair.value) || !parents.every((one) => isPair(one) || isMap(one) || one === document)) return;
			const range = pair.value.range;
			if (!range || !ADDRESSES.some((one) => one.test(keys.join(".")))) return;
			const at = evidenceIn(file, rangeBetween(file.text, range[0], range[1]), `${keys.join(".")}: ${pair.value.value}`);
			found.push([keys.join("."), expand(process, String(pair.value.value), at)]);
		},
	});
	return found;
}

/** `${NAME}` and `${NAME:-default}`. */
function expand(process: Process, text: string, at: NonNullable<Parameters<typeof known>[1]>): Value {
	const parts = text.split(/(\$\{\w+(?::-[^}]*)?\}|\$\w+)/).filter(Boolean);
	return concat(
		parts.map((part) => {
			const [, name, fallback] = /^\$\{?(\w+)(?::-([^}]*))?\}?$/.exec(part) ?? [];
			if (name === undefined) return known(part, at);
			const value = lookUp(process.environment, name, at);
			return value.kind === "variable" && fallback !== undefined ? { ...value, fallback: known(fallback, at) } : value;
		}),
	);
}
