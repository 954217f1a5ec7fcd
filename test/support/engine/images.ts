import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { busybox, type FillRoot, flask, flaskExample, scratch } from "./rootfs.ts";
import { docker, run } from "./run.ts";

/** On every image, container and network that the tests make. */
export const TEST_LABEL = "portlight.test=1";

interface Recipe {
	readonly fill: FillRoot;
	/** Dockerfile instructions, as `docker import --change` takes them. */
	readonly changes: readonly string[];
	/** Files that the image is made of and that may change. */
	readonly sources?: readonly string[];
}

/** Images with known listeners, made of Debian packages and without any registry. */
const recipes = {
	"webapp:noexpose": {
		fill: flask,
		changes: ["ENV PATH=/usr/bin:/bin", "ENV PYTHONUNBUFFERED=1", "WORKDIR /app", 'CMD ["python","app.py"]'],
		sources: [flaskExample],
	},
	"web:exposed": { fill: busybox, changes: ["ENV PATH=/bin", "EXPOSE 80", 'CMD ["httpd","-f","-p","80","-h","/www"]'] },
	"portlight-test/busybox": { fill: busybox, changes: ["ENV PATH=/bin", 'CMD ["httpd","-f","-p","80","-h","/www"]'] },
	"portlight-test/wrong-expose": {
		fill: busybox,
		changes: ["ENV PATH=/bin", "EXPOSE 80/tcp", "EXPOSE 9999/udp", 'CMD ["httpd","-f","-p","8000","-h","/www"]'],
	},
	"portlight-test/scratch": { fill: scratch, changes: ['ENTRYPOINT ["/httpd"]', 'CMD ["-f","-p","8080"]'] },
} as const satisfies Record<string, Recipe>;

export type TestImage = keyof typeof recipes;

/** Builds the image unless the engine has it as it would be built now. An image of that name that is not ours is left alone. */
export async function ensureImage(name: TestImage): Promise<void> {
	const recipe: Recipe = recipes[name];
	const hash = createHash("sha256").update(JSON.stringify(recipe.changes));
	for (const source of recipe.sources ?? []) hash.update(await readFile(source));
	const content = `portlight.test.content=${hash.digest("hex").slice(0, 16)}`;
	const labels = await docker("image", "inspect", "--format", "{{range $k, $v := .Config.Labels}}{{$k}}={{$v}} {{end}}", name).catch(
		() => undefined,
	);
	if (labels?.includes(content)) return;
	if (labels !== undefined && !labels.includes(TEST_LABEL)) {
		throw new Error(
			`there is an image ${name} that these tests did not build; give it another name, or remove it with: docker image rm ${name}`,
		);
	}

	const folder = await mkdtemp(path.join(tmpdir(), "portlight-image-"));
	try {
		const root = path.join(folder, "root");
		await run("mkdir", [root]);
		await recipe.fill(root);
		const tar = path.join(folder, "root.tar");
		await run("tar", ["--create", "--file", tar, "--directory", root, "--numeric-owner", "--owner=0", "--group=0", "."]);
		const changes = [...recipe.changes, `LABEL ${TEST_LABEL} ${content}`].flatMap((change) => ["--change", change]);
		await docker("import", ...changes, tar, name);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
