import type { Dockerfile } from "../dockerfile/dockerfile.ts";
import { expand } from "../dockerfile/expand.ts";
import { resolvePath, type Step } from "../dockerfile/walk.ts";
import { likelyText } from "../model/value.ts";
import type { Copy, CopySource } from "./copies.ts";

/**
 * The folder that a RUN step mounts to build from, as if it were copied: `RUN --mount=type=bind,target=/src go build`
 * (docs.docker.com/reference/dockerfile, "RUN --mount=type=bind"). Of several the widest of the build context counts, since
 * manifests that are mounted one by one are copied later. Nothing is left of it in the image, but who asks for a path there asks
 * where a program was built. Undefined when nothing is mounted.
 */
export function readBindMount(dockerfile: Dockerfile, { instruction, scope, workdir }: Step): Copy | undefined {
	const written = instruction.flags.get("mount")?.split(" ") ?? [];
	const mounts = written.flatMap((one) => {
		const text = likelyText(expand(one, scope, dockerfile.escape));
		return text === undefined ? [] : (mountOf(text, workdir) ?? []);
	});
	const [widest] = mounts.sort((a, b) => rank(a.source) - rank(b.source)).map((one) => together(one, mounts));
	return (
		widest && {
			instruction,
			sources: [widest.source],
			target: widest.target,
			intoFolder: false,
			keepsParents: false,
		}
	);
}

/** `src` on `/app/src` beside `Cargo.toml` on `/app/Cargo.toml`: the build context on `/app`, as far as the build needs it. */
function together(widest: Mount, mounts: readonly Mount[]): Mount {
	const base = baseOf(widest);
	const isPart = base !== undefined && mounts.some((one) => one !== widest && baseOf(one) === base);
	// Manifests alone are mounted to install what they name.
	const hasFolder = mounts.some((one) => baseOf(one) === base && !/\.[^/]*$/.test(one.source.path));
	return isPart && hasFolder ? { source: { kind: "context", path: "" }, target: base } : widest;
}

/** Where the whole build context would stand for a part of it to stand where it does. */
function baseOf({ source, target }: Mount): string | undefined {
	if (source.kind !== "context" || source.path === "" || !target.endsWith(`/${source.path}`)) return undefined;
	return target.slice(0, -source.path.length - 1) || "/";
}

interface Mount {
	readonly source: MountSource;
	readonly target: string;
}

type MountSource = Extract<CopySource, { readonly path: string }>;

function mountOf(text: string, workdir: string): Mount | undefined {
	const options = new Map(text.split(",").map((option) => /^([^=]*)=?(.*)$/s.exec(option)?.slice(1, 3) as [string, string]));
	const get = (...names: string[]): string | undefined => names.map((name) => options.get(name)).find((one) => one !== undefined);
	// Without a target it stands where the step runs.
	const target = get("target", "dst", "destination") ?? ".";
	if ((get("type") ?? "bind") !== "bind") return undefined;
	const from = get("from");
	const path = resolvePath("/", get("source", "src") ?? "/");
	return {
		source: from === undefined ? { kind: "context", path: path.slice(1) } : { kind: "stage", from, path },
		target: resolvePath(workdir, target),
	};
}

function rank(source: MountSource): number {
	return (source.kind === "stage" ? 100 : 0) + source.path.split("/").filter(Boolean).length;
}
