import { t } from "../../model/message.ts";
import { loadDotenv } from "../core/dotenv.ts";
import { folderOf, resolve } from "../core/paths.ts";
import { type Call, each, NOTHING, plain, type Thing, unclear } from "../core/thing.ts";
import { entryName } from "./expressions.ts";
import { callBuiltIn, yieldTo } from "./methods.ts";
import { binary } from "./operators.ts";
import { requireFile } from "./program.ts";
import type { Ruby, Scope } from "./ruby.ts";

const text = (thing: Thing | undefined): string | undefined => (thing?.kind === "plain" ? String(thing.value) : undefined);

/** Ruby's own functions (Ruby, `Kernel`); what only prints or waits answers nil. */
export const KERNEL: Readonly<Record<string, (rb: Ruby, call: Call, scope: Scope) => Thing | undefined>> = {
	Integer: (rb, call) => number(rb, call),
	Float: (rb, call) => number(rb, call),
	String: (rb, call) => convert(rb, call, "to_s"),
	require: (rb, call, scope) => {
		const name = text(call.positional[0]);
		if (name?.startsWith("/") || name?.startsWith(".")) requireFile(rb, resolve(rb.run.start.cwd, name));
		else if (name !== undefined)
			for (const folder of [rb.run.start.cwd, resolve(rb.run.start.cwd, "lib"), folderOf(scope.file.path)])
				requireFile(rb, resolve(folder, name));
		if (name === "dotenv/load" || name === "dotenv/autoload") loadDotenv(rb.run, resolve(rb.run.start.cwd, ".env"), false);
		return NOTHING;
	},
	require_relative: (rb, call, scope) => {
		const name = text(call.positional[0]);
		if (name !== undefined) requireFile(rb, resolve(folderOf(scope.file.path), name));
		return NOTHING;
	},
	load: (rb, call) => {
		const name = text(call.positional[0]);
		if (name !== undefined) requireFile(rb, resolve(rb.run.start.cwd, name));
		return NOTHING;
	},
	loop: (_, call) => yieldTo(call) ?? NOTHING,
	lambda: (_, call) => call.keywords.get("&"),
	proc: (_, call) => call.keywords.get("&"),
	binding: () => NOTHING,
	...Object.fromEntries(
		[
			"puts",
			"print",
			"p",
			"pp",
			"printf",
			"warn",
			"sleep",
			"srand",
			"rand",
			"attr_accessor",
			"attr_reader",
			"attr_writer",
			"private",
			"public",
			"protected",
			"include",
			"extend",
			"prepend",
			"trap",
			"at_exit",
		].map((name) => [name, () => NOTHING]),
	),
};

/** Calls to libraries whose result matters: the environment, paths. */
export const LIBRARY_CALLS: Readonly<Record<string, (rb: Ruby, call: Call) => Thing>> = {
	"ENV.[]": (rb, call) => variable(rb, call, NOTHING),
	"ENV.fetch": (rb, call) => {
		const byDefault = call.positional[1] ?? yieldTo(call, call.positional[0] ?? NOTHING);
		const name = text(call.positional[0]) ?? t("a variable");
		return variable(rb, call, byDefault ?? unclear(t("{0} is not set", name), call.at));
	},
	"ENV.key?": (rb, call) => each(variable(rb, call, NOTHING), (one) => plain(one.kind !== "nothing")),
	"ENV.has_key?": (rb, call) => each(variable(rb, call, NOTHING), (one) => plain(one.kind !== "nothing")),
	"ENV.include?": (rb, call) => each(variable(rb, call, NOTHING), (one) => plain(one.kind !== "nothing")),
	"ENV.to_h": () => unclear(t("all variables at once")),
	"File.join": (_, call) =>
		call.positional.length === 0
			? plain("")
			: call.positional.reduce((left: Thing, right: Thing): Thing => binary("+", binary("+", left, plain("/")), right)),
	"File.dirname": (_, call) =>
		each(call.positional[0] ?? NOTHING, (one) => (one.kind === "plain" ? plain(folderOf(String(one.value))) : one)),
	"File.expand_path": (rb, call) => {
		const [path, from] = [text(call.positional[0]), call.positional[1] ? text(call.positional[1]) : rb.run.start.cwd];
		return path === undefined || from === undefined ? unclear(t("a path that is not known")) : plain(resolve(from, path));
	},
	"Dotenv.load": (rb) => {
		loadDotenv(rb.run, resolve(rb.run.start.cwd, ".env"), false);
		return NOTHING;
	},
	app_file: (rb) => entryName(rb),
	"Sinatra::Base.app_file": (rb) => entryName(rb),
	"Rails.env": (rb, call) => rb.run.variable("RAILS_ENV", plain("development"), call.at),
	"Hash.new": (_, call) => ({ kind: "structure", shape: "dictionary", fields: new Map(), parents: [], open: false, at: call.at }),
};

function variable(rb: Ruby, call: Call, missing: Thing): Thing {
	const name = text(call.positional[0]);
	return name === undefined ? unclear(t("a variable whose name is not known"), call.at) : rb.run.variable(name, missing, call.at);
}

function convert(rb: Ruby, call: Call, method: string): Thing {
	return each(call.positional[0] ?? NOTHING, (one) => callBuiltIn(rb, one, method, call) ?? unclear(t("a number that is not known")));
}

/** `Integer(nil)` raises, and so does a text that is no number. */
function number(rb: Ruby, call: Call): Thing {
	return each(call.positional[0] ?? NOTHING, (one) => {
		const value = one.kind === "plain" ? Number(String(one.value).replaceAll("_", "")) : Number.NaN;
		if (one.kind === "plain" && Number.isFinite(value) && String(one.value).trim() !== "") return plain(value, one.from);
		rb.run.raise();
		return unclear(t("a text that is no number"), call.at);
	});
}
