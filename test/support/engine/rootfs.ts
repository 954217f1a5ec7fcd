import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { unpackDebs } from "./debs.ts";
import { run } from "./run.ts";

/** What fills the root folder of an image. */
export type FillRoot = (root: string) => Promise<void>;

/** A shell, cat, httpd, udpsvd and the rest of busybox, with one page to serve. */
export const busybox: FillRoot = async (root) => {
	await folders(root, ["bin", "etc", "tmp", "www", "proc", "dev", "sys"]);
	const binary = path.join(root, "bin/busybox");
	await copyBusybox(binary);
	const applets = (await run(binary, ["--list"])).split("\n").filter((name) => name !== "" && name !== "busybox");
	await Promise.all(applets.map((name) => symlink("busybox", path.join(root, "bin", name))));
	await writeFile(path.join(root, "etc/passwd"), "root:x:0:0:root:/:/bin/sh\n");
	await writeFile(path.join(root, "www/index.html"), "hello\n");
};

/** One static binary and nothing else: no shell, no cat. Busybox behaves as the applet it is called by. */
export const scratch: FillRoot = (root) => copyBusybox(path.join(root, "httpd"));

/** The Flask example on Debian's Python, `python` being the python3 of today. */
export const flask: FillRoot = async (root) => {
	await unpackDebs(["python3-minimal", "python3-flask"], root);
	await Promise.all(
		["usr/share/doc", "usr/share/man", "usr/share/locale"].map((dir) => rm(path.join(root, dir), { recursive: true, force: true })),
	);
	// Since Debian merged /usr, a package makes these links that nothing depends on by name.
	if (!existsSync(path.join(root, "lib64"))) await symlink("usr/lib64", path.join(root, "lib64"));
	if (!existsSync(path.join(root, "lib"))) await symlink("usr/lib", path.join(root, "lib"));
	await folders(root, ["app", "tmp", "etc", "proc", "dev", "sys"]);
	await symlink("python3", path.join(root, "usr/bin/python"));
	await copyFile(flaskExample, path.join(root, "app/app.py"));
};

export const flaskExample = fileURLToPath(new URL("../../../examples/flask/app.py", import.meta.url));

/** This machine's busybox when it is a static one, else Debian's. */
async function copyBusybox(target: string): Promise<void> {
	for (const candidate of ["/bin/busybox", "/usr/bin/busybox"]) {
		if (!existsSync(candidate) || (await readFile(candidate)).subarray(0, 4096).includes("/ld-")) continue;
		await copyFile(candidate, target);
		return;
	}
	const unpacked = `${target}.deb`;
	await unpackDebs(["busybox-static"], unpacked);
	const binary = ["bin/busybox", "usr/bin/busybox"].map((name) => path.join(unpacked, name)).find(existsSync);
	if (!binary) throw new Error("Debian's busybox-static holds no busybox");
	await copyFile(binary, target);
	await rm(unpacked, { recursive: true });
}

async function folders(root: string, names: readonly string[]): Promise<void> {
	await Promise.all(names.map((name) => mkdir(path.join(root, name), { recursive: true })));
}
