const OUTPUT =
	/^(?:\.?dist|\.?build|lib|out|output|compiled|built|release|bin|js|_build|server-dist|dist-server|server-build|build-server|build-ts|distribution|target|prod|production)$/;

/** Folders inside an output folder that tell formats apart. */
const FORMAT = /^(?:esm|cjs|node|server|es|commonjs|module|bundle)$/;

/**
 * Where people keep the source of what stands in an output folder, most usual first, without endings: `dist/x.js` is `src/x`,
 * `dist/src/x.js` is `src/x`, `dist/apps/api/main.js` is `apps/api/src/main`.
 */
export function conventionalSources(built: string, root: string): string[] {
	const prefix = root === "/" ? "/" : `${root}/`;
	if (!built.startsWith(prefix)) return [];
	const parts = built
		.slice(prefix.length)
		.replace(/\.[cm]?js$/, "")
		.split("/");
	const at = parts.findIndex((part) => OUTPUT.test(part));
	if (at < 0 || at === parts.length - 1) return [];
	const before = parts.slice(0, at);
	const found = candidates(parts.slice(at + 1));
	const inner = parts.slice(at + 1);
	if (FORMAT.test(inner[0] ?? "") && inner.length > 1) found.push(...candidates(inner.slice(1)));
	// Angular's server-side rendering: `dist/<project>/server/server.mjs` (angular.dev/guide/ssr, `server.ts`).
	if (/^server$/.test(inner.at(-2) ?? "") && /^(?:server|main)$/.test(inner.at(-1) ?? "")) found.push(["src", "server"], ["server"]);
	return found.map((one) => prefix + [...before, ...one].join("/"));
}

function candidates(rest: readonly string[]): string[][] {
	const all: string[][] = [];
	if (rest[0] === "src" || rest[0] === "source") all.push([...rest]);
	all.push(["src", ...rest], ["source", ...rest], [...rest], ["server", ...rest], ["app", ...rest]);
	// Nx and Nest workspaces: `dist/apps/api/main.js`, `dist/packages/api/src/main.js`.
	if (rest.length >= 3 && /^(?:apps|packages|libs|services|projects)$/.test(rest[0] ?? ""))
		all.push([...rest.slice(0, 2), "src", ...rest.slice(2)]);
	return all;
}
