import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, suite, test } from "node:test";
import { aarch64 } from "../../../../server/src/engine/helper/aarch64.ts";
import { assemble } from "../../../../server/src/engine/helper/assembler.ts";
import { HELPER_FILES, helperProgram } from "../../../../server/src/engine/helper/program.ts";
import { x86_64 } from "../../../../server/src/engine/helper/x86_64.ts";

const processors = { x64: x86_64, arm64: aarch64 } as const;

/** How this machine runs a program for that processor: itself, or by an emulator. */
function runner(name: keyof typeof processors): string[] | undefined {
	if (process.platform !== "linux") return undefined;
	if (process.arch === name) return [];
	const emulator = { x64: "qemu-x86_64-static", arm64: "qemu-aarch64-static" }[name];
	return spawnSync(emulator, ["-version"]).error ? undefined : [emulator];
}

for (const [name, processor] of Object.entries(processors)) {
	const prefix = runner(name as keyof typeof processors);
	suite(`the helper for ${name}`, { skip: prefix === undefined && "no such processor, and no emulator" }, () => {
		let folder: string;
		let command: string[];
		before(() => {
			folder = mkdtempSync(path.join(tmpdir(), "portlight-helper-"));
			const file = path.join(folder, "helper");
			writeFileSync(file, helperProgram(processor), { mode: 0o755 });
			command = [...(prefix ?? []), file];
		});
		after(() => rmSync(folder, { recursive: true }));

		const run = (input: string) => {
			const { stdout, status } = spawnSync(command[0] ?? "", command.slice(1), { input, encoding: "utf8", timeout: 20_000 });
			return { files: stdout.split("\0").slice(0, -1), status };
		};

		test("prints the files of the processes that it is asked for", () => {
			const { files, status } = run(`${process.pid}\nself\n`);
			assert.equal(status, 0);
			assert.equal(files.length, 2 * HELPER_FILES.length);
			assert.equal(files[0], readFileSync(`/proc/${process.pid}/cgroup`, "utf8"));
			for (const [index, file] of HELPER_FILES.entries()) {
				if (file.startsWith("net/"))
					assert.match(files[index] ?? "", file.endsWith("6") ? /^ +sl +local_address|^-$/ : /^ +sl +local_address/, file);
			}
		});

		test("says of a process that is not there that its files are not", () => {
			assert.deepEqual(
				run("4194399\n").files,
				HELPER_FILES.map(() => "-"),
			);
		});

		for (const word of ["../1", "1/root/etc", "1 ", "", "12345678901", "{", "A", "\u00e9"]) {
			test(`ends at ${JSON.stringify(word)}`, () => assert.deepEqual(run(`${word}\nself\n`), { files: [], status: 0 }));
		}

		test("answers while its input stays open, and ends when that ends", { timeout: 20_000 }, async () => {
			const helper = spawn(command[0] ?? "", command.slice(1));
			let seen = 0;
			const answered = new Promise<void>((resolve) => {
				helper.stdout.on("data", (chunk: Buffer) => {
					seen += chunk.filter((byte) => byte === 0).length;
					if (seen === HELPER_FILES.length) resolve();
				});
			});
			helper.stdin.write("self\n");
			await answered;
			const ended = new Promise((resolve) => helper.on("exit", resolve));
			helper.stdin.end();
			assert.equal(await ended, 0);
		});
	});
}

test("a program for each processor, small, the same every time, and without a segment that can be written and run", () => {
	for (const processor of Object.values(processors)) {
		const program = helperProgram(processor);
		assert.ok(program.length < 1_500, `${program.length} bytes`);
		assert.deepEqual(program, helperProgram(processor));
		assert.equal(program.readUInt16LE(18), processor.machine);
		for (let header = 64; header < 64 + 3 * 56; header += 56) assert.notEqual(program.readUInt32LE(header + 4) & 3, 3);
	}
});

test("a jump to nowhere is a mistake", () => {
	assert.throws(() => assemble([["jump", "nowhere"]], x86_64), /no label nowhere/);
});

// What GNU as makes of the same instructions.
for (const [name, processor] of [
	["x86_64", x86_64],
	["aarch64", aarch64],
] as const) {
	test(`instructions of ${name}`, () => {
		const code = (...program: Parameters<typeof assemble>[0]) => assemble(program, processor).toString("hex");
		const cases: readonly (readonly [string, string])[] =
			name === "x86_64"
				? [
						[code(["set", "a", 5]), "48c7c305000000"], // mov rbx, 5
						[code(["copy", "c", "b"]), "4989ed"], // mov r13, rbp
						[code(["add", "f", 1]), "4981c101000000"], // add r9, 1
						[code(["subtract", "e", "f"]), "4d29cf"], // sub r15, r9
						[code(["load", "f", "d"]), "4d0fb64e00"], // movzx r9, byte [r14]
						[code(["store", "d", "b"]), "49886e00"], // mov [r14], bpl
						[code(["label", "x"], ["jump", "x"]), "e9fbffffff"], // jmp .
						[code(["label", "x"], ["jump if", "a", "<", 1, "x"]), "4881fb010000000f8cf3ffffff"], // cmp rbx, 1; jl
					]
				: [
						[code(["set", "a", 5]), "b30080d2"], // mov x19, #5
						[code(["set", "a", -100]), "730c8092"], // mov x19, #-100
						[code(["set", "b", 0x500123]), "742480d2140aa0f2"], // movz x20, #0x123; movk x20, #0x50, lsl #16
						[code(["copy", "c", "b"]), "f50314aa"], // mov x21, x20
						[code(["add", "f", 1]), "18070091"], // add x24, x24, #1
						[code(["subtract", "e", "f"]), "f70218cb"], // sub x23, x23, x24
						[code(["load", "f", "d"]), "d8024039"], // ldrb w24, [x22]
						[code(["store", "d", "b"]), "d4020039"], // strb w20, [x22]
						[code(["label", "x"], ["jump", "x"]), "00000014"], // b .
						[code(["label", "x"], ["jump if", "a", "<", 1, "x"]), "7f0600f1ebffff54"], // cmp x19, #1; b.lt
						[code(["label", "x"], ["jump if", "a", "==", -2, "x"]), "7f0a00b1e0ffff54"], // cmn x19, #2; b.eq
					];
		for (const [got, want] of cases) assert.equal(got, want);
	});
}
