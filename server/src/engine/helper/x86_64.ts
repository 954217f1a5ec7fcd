import { littleEndian, type Operand, type Processor, type Register } from "./assembler.ts";

/**
 * x86-64: Intel's Software Developer's Manual, volume 2. None of the registers is one that `syscall` overwrites (rax, rcx,
 * r11) or takes arguments in, and none is rsp or r12, which are addressed in a way of their own.
 */
const REGISTERS: Record<Register, number> = { a: 3, b: 5, c: 13, d: 14, e: 15, f: 9 }; // rbx rbp r13 r14 r15 r9
const RAX = 0;
const ARGUMENTS = [7, 6, 2, 10, 8]; // rdi rsi rdx r10 r8

/** arch/x86/entry/syscalls/syscall_64.tbl */
const SYSTEM_CALLS = { read: 0, write: 1, close: 3, exit_group: 231, openat: 257, ppoll: 271 };

/** The second byte of a conditional jump with a 32-bit distance. */
const CONDITIONS = { "==": 0x84, "<": 0x8c, ">": 0x8f };

export const x86_64: Processor = {
	machine: 62,
	encode(instruction, distance) {
		switch (instruction[0]) {
			case "set":
				return put(REGISTERS[instruction[1]], instruction[2]);
			case "copy":
				return put(REGISTERS[instruction[1]], instruction[2]);
			case "add": {
				const [, to, what] = instruction;
				return typeof what === "number" ? withNumber(0, REGISTERS[to], what) : both(0x01, REGISTERS[to], REGISTERS[what]);
			}
			case "subtract":
				return both(0x29, REGISTERS[instruction[1]], REGISTERS[instruction[2]]);
			case "load": // movzx
				return atAddress([0x0f, 0xb6], REGISTERS[instruction[1]], REGISTERS[instruction[2]]);
			case "store": // mov
				return atAddress([0x88], REGISTERS[instruction[2]], REGISTERS[instruction[1]]);
			case "jump":
				return [0xe9, ...littleEndian(distance - 5, 4)];
			case "jump if": {
				const compare = withNumber(7, REGISTERS[instruction[1]], instruction[3]);
				return [...compare, 0x0f, CONDITIONS[instruction[2]], ...littleEndian(distance - compare.length - 6, 4)];
			}
			case "call": {
				const [, name, values, result] = instruction;
				const given = values.flatMap((value, index) => put(ARGUMENTS[index] ?? RAX, value));
				return [...given, ...put(RAX, SYSTEM_CALLS[name]), 0x0f, 0x05, ...both(0x89, REGISTERS[result], RAX)];
			}
		}
	},
};

function put(to: number, what: Operand): number[] {
	if (typeof what !== "number") return both(0x89, to, REGISTERS[what]);
	return [rex(0, to), 0xc7, 0xc0 | (to & 7), ...littleEndian(what, 4)];
}

/** An operation between two registers; the first takes the result. */
function both(operation: number, to: number, from: number): number[] {
	return [rex(from, to), operation, 0xc0 | ((from & 7) << 3) | (to & 7)];
}

/** `add` (0) or `cmp` (7) with a number. */
function withNumber(extension: number, to: number, value: number): number[] {
	return [rex(0, to), 0x81, 0xc0 | (extension << 3) | (to & 7), ...littleEndian(value, 4)];
}

/** With a displacement of 0, because rbp and r13 cannot be addressed without one. */
function atAddress(operation: readonly number[], register: number, address: number): number[] {
	return [rex(register, address), ...operation, 0x40 | ((register & 7) << 3) | (address & 7), 0];
}

/** The prefix for 64-bit operands and the registers from r8 on. */
function rex(register: number, other: number): number {
	return 0x48 | ((register >> 3) << 2) | (other >> 3);
}
