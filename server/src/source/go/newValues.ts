/**
 * Source as the grammar understands it, with all characters where they were. Since Go 1.26 `new` takes a value too, which the
 * grammar takes for a broken type; as a call of any other function it can be read (go.dev/doc/go1.26, "Changes to the language").
 */
export function withoutNewValues(text: string): string {
	return text.replace(/\bnew(?=\((?:["'`\d]|-\d|true\b|false\b|&|(?!func\b|interface\b|struct\b|map\b|chan\b)[\w.]+[({+*-]))/g, "neW");
}
