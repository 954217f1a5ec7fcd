import { expand } from "../dockerfile/expand.ts";
import { parsePort } from "../model/port.ts";
import { type Environment, likelyText } from "../model/value.ts";

/** A port of the container itself that a health check asks, and where it is written in the check's text. */
export interface AskedPort {
	/** TCP. */
	readonly port: number;
	/** Offsets into the text: the digits, or the address without any. */
	readonly start: number;
	readonly end: number;
}

/** The names by which a container reaches itself. */
const SELF = String.raw`(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\]|\$\{?HOSTNAME\}?)`;
const NUMBER = String.raw`(\d{1,5}|\$\w+|\$\{\w+(?::?-\d{1,5})?\})`;

/** Between two words, of the exec form too. */
const GAP = String.raw`[\s",']+`;

const FORMS: readonly { readonly form: RegExp; readonly scheme?: true }[] = [
	// curl, wget and scripts of any language: an address with a scheme.
	{ form: new RegExp(String.raw`\b(https?)://(?:[^\s/"'@]*@)?${SELF}(?::${NUMBER})?(?![\w.:])`, "gi"), scheme: true },
	// The same without one: `curl localhost:8080/health`.
	{ form: new RegExp(String.raw`(?<![\w./@-])${SELF}:${NUMBER}(?![\w.:])`, "gi") },
	// nc -z localhost 8080, and bash's own /dev/tcp/localhost/8080.
	{
		form: new RegExp(
			String.raw`\bn(?:c|cat|etcat)\b(?:${GAP}-\w+(?:${GAP}\d+(?=${GAP}[-\w[$]))?)*${GAP}${SELF}${GAP}${NUMBER}(?!\w)`,
			"gi",
		),
	},
	{ form: new RegExp(String.raw`/dev/tcp/${SELF}/${NUMBER}(?!\w)`, "gi") },
];

/** The ports of this container that a health check's text asks, by the image's ENV; what cannot be told is left out. */
export function askedPorts(text: string, environment: Environment): readonly AskedPort[] {
	// Over a Unix socket the address is only a name.
	if (/--unix-socket\b|\bunix:/.test(text)) return [];
	const found = new Map<number, AskedPort>();
	for (const { form, scheme } of FORMS) {
		for (const match of text.matchAll(form)) {
			const [whole] = match;
			const number = scheme ? match[2] : match[1];
			const port = number === undefined ? (match[1]?.toLowerCase() === "https" ? 443 : 80) : readNumber(number, environment);
			if (port === undefined || found.has(port)) continue;
			const start = number === undefined ? match.index : match.index + whole.lastIndexOf(number);
			found.set(port, { port, start, end: number === undefined ? match.index + whole.length : start + number.length });
		}
	}
	return [...found.values()].sort((a, b) => a.start - b.start);
}

function readNumber(written: string, environment: Environment): number | undefined {
	// A variable that the image does not set may be anything; its fallback is what the check uses here.
	return parsePort(likelyText(expand(written, environment, "\\")) ?? "");
}
