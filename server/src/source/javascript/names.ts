/**
 * One name for a library, however it is imported: `npm:express@4`, `jsr:@oak/oak@17`, `https://deno.land/x/oak@v12/mod.ts` and
 * `https://esm.sh/express@4.18` all mean the package (Deno, "Modules and dependencies").
 */
export function canonicalName(written: string): string {
	const name = written.replace(/^node:/, "");
	const registry = /^(?:npm|jsr|bun):\/?(@[^/@]+\/[^/@]+|[^/@]+)(?:@[^/]*)?(\/.*)?$/.exec(name);
	if (registry) return `${registry[1]}${registry[2] ?? ""}`;
	const standard = /^https?:\/\/deno\.land\/std(?:@[^/]*)?\/(.+?)(?:\/mod)?\.ts$/.exec(name);
	if (standard) return `@std/${standard[1]}`;
	const deno = /^https?:\/\/deno\.land\/x\/([^/@]+)(?:@[^/]*)?\//.exec(name);
	if (deno) return deno[1] ?? name;
	const cdn = /^https?:\/\/(?:esm\.sh|cdn\.skypack\.dev|unpkg\.com|esm\.run)\/(?:v\d+\/|npm:)?(@[^/@]+\/[^/@?]+|[^/@?]+)/.exec(name);
	return cdn?.[1] ?? name;
}
