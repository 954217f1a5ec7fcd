/**
 * A minimal assembler for the helper's program: a dozen instructions on six 64-bit registers that both processors have,
 * written down once and encoded for each. Nothing has to be installed to build the helper, and every build is the same.
 */
export type Register = "a" | "b" | "c" | "d" | "e" | "f";

/** Names from Linux' system call tables; the numbers differ between processors. */
export type SystemCall = "close" | "exit_group" | "openat" | "ppoll" | "read" | "write";

export type Operand = Register | number;

/** Numbers are signed and fit in 32 bits; those of `add` and the comparisons lie within ±4095. */
export type Instruction =
	| readonly ["label", string]
	| readonly ["set", Register, number]
	| readonly ["copy", Register, Register]
	| readonly ["add", Register, Register | number]
	| readonly ["subtract", Register, Register]
	/** One byte from the address in the second register, widened with zeros. */
	| readonly ["load", Register, Register]
	/** The lowest byte of the second register to the address in the first one. */
	| readonly ["store", Register, Register]
	| readonly ["jump", string]
	| readonly ["jump if", Register, "==" | "<" | ">", number, string]
	/** The result, or a negative error number, goes to the register. */
	| readonly ["call", SystemCall, readonly Operand[], Register];

/** What one processor makes of an instruction. */
export interface Processor {
	/** The architecture's number in an ELF header. */
	readonly machine: number;
	/** Bytes of machine code. `distance` is that from the start of this instruction to the label, 0 as long as it is not known. */
	encode(instruction: Exclude<Instruction, readonly ["label", string]>, distance: number): readonly number[];
}

/** The machine code of a program. Throws on a label that does not exist: a mistake of whoever wrote the program. */
export function assemble(program: readonly Instruction[], processor: Processor): Buffer {
	// The length of an instruction does not hang on the distance, so the first pass finds every label.
	const labels = new Map<string, number>();
	let at = 0;
	for (const instruction of program) {
		if (instruction[0] === "label") labels.set(instruction[1], at);
		else at += processor.encode(instruction, 0).length;
	}
	const code: number[] = [];
	for (const instruction of program) {
		if (instruction[0] === "label") continue;
		const target = instruction[0] === "jump" ? instruction[1] : instruction[0] === "jump if" ? instruction[4] : undefined;
		const label = target === undefined ? code.length : labels.get(target);
		if (label === undefined) throw new Error(`there is no label ${target}`);
		code.push(...processor.encode(instruction, label - code.length));
	}
	return Buffer.from(code);
}

/** A number as bytes, the lowest first. */
export function littleEndian(value: number, bytes: 4 | 8): number[] {
	const buffer = Buffer.alloc(8);
	buffer.writeBigInt64LE(BigInt(value));
	return [...buffer.subarray(0, bytes)];
}
