/** The fields of a text (POSIX, "Field Splitting"): blanks run together, other separators do not. */
export function splitAt(text: string, separators: string): string[] {
	const blanks = [...separators].filter((char) => /\s/.test(char));
	const others = [...separators].filter((char) => !/\s/.test(char));
	if (others.length === 0) return text.split(/\s+/).filter(Boolean);
	const trimmed = blanks.length > 0 ? text.trim() : text;
	if (trimmed === "") return [];
	const fields: string[] = [""];
	for (const char of trimmed) {
		if (others.includes(char) || blanks.includes(char)) fields.push("");
		else fields.push(`${fields.pop() ?? ""}${char}`);
	}
	if (fields.at(-1) === "") fields.pop();
	return blanks.length > 0 ? fields.filter(Boolean) : fields;
}
