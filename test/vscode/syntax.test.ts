/** The colours of EXPOSE, as VS Code's own tokenizer and Dockerfile grammar give them with the injection. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { embeddedVscode } from "../../scripts/embeddedVscode.mjs";
import { root } from "../../scripts/folders.mjs";

interface Grammar {
	tokenizeLine(line: string, state: unknown): { tokens: { startIndex: number; endIndex: number; scopes: string[] }[]; ruleStack: unknown };
}

const INJECTION = "portlight.expose.injection";

/** VS Code's Dockerfile grammar with the injection, in the tokenizer that VS Code itself uses. */
async function loadGrammar(): Promise<{ grammar: Grammar; initial: unknown }> {
	const { serverMain } = await embeddedVscode(console.error);
	const vscode = path.join(path.dirname(serverMain), "..");
	const load = createRequire(path.join(vscode, "package.json"));
	const oniguruma = load("vscode-oniguruma");
	const textmate = load("vscode-textmate");
	await oniguruma.loadWASM(await readFile(load.resolve("vscode-oniguruma/release/onig.wasm")));
	const files: Record<string, string> = {
		"source.dockerfile": path.join(vscode, "extensions/docker/syntaxes/docker.tmLanguage.json"),
		[INJECTION]: path.join(root, "syntaxes/expose.tmLanguage.json"),
	};
	const registry = new textmate.Registry({
		onigLib: {
			createOnigScanner: (patterns: string[]) => new oniguruma.OnigScanner(patterns),
			createOnigString: (text: string) => new oniguruma.OnigString(text),
		},
		loadGrammar: async (scope: string) => {
			const file = files[scope];
			return file ? textmate.parseRawGrammar(await readFile(file, "utf8"), file) : null;
		},
		getInjections: (scope: string) => (scope === "source.dockerfile" ? [INJECTION] : undefined),
	});
	return { grammar: await registry.loadGrammar("source.dockerfile"), initial: textmate.INITIAL };
}

/** Each line of the text, and below it what has a scope: marks under the characters, and the innermost scope's first words. */
function marked({ grammar, initial }: Awaited<ReturnType<typeof loadGrammar>>, text: string): string {
	let state = initial;
	const lines: string[] = [];
	for (const line of text.split("\n")) {
		const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
		state = ruleStack;
		lines.push(line);
		for (const { startIndex, endIndex, scopes } of tokens) {
			const scope = scopes.at(-1) ?? "";
			if (scope !== "source.dockerfile" && startIndex < line.length)
				lines.push(
					`${" ".repeat(startIndex)}${"^".repeat(Math.min(endIndex, line.length) - startIndex)} ${scope.replace(/\.dockerfile$/, "")}`,
				);
		}
	}
	return lines.join("\n");
}

test("ports and protocols of EXPOSE, and nothing else", async () => {
	const expected = await readFile(path.join(root, "test/fixtures/expose.marks"), "utf8");
	const text = expected.replace(/^ *\^.*\n/gm, "");
	assert.equal(marked(await loadGrammar(), text), expected);
});
