import { littleEndian, type Operand, type Processor, type Register } from "./assembler.ts";

/** AArch64: the Arm Architecture Reference Manual, chapter C6. The registers are x19 to x24, which `svc` leaves alone. */
const REGISTERS: Record<Register, number> = { a: 19, b: 20, c: 21, d: 22, e: 23, f: 24 };
const X0 = 0;
/** Where Linux looks for the number of a system call. */
const X8 = 8;

/** include/uapi/asm-generic/unistd.h */
const SYSTEM_CALLS = { openat: 56, close: 57, read: 63, write: 64, ppoll: 73, exit_group: 94 };

const CONDITIONS = { "==": 0, "<": 11, ">": 12 };

export const aarch64: Processor = {
	machine: 183,
	encode: (instruction, distance) => words(instruction, distance).flatMap((word) => littleEndian(word, 4)),
};

function words(instruction: Parameters<Processor["encode"]>[0], distance: number): number[] {
	switch (instruction[0]) {
		case "set":
			return put(REGISTERS[instruction[1]], instruction[2]);
		case "copy":
			return put(REGISTERS[instruction[1]], instruction[2]);
		case "add": {
			const [, name, what] = instruction;
			const to = REGISTERS[name];
			if (typeof what !== "number") return [0x8b000000 | (REGISTERS[what] << 16) | (to << 5) | to];
			return [(what < 0 ? 0xd1000000 : 0x91000000) | (Math.abs(what) << 10) | (to << 5) | to];
		}
		case "subtract": {
			const to = REGISTERS[instruction[1]];
			return [0xcb000000 | (REGISTERS[instruction[2]] << 16) | (to << 5) | to];
		}
		case "load": // ldrb
			return [0x39400000 | (REGISTERS[instruction[2]] << 5) | REGISTERS[instruction[1]]];
		case "store": // strb
			return [0x39000000 | (REGISTERS[instruction[1]] << 5) | REGISTERS[instruction[2]]];
		case "jump":
			return [0x14000000 | ((distance / 4) & 0x3ffffff)];
		case "jump if": {
			const [, name, condition, value] = instruction;
			const compare = (value < 0 ? 0xb100001f : 0xf100001f) | (Math.abs(value) << 10) | (REGISTERS[name] << 5);
			return [compare, 0x54000000 | ((((distance - 4) / 4) & 0x7ffff) << 5) | CONDITIONS[condition]];
		}
		case "call": {
			const [, name, values, result] = instruction;
			return [
				...values.flatMap((value, index) => put(index, value)),
				...put(X8, SYSTEM_CALLS[name]),
				0xd4000001,
				move(REGISTERS[result], X0),
			];
		}
	}
}

function put(to: number, what: Operand): number[] {
	if (typeof what !== "number") return [move(to, REGISTERS[what])];
	if (what < 0) return [0x92800000 | (~what << 5) | to]; // movn; -4096 at the least
	const low = 0xd2800000 | ((what & 0xffff) << 5) | to; // movz
	return what < 0x10000 ? [low] : [low, 0xf2a00000 | ((what >>> 16) << 5) | to]; // movk
}

function move(to: number, from: number): number {
	return 0xaa0003e0 | (from << 16) | to;
}
