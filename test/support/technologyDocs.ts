// `node test/support/technologyDocs.ts` writes docs/technologies.md anew from the code's lists.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import images from "../../server/src/image/baseImages.json" with { type: "json" };
import { DOTNET } from "../../server/src/listeners/dotnet/index.ts";
import { GO } from "../../server/src/listeners/go/index.ts";
import { JVM } from "../../server/src/listeners/jvm/index.ts";
import { NODE } from "../../server/src/listeners/node/index.ts";
import { OTHER } from "../../server/src/listeners/other/index.ts";
import { PHP } from "../../server/src/listeners/php/index.ts";
import { PYTHON } from "../../server/src/listeners/python/index.ts";
import { RUBY } from "../../server/src/listeners/ruby/index.ts";
import { RUST } from "../../server/src/listeners/rust/index.ts";
import { SERVERS } from "../../server/src/listeners/servers/index.ts";
import type { Technology } from "../../server/src/listeners/technology.ts";

const FIELDS: readonly (readonly [string, readonly Technology[]])[] = [
	["Python", PYTHON],
	["Node.js, Bun and Deno", NODE],
	["Go", GO],
	["Java, Kotlin and Scala", JVM],
	[".NET", DOTNET],
	["Ruby", RUBY],
	["PHP", PHP],
	["Rust", RUST],
	["Elixir, Perl, R, Swift and others", OTHER],
	["Servers", SERVERS],
];

export const file = path.join(import.meta.dirname, "../../docs/technologies.md");

/** The page as it must stand. */
export function technologyPage(): string {
	const sections = FIELDS.map(([field, technologies]) => `## ${field}\n\n${listed(technologies.map(({ title }) => title))}\n`);
	const names = listed(images.map(({ name }) => `\`${name}\``));
	return [
		"# What Portlight understands\n",
		"Made from the code's own lists by `node test/support/technologyDocs.ts`; a test keeps it true. What is not here is unknown, and says so.\n",
		...sections,
		"## Base images\n",
		"What they expose, start and listen on is known from the version on that `server/src/image/baseImages.json` names.\n",
		`${names}\n`,
	].join("\n");
}

function listed(names: readonly string[]): string {
	return [...new Set(names)].sort((a, b) => a.localeCompare(b, "en")).join(", ");
}

if (import.meta.main) await writeFile(file, technologyPage());
