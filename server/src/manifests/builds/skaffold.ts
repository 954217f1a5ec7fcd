import { URI, Utils } from "vscode-uri";
import type { ServiceBuild } from "../../compose/service.ts";
import { child } from "../../config/node.ts";
import { recentDocuments } from "../../config/recentDocuments.ts";
import { readYaml } from "../../config/yaml.ts";
import type { TextFile } from "../../model/text.ts";
import { itemsOf, textOf } from "../kubernetes/objects.ts";

/** An image with how it is built. */
export interface NamedBuild {
	/** As it is written, with or without a tag. */
	readonly image: string;
	readonly build: ServiceBuild;
}

const MAX_KEPT = 8;

/** The artifacts of a skaffold file that Docker builds (skaffold.dev/docs/references/yaml/). */
export const skaffoldBuilds: (file: TextFile) => readonly NamedBuild[] = recentDocuments((file) => {
	const folder = Utils.dirname(URI.parse(file.uri));
	return itemsOf(readYaml(file).root, "build", "artifacts").flatMap((artifact) => {
		const image = textOf(artifact, "image");
		const others = ["jib", "ko", "buildpacks", "bazel", "custom", "kaniko"].some((one) => child(artifact, one));
		if (image === undefined || others) return [];
		const context = Utils.resolvePath(folder, textOf(artifact, "context") ?? ".");
		const dockerfile = Utils.resolvePath(context, textOf(artifact, "docker", "dockerfile") ?? "Dockerfile");
		const target = textOf(artifact, "docker", "target");
		const build: ServiceBuild = {
			place: artifact.place,
			context: withoutSlash(context),
			dockerfile: dockerfile.toString(),
			args: new Map(),
			...(target === undefined ? {} : { target }),
		};
		return [{ image, build }];
	});
}, MAX_KEPT);

function withoutSlash(uri: URI): string {
	return uri.toString().replace(/(?<=[^/])\/$/, "");
}
