/**
 * Takes apart what an engine sends of a process without a terminal: frames of 8 bytes of header, then the payload. The first byte
 * says which stream it is (1 output, 2 errors), bytes 4 to 7 how long the payload is, big-endian (moby, pkg/stdcopy). Chunks may be
 * cut anywhere. Bytes that are no such frames end the reading: nothing is made of them.
 */
export function frameReader(onOutput: (bytes: Buffer) => void, onErrors: (bytes: Buffer) => void = () => {}): (chunk: Buffer) => void {
	let rest: Buffer = Buffer.alloc(0);
	let left = 0;
	let to = onErrors;
	let broken = false;
	return (chunk) => {
		if (broken) return;
		rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
		while (rest.length > 0) {
			if (left > 0) {
				const part = rest.subarray(0, left);
				rest = rest.subarray(part.length);
				left -= part.length;
				to(part);
				continue;
			}
			if (rest.length < HEADER) return;
			const stream = rest[0] ?? 0;
			if (stream > 3 || rest[1] !== 0 || rest[2] !== 0 || rest[3] !== 0) {
				broken = true;
				return;
			}
			to = stream === 1 ? onOutput : onErrors;
			left = rest.readUInt32BE(4);
			rest = rest.subarray(HEADER);
		}
	};
}

const HEADER = 8;
