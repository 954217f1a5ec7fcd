/** A tar archive (POSIX ustar) with one executable file of root's. Always the same bytes for the same content: it has no date. */
export function tarOf(name: string, content: Buffer): Buffer {
	const header = Buffer.alloc(BLOCK);
	const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, "0")}\0`;
	header.write(name, 0);
	header.write(octal(0o555, 7), 100);
	header.write(octal(0, 7), 108);
	header.write(octal(0, 7), 116);
	header.write(octal(content.length, 11), 124);
	header.write(octal(0, 11), 136);
	header.write("        ", 148); // the checksum counts as blanks in itself
	header.write("0", 156);
	header.write("ustar\x0000", 257);
	header.write(
		`${octal(
			header.reduce((sum, byte) => sum + byte, 0),
			6,
		)} `,
		148,
	);
	const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
	return Buffer.concat([header, content, padding, Buffer.alloc(2 * BLOCK)]);
}

const BLOCK = 512;
