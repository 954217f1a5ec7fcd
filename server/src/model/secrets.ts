const MASK = "•••";

/** Names whose values are nobody's business: DB_PASSWORD, apiKey, --token; a TOKEN_PORT is none. */
const NAMES =
	"(?:[Pp]ass(?:[Ww]ord|wd|phrase)?|PASS(?:WORD|WD|PHRASE)?|PWD|[Ss]ecret|SECRET|[Tt]oken|TOKEN|[Cc]redentials?|CREDENTIALS?|(?:[Aa]pi|[Aa]ccess|[Pp]rivate|[Ss]ecret)[_-]?[Kk]ey|KEY|KEY_BASE)";

const SECRET_NAME = new RegExp(`${NAMES}$`);

/** A name, what stands between it and its value, and the value: `A=b`, `"a": "b"`, `ENV A b`, `--a b`. */
const ASSIGNMENT = new RegExp(
	`([\\w.-]*${NAMES})(["']?\\s{0,9}(?::=|=>|[=:])\\s{0,9}|["']\\s{0,9},\\s{0,9}|\\s{1,9})("(?:[^"\\\\\\n]|\\\\.)*"?|'(?:[^'\\\\\\n]|\\\\.)*'?|\`[^\`\\n]*\`?|[^\\s"'\`,;)&|]+)`,
	"g",
);

/** The value is a reference to where the secret is, not the secret. */
const REFERENCE = /^["'`]?(?:\$|process\.env\b|os\.(?:environ|getenv)\b|ENV\[|getenv\(|System\.get|true\b|false\b|null\b|None\b)/;

/** Blanks stand between a name and its value in options and in ENV; elsewhere they part words. */
function isAssigned(text: string, index: number, name: string, between: string): boolean {
	if (/[=:]/.test(between)) return true;
	return name.startsWith("-") || /\b(?:ENV|ARG|env|export)\s+$/.test(text.slice(Math.max(0, index - 12), index));
}

/**
 * A text without passwords, tokens and keys, for hints, logs and reports: the values of names that say so, what stands before the host of a
 * URL, and tokens that are known by their shape. Nothing that stands for a port is touched, but for a mask nobody takes for a value.
 */
export function withoutSecrets(text: string): string {
	return text
		.replace(/(\b[A-Za-z][A-Za-z0-9+.-]*:\/\/[^\s:@/"'`]*):[^\s@/"'`]+@/g, `$1:${MASK}@`)
		.replace(/\b(?:gh[pousr]_|github_pat_|glpat-|sk-|xox[abprs]-|AKIA|eyJ)[A-Za-z0-9_.-]{12,}/g, MASK)
		.replace(ASSIGNMENT, (whole, name: string, between: string, value: string, index: number) => {
			if (REFERENCE.test(value) || !isAssigned(text, index, name, between)) return whole;
			const quote = /^["'`]/.exec(value)?.[0] ?? "";
			return `${name}${between}${quote}${MASK}${quote}`;
		});
}

/** Labels and variables of a container, by name. */
export function maskedValues(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => [name, SECRET_NAME.test(name) && value !== "" ? MASK : withoutSecrets(value)]),
	);
}
