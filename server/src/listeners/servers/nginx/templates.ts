import type { ImageFiles } from "../../../context/imageFiles.ts";
import { resolvePath } from "../../../dockerfile/walk.ts";
import { likelyText } from "../../../model/value.ts";
import type { Process } from "../../../process/process.ts";
import type { Scene } from "../../technology.ts";

/**
 * The image's files with what the entrypoint of nginx's own images makes of templates: each `<name>.template` becomes
 * `conf.d/<name>` with environment variables put in (hub.docker.com/_/nginx, "Using environment variables in nginx
 * configuration"). Nothing changes in other images, or when the build replaces the entrypoint.
 */
export async function withTemplates(process: Process, scene: Scene): Promise<ImageFiles> {
	const { files, base } = scene;
	if (!base?.entrypoint || base.image.entrypoint[0] !== "/docker-entrypoint.sh") return files;
	const setting = (name: string, byDefault: string): string => likelyText(process.environment.get(name)) ?? byDefault;
	const from = setting("NGINX_ENVSUBST_TEMPLATE_DIR", "/etc/nginx/templates");
	const to = setting("NGINX_ENVSUBST_OUTPUT_DIR", "/etc/nginx/conf.d");
	const suffix = setting("NGINX_ENVSUBST_TEMPLATE_SUFFIX", ".template");
	const made = new Map<string, string>();
	for (const name of await below(files, from, 0)) {
		if (name.endsWith(suffix)) made.set(resolvePath(to, name.slice(0, -suffix.length)), resolvePath(from, name));
	}
	if (made.size === 0) return files;
	const source = (path: string): string => made.get(path) ?? path;
	return {
		look: (path) => files.look(source(path)),
		read: (path) => files.read(source(path)),
		async list(path) {
			const prefix = path === "/" ? "/" : `${path}/`;
			const inside = [...made.keys()].filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length).split("/")[0] ?? "");
			return [...new Set([...(await files.list(path)), ...inside])].sort();
		},
	};
}

/** Files below a folder by relative path; templates are not nested deeper in any image that a person writes. */
async function below(files: ImageFiles, folder: string, depth: number): Promise<string[]> {
	const found: string[] = [];
	for (const name of (await files.list(folder)).slice(0, 100)) {
		const path = resolvePath(folder, name);
		if ((await files.look(path)).kind !== "folder") found.push(name);
		else if (depth < 3) for (const inner of await below(files, path, depth + 1)) found.push(`${name}/${inner}`);
	}
	return found;
}
