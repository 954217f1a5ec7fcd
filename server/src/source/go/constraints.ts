/** Operating systems and processors that a file's name or a constraint may name (go/build, "Build Constraints"). */
const SYSTEMS = new Set(
	"aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos".split(" "),
);
const PROCESSORS = new Set(
	"386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm".split(
		" ",
	),
);

/** Whether the go command would take a file of this name into a program for Linux on a common processor. */
export function isBuiltByName(name: string): boolean {
	if (!name.endsWith(".go") || name.endsWith("_test.go") || /^[_.]/.test(name)) return false;
	const parts = name.slice(0, -3).split("_").slice(1);
	const last = parts.at(-1) ?? "";
	const system = PROCESSORS.has(last) ? (parts.at(-2) ?? "") : last;
	if (PROCESSORS.has(last) && last !== "amd64") return false;
	return !SYSTEMS.has(system) || system === "linux";
}

/** Whether the file's `//go:build` line, or its older `// +build` lines, hold on Linux; `tags` are those of the build command. */
export function isBuiltByConstraint(text: string, tags: ReadonlySet<string>): boolean {
	const head = text.slice(0, /^package\s/m.exec(text)?.index ?? 0);
	const line = /^\/\/go:build[ \t]+(.*)$/m.exec(head)?.[1];
	if (line === undefined) return isBuiltByOldLines(head, tags);
	const tokens = line.match(/\(|\)|&&|\|\||!|[\w.]+/g) ?? [];
	let at = 0;
	const either = (): boolean => {
		let value = both();
		while (tokens[at] === "||") {
			at++;
			value = both() || value;
		}
		return value;
	};
	const both = (): boolean => {
		let value = one();
		while (tokens[at] === "&&") {
			at++;
			value = one() && value;
		}
		return value;
	};
	const one = (): boolean => {
		// Prefixes are counted, not nested, so that a hostile line cannot exhaust the stack.
		let negated = false;
		while (tokens[at] === "!") {
			at++;
			negated = !negated;
		}
		const token = tokens[at++];
		if (token === "(" && at < 500) {
			const value = either();
			at++;
			return value !== negated;
		}
		return (token !== undefined && holds(token, tags)) !== negated;
	};
	return either();
}

/** All lines must hold, of each line one word, of a word all its terms between commas (go/build, "+build"). */
function isBuiltByOldLines(head: string, tags: ReadonlySet<string>): boolean {
	const isTrue = (term: string): boolean => (term.startsWith("!") ? !holds(term.slice(1), tags) : holds(term, tags));
	return [...head.matchAll(/^\/\/[ \t]*\+build[ \t]+(.*)$/gm)].every(([, line = ""]) =>
		line
			.trim()
			.split(/\s+/)
			.some((word) => word.split(",").every(isTrue)),
	);
}

function holds(tag: string, tags: ReadonlySet<string>): boolean {
	return tags.has(tag) || ["linux", "unix", "amd64", "gc", "cgo"].includes(tag) || /^go1\.\d+$/.test(tag);
}
