import { t } from "../../model/message.ts";
import { chooseValue } from "../core/branch.ts";
import { resolve } from "../core/paths.ts";
import { allFrom, type Call, list, NOTHING, plain, type Thing, unclear } from "../core/thing.ts";
import { concatenate } from "./calls.ts";
import { compare, rustTruth } from "./operators.ts";
import type { Rust } from "./rust.ts";

type Method = (rs: Rust, self: Thing, call: Call, turbofish: string | undefined) => Thing | undefined;

/**
 * Methods of options, results, texts, numbers and lists. What may be missing is what stands there, or nothing: `Some` and `Ok`
 * are transparent, `None` and `Err` are nothing. Undefined for a method that does not matter here.
 */
export function callBuiltIn(rs: Rust, self: Thing, name: string, call: Call, turbofish: string | undefined): Thing | undefined {
	const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
	return method?.(rs, self, call, turbofish);
}

const invoke = (thing: Thing | undefined, at: Call["at"], ...args: readonly Thing[]): Thing => {
	if (thing?.kind === "callable") return thing.invoke({ positional: args, keywords: new Map(), self: undefined, at });
	// `.map(str::to_string)`, `.map(String::from)`.
	return thing?.kind === "library" && args[0] ? args[0] : unclear(t("a function out of view"), at);
};

const same: Method = (_, one) => one;

/** What is there, or the end of the program. */
const present: Method = (rs, one, call) => {
	if (one.kind !== "nothing") return one;
	rs.run.raise();
	return unclear(t("a value that is missing"), call.at);
};

const METHODS: Readonly<Record<string, Method>> = {
	...Object.fromEntries(
		"as_bytes as_deref as_mut as_ref as_slice as_str borrow boxed clone cloned context copied expect_err flatten inspect inspect_err into into_boxed_str into_inner into_iter into_owned into_string iter leak lock map_err ok ok_or ok_or_else or_insert read to_lowercase_string to_owned to_path_buf to_str to_string to_string_lossy to_vec try_into with_context write deref into_os_string transpose peekable"
			.split(" ")
			.map((name) => [name, same]),
	),
	unwrap: present,
	expect: present,
	unwrap_unchecked: present,
	unwrap_or: (_, one, call) => (one.kind === "nothing" ? call.positional[0] : one),
	unwrap_or_else: (_, one, call) => (one.kind === "nothing" ? invoke(call.positional[0], call.at, unclear(t("an error"))) : one),
	unwrap_or_default: (_, one) => (one.kind === "nothing" ? unclear(t("a default value")) : one),
	or: (_, one, call) => (one.kind === "nothing" ? call.positional[0] : one),
	or_else: (_, one, call) => (one.kind === "nothing" ? invoke(call.positional[0], call.at, unclear(t("an error"))) : one),
	map: (_, one, call) => {
		const [change] = call.positional;
		if (one.kind === "nothing") return one;
		if (one.kind === "list")
			return {
				...list(
					one.items.map((item) => invoke(change, call.at, item)),
					one.at,
				),
				open: one.open,
			};
		return invoke(change, call.at, one);
	},
	and_then: (_, one, call) => (one.kind === "nothing" ? one : invoke(call.positional[0], call.at, one)),
	map_or: (_, one, call) => (one.kind === "nothing" ? call.positional[0] : invoke(call.positional[1], call.at, one)),
	map_or_else: (_, one, call) =>
		one.kind === "nothing" ? invoke(call.positional[0], call.at, unclear(t("an error"))) : invoke(call.positional[1], call.at, one),
	filter: (rs, one, call) => {
		if (one.kind === "nothing" || one.kind === "list") return one;
		return chooseValue(
			rs.run,
			rustTruth(invoke(call.positional[0], call.at, one)),
			() => one,
			() => NOTHING,
		);
	},
	is_some: (_, one) => plain(one.kind !== "nothing"),
	is_ok: (_, one) => plain(one.kind !== "nothing"),
	is_none: (_, one) => plain(one.kind === "nothing"),
	is_err: (_, one) => plain(one.kind === "nothing"),
	eq: (_, one, call) => compare("==", one, call.positional[0] ?? NOTHING),
	// Without a type the text may become a number or an address.
	parse: (_, one, __, turbofish) => {
		if (one.kind !== "plain") return undefined;
		const text = String(one.value);
		if (/^\+?[0-9]+$/.test(text)) return plain(Number(text), one.from);
		return turbofish !== undefined && /\b[iu](8|16|32|64|128|size)\b/.test(turbofish) ? NOTHING : one;
	},
	trim: onText((text) => text.trim()),
	to_lowercase: onText((text) => text.toLowerCase()),
	to_ascii_lowercase: onText((text) => text.toLowerCase()),
	to_uppercase: onText((text) => text.toUpperCase()),
	is_empty: (_, one) =>
		one.kind === "plain" ? plain(one.value === "") : one.kind === "list" && !one.open ? plain(one.items.length === 0) : undefined,
	starts_with: onText((text, start) => (start === undefined ? undefined : text.startsWith(start))),
	ends_with: onText((text, end) => (end === undefined ? undefined : text.endsWith(end))),
	contains: onText((text, piece) => (piece === undefined ? undefined : text.includes(piece))),
	trim_end_matches: onText((text, end) => (end !== undefined && text.endsWith(end) ? text.slice(0, -end.length) : text)),
	concat: (_, one) => (one.kind === "list" && !one.open ? concatenate(one.items) : undefined),
	join: (_, one, call) => {
		const [by] = call.positional;
		// Of all that is a text here, only paths are joined.
		if (one.kind === "plain" && by?.kind === "plain") return plain(joinPaths(String(one.value), String(by.value)), by.from);
		if (one.kind !== "list" || one.open || !by) return undefined;
		return concatenate(one.items.flatMap((item, i) => (i === 0 ? [item] : [by, item])));
	},
	nth: (_, one, call) => element(one, call.positional[0]),
	get: (_, one, call) => element(one, call.positional[0]),
	next: (_, one) => element(one, plain(0)),
	first: (_, one) => element(one, plain(0)),
	skip: (_, one, call) => {
		const count = call.positional[0];
		if (one.kind !== "list" || count?.kind !== "plain") return undefined;
		return { ...list(one.items.slice(Number(count.value)), one.at), open: one.open };
	},
	collect: same,
	len: (_, one) => (one.kind === "list" && !one.open ? plain(one.items.length) : undefined),
	then_some: (_, one, call) => (one.kind === "plain" ? (one.value === true ? call.positional[0] : NOTHING) : undefined),
	exists: isFile,
	is_file: isFile,
	display: same,
	// Addresses are their texts.
	port: onText((text) => /:([0-9]+)$/.exec(text)?.[1]),
	ip: onText((text) => text.replace(/:[0-9]+$/, "")),
	to_socket_addrs: same,
};

function isFile(rs: Rust, one: Thing): Thing | undefined {
	if (one.kind !== "plain" || typeof one.value !== "string") return undefined;
	const { kind } = rs.run.shelf.look(resolve(rs.run.start.cwd, one.value));
	return kind === "file" || kind === "folder" ? plain(true) : kind === "absent" ? plain(false) : undefined;
}

/** `Path::join`: an absolute path takes the place of what stands before it. */
function joinPaths(folder: string, name: string): string {
	return name.startsWith("/") || folder === "" ? name : `${folder.replace(/\/$/, "")}/${name}`;
}

function onText(change: (text: string, argument: string | undefined) => string | boolean | undefined): Method {
	return (_, one, call) => {
		const [argument] = call.positional;
		if (one.kind !== "plain" || typeof one.value !== "string" || (argument && argument.kind !== "plain")) return undefined;
		const result = change(one.value, argument && String(argument.value));
		return result === undefined ? undefined : plain(result, allFrom(one));
	};
}

function element(of: Thing, index: Thing | undefined): Thing | undefined {
	if (of.kind !== "list" || index?.kind !== "plain") return undefined;
	return of.items[Number(index.value)] ?? (of.open ? (of.items.at(-1) ?? NOTHING) : NOTHING);
}
