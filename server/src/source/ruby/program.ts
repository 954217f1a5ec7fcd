import { t } from "../../model/message.ts";
import { nameOf } from "../core/paths.ts";
import type { Run } from "../core/run.ts";
import type { SourceFile } from "../core/sourceFile.ts";
import type { SyntaxNode } from "../syntax.ts";
import { makeModule, type Ruby } from "./ruby.ts";
import { executeBody } from "./statements.ts";

/** Evaluates a Ruby program, or a configuration file in Ruby, from its entry. */
export function evaluateRuby(run: Run): void {
	const rb: Ruby = { run, loaded: new Set(), top: makeModule("module", [], undefined), globals: new Map() };
	const { entry, evidence, cwd } = run.start;
	const path = entry.kind === "path" ? entry.path : `${cwd}/${entry.name}`;
	const read = run.shelf.read(path, "ruby");
	if (read.kind === "absent") run.gap(read.reason ?? t("{0} is not in the image", nameOf(path)), evidence.at(-1));
	else if (read.kind === "unknown") run.gap(read.reason, evidence.at(-1));
	else if (read.kind === "file") runFile(rb, read.file);
}

/** `require` of a file of the program; a library's stays out of sight. */
export function requireFile(rb: Ruby, path: string): void {
	const whole = /\.(rb|ru)$/.test(path) ? path : `${path}.rb`;
	const read = rb.run.shelf.read(whole, "ruby");
	if (read.kind === "file") runFile(rb, read.file);
}

function runFile(rb: Ruby, file: SourceFile): void {
	if (rb.loaded.has(file.path) || !file.root) return;
	rb.loaded.add(file.path);
	const { root } = file;
	rb.run.deeper(
		() => executeBody(rb, root, { file, names: new Map(), outer: undefined, self: rb.top, nesting: [rb.top], block: undefined }, false),
		undefined,
	);
}

/** Libraries of Ruby itself and common ones that open no port. */
const QUIET: ReadonlySet<string> = new Set(
	"json yaml erb set time date fileutils logger optparse ostruct securerandom digest openssl uri net/http open-uri csv benchmark pathname tempfile English bigdecimal forwardable singleton stringio strscan zlib base64 timeout thread monitor io/console open3 etc shellwords rbconfig pp tsort English bundler/setup bundler rubygems dotenv dotenv/load faraday httparty rest-client nokogiri redis pg mysql2 sqlite3 sequel mongo active_record active_support active_support/all colorize thor tty-prompt slop nokogiri aws-sdk-s3 mail sidekiq resque bunny connection_pool concurrent-ruby".split(
		" ",
	),
);

/** Required libraries of which nobody here knows that they stay quiet. */
export function rubyStrangers(run: Run): readonly string[] {
	return [...new Set(run.shelf.sources.flatMap(requires))];
}

function requires(file: SourceFile): string[] {
	const found: string[] = [];
	const left: SyntaxNode[] = file.root ? [file.root] : [];
	for (let node = left.pop(); node; node = left.pop()) {
		left.push(...node.children);
		const name = node.type === "call" ? /^require\s*\(?\s*["']([^"']+)["']/.exec(file.textOf(node))?.[1] : undefined;
		if (name !== undefined && !name.startsWith(".") && !name.startsWith("/") && !QUIET.has(name)) found.push(name);
		if (node.type === "identifier" && node.field === "method" && /^(exec|spawn|system|popen)$/.test(file.textOf(node)))
			found.push("process");
		if (node.type === "constant" && /^(TCPServer|UDPSocket|Socket|UNIXServer|WEBrick)$/.test(file.textOf(node))) found.push("socket");
	}
	return found;
}
