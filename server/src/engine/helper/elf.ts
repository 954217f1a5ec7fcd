/** Where the two parts of the program lie in memory. Pages of 64 KiB, the largest there are, keep them apart. */
const CODE_BASE = 0x400000;
const DATA_BASE = 0x500000;
const PAGE = 0x10000;

const HEADER = 64;
const PROGRAM_HEADER = 56;
const DATA_OFFSET = 240; // the headers' 232 bytes, aligned

/** The address of the first byte of the data. */
export const DATA_ADDRESS = DATA_BASE + DATA_OFFSET;

export interface Executable {
	/** As in `e_machine`. */
	readonly machine: number;
	/** What the program may read and write, at `DATA_ADDRESS`; its length a multiple of 16. */
	readonly data: Buffer;
	/** Bytes of zeros after the data. */
	readonly zeros: number;
	/** What runs, from its first byte on. */
	readonly code: Buffer;
}

/**
 * A static 64-bit little-endian executable for Linux (System V ABI, "gABI", chapters 4 and 5): headers, data, code, and
 * nothing else. The data may be written and not run, the code run and not written, and the stack not run.
 */
export function elf({ machine, data, zeros, code }: Executable): Buffer {
	const codeOffset = DATA_OFFSET + data.length;
	const size = codeOffset + code.length;
	const header = Buffer.alloc(HEADER);
	header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]); // "\x7fELF", 64 bits, little-endian, version 1
	header.writeUInt16LE(2, 16); // e_type: executable at fixed addresses
	header.writeUInt16LE(machine, 18);
	header.writeUInt32LE(1, 20); // e_version
	header.writeBigUInt64LE(BigInt(CODE_BASE + codeOffset), 24); // e_entry
	header.writeBigUInt64LE(BigInt(HEADER), 32); // e_phoff
	header.writeUInt16LE(HEADER, 52);
	header.writeUInt16LE(PROGRAM_HEADER, 54);
	header.writeUInt16LE(3, 56);
	return Buffer.concat([
		header,
		segment({ type: 1, flags: READ | RUN, offset: 0, address: CODE_BASE, size, memory: size }),
		segment({ type: 1, flags: READ | WRITE, offset: DATA_OFFSET, address: DATA_ADDRESS, size: data.length, memory: data.length + zeros }),
		segment({ type: 0x6474e551, flags: READ | WRITE, offset: 0, address: 0, size: 0, memory: 0 }), // PT_GNU_STACK
		Buffer.alloc(DATA_OFFSET - HEADER - 3 * PROGRAM_HEADER),
		data,
		code,
	]);
}

const RUN = 1;
const WRITE = 2;
const READ = 4;

interface Segment {
	readonly type: number;
	readonly flags: number;
	readonly offset: number;
	readonly address: number;
	readonly size: number;
	readonly memory: number;
}

function segment({ type, flags, offset, address, size, memory }: Segment): Buffer {
	const header = Buffer.alloc(PROGRAM_HEADER);
	header.writeUInt32LE(type, 0);
	header.writeUInt32LE(flags, 4);
	for (const [index, value] of [offset, address, address, size, memory, PAGE].entries())
		header.writeBigUInt64LE(BigInt(value), 8 + index * 8);
	return header;
}
