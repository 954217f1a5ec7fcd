import process from "node:process";
import { engineSkip } from "./available.ts";
import { ensureImage, TEST_LABEL } from "./images.ts";
import { docker } from "./run.ts";

/** The two containers of the project's first promise: one that says nothing of the port it listens on, one that does. */
export interface SeedContainers {
	/** Flask on 80/tcp, from an image without EXPOSE. Name, identifier, and address on the bridge network. */
	readonly flask: SeedContainer;
	/** httpd on 80/tcp, from an image with EXPOSE 80. */
	readonly web: SeedContainer;
	remove(): Promise<void>;
}

export interface SeedContainer {
	readonly name: string;
	readonly id: string;
	readonly ip: string;
}

/**
 * Builds what is missing and starts both. Containers of these names from an earlier run are replaced; rejects when
 * there is one that the tests did not start. Nothing is published: traffic goes to the containers' addresses.
 */
export async function startSeedContainers(names = { flask: "flask", web: "web" }): Promise<SeedContainers> {
	await ensureImage("webapp:noexpose");
	await ensureImage("web:exposed");
	for (const name of Object.values(names)) await removeOwn(name);
	return {
		flask: await start(names.flask, "webapp:noexpose"),
		web: await start(names.web, "web:exposed"),
		remove: () => removeSeedContainers(names),
	};
}

export async function removeSeedContainers(names = { flask: "flask", web: "web" }): Promise<void> {
	for (const name of Object.values(names)) await removeOwn(name);
}

async function start(name: string, image: string): Promise<SeedContainer> {
	const id = await docker("run", "--detach", "--label", TEST_LABEL, "--stop-timeout", "1", "--name", name, image);
	const ip = await docker("inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", id);
	return { name, id, ip };
}

async function removeOwn(name: string): Promise<void> {
	const label = await docker("inspect", "--type", "container", "--format", '{{index .Config.Labels "portlight.test"}}', name).catch(
		() => undefined,
	);
	if (label === undefined) return;
	if (label !== "1")
		throw new Error(`there is a container ${name} that these tests did not start; rename it, or remove it with: docker rm --force ${name}`);
	await docker("rm", "--force", name);
}

/** `node test/support/engine/seed.ts up|down`, for people and scripts. */
async function main(command: string | undefined): Promise<number> {
	if (command !== "up" && command !== "down") {
		console.error("Usage: node test/support/engine/seed.ts up|down");
		return 2;
	}
	const reason = await engineSkip();
	if (reason !== false) {
		console.error(`Cannot use a container engine: ${reason}`);
		return 2;
	}
	if (command === "down") await removeSeedContainers();
	else {
		const { flask, web } = await startSeedContainers();
		for (const { name, id, ip } of [flask, web]) console.log(`${name}\t${id.slice(0, 12)}\t${ip}`);
	}
	return 0;
}

if (import.meta.main) {
	main(process.argv[2]).then(
		(code) => {
			process.exitCode = code;
		},
		(error: Error) => {
			console.error(error.message);
			process.exitCode = 1;
		},
	);
}
