import { assemble, type Instruction, type Processor, type Register } from "./assembler.ts";
import { DATA_ADDRESS, elf } from "./elf.ts";

/** The files of a process that the helper prints, below /proc/<pid>, in this order. */
export const HELPER_FILES = ["cgroup", "net/tcp", "net/tcp6", "net/udp", "net/udp6"] as const;

/** Seconds without a question after which the helper ends by itself: whoever started it may have died without a word. */
export const HELPER_PATIENCE = 90;

/**
 * The helper: a program that reads words from standard input, each a process number or `self` and ended by a newline, and
 * prints that process's `HELPER_FILES`. After each file comes a NUL byte, and before that `-` if there is no such file, or
 * `!` if it could not be read to its end. It ends when its input does, on any other word, and after `HELPER_PATIENCE`.
 * It opens nothing else, and it writes to nothing but its standard output.
 */
export function helperProgram(processor: Processor): Buffer {
	return elf({ machine: processor.machine, data, zeros: BUFFER_SIZE, code: assemble(program, processor) });
}

/** "/proc/", then room for the word and the longest of the names with its NUL. */
const PREFIX = "/proc/";
const LONGEST_WORD = 10;
const PATH_SIZE = 32;

const parts: Buffer[] = [];
const path = place(Buffer.from(PREFIX.padEnd(PATH_SIZE, "\0")));
const names = place(Buffer.from(`${HELPER_FILES.map((name) => `/${name}\0`).join("")}\0`));
/** struct pollfd: standard input, POLLIN. */
const poll = place(Buffer.from([0, 0, 0, 0, 1, 0, 0, 0]));
/** struct timespec: whole seconds, no nanoseconds. */
const patience = place(Buffer.from([HELPER_PATIENCE, ...Array<number>(15).fill(0)]));
const absent = place(Buffer.from("-\0"));
const failed = place(Buffer.from("!\0"));
/** AArch64 runs only code that is aligned, and the code comes next. */
const data = Buffer.concat(parts, Math.ceil(parts.reduce((sum, { length }) => sum + length, 0) / 16) * 16);
/** After the data; also the byte that was just read from the input. */
const buffer = DATA_ADDRESS + data.length;
const BUFFER_SIZE = 65_536;

const STDIN = 0;
const STDOUT = 1;
const AT_FDCWD = -100;
const O_RDONLY = 0;
const ENOENT = -2;

const length: Register = "a"; // of the word so far
const file: Register = "b"; // descriptor
const name: Register = "c"; // where we are in `names`
const from: Register = "d";
const left: Register = "e";
const temporary: Register = "f";

const program: readonly Instruction[] = [
	["label", "next word"],
	["set", length, 0],

	["label", "next character"],
	["call", "ppoll", [poll, 1, patience, 0, 8], temporary],
	["jump if", temporary, "<", 1, "end"],
	["call", "read", [STDIN, buffer, 1], temporary],
	["jump if", temporary, "<", 1, "end"],
	["set", from, buffer],
	["load", temporary, from],
	["jump if", temporary, "==", code("\n"), "answer"],
	// Digits and small letters: no word can lead out of /proc.
	["jump if", temporary, "<", code("0"), "end"],
	["jump if", temporary, ">", code("z"), "end"],
	["jump if", temporary, "<", code("9") + 1, "keep"],
	["jump if", temporary, "<", code("a"), "end"],
	["label", "keep"],
	["jump if", length, "==", LONGEST_WORD, "end"],
	["set", from, path + PREFIX.length],
	["add", from, length],
	["store", from, temporary],
	["add", length, 1],
	["jump", "next character"],

	["label", "answer"],
	["jump if", length, "==", 0, "end"],
	["set", name, names],

	["label", "next file"],
	["load", temporary, name],
	["jump if", temporary, "==", 0, "next word"],
	["set", from, path + PREFIX.length],
	["add", from, length],
	["label", "copy name"],
	["load", temporary, name],
	["store", from, temporary],
	["add", name, 1],
	["add", from, 1],
	["jump if", temporary, ">", 0, "copy name"],
	["call", "openat", [AT_FDCWD, path, O_RDONLY, 0], file],
	["jump if", file, "==", ENOENT, "absent"],
	["jump if", file, "<", 0, "failed"],

	["label", "next part"],
	["call", "read", [file, buffer, BUFFER_SIZE], left],
	["jump if", left, "==", 0, "whole"],
	["jump if", left, "<", 0, "broken"],
	["set", from, buffer],
	["label", "print"],
	["call", "write", [STDOUT, from, left], temporary],
	["jump if", temporary, "<", 1, "end"],
	["add", from, temporary],
	["subtract", left, temporary],
	["jump if", left, ">", 0, "print"],
	["jump", "next part"],

	["label", "whole"],
	["call", "close", [file], temporary],
	["call", "write", [STDOUT, failed + 1, 1], temporary],
	["jump", "next file"],
	["label", "broken"],
	["call", "close", [file], temporary],
	["label", "failed"],
	["call", "write", [STDOUT, failed, 2], temporary],
	["jump", "next file"],
	["label", "absent"],
	["call", "write", [STDOUT, absent, 2], temporary],
	["jump", "next file"],

	["label", "end"],
	["call", "exit_group", [0], temporary],
];

function place(part: Buffer): number {
	const address = DATA_ADDRESS + parts.reduce((sum, { length }) => sum + length, 0);
	parts.push(part);
	return address;
}

function code(character: string): number {
	return character.charCodeAt(0);
}
