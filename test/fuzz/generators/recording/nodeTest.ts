/** Stands in for `node:test` while seeds are collected: keeps the bodies of tests instead of running them. */

type Body = (...given: never[]) => unknown;

/** The bodies of the tests of the files that were loaded, in their order. */
export const bodies: (() => unknown)[] = [];

function keep(...given: readonly unknown[]): void {
	const body = given.find((one): one is Body => typeof one === "function");
	if (body) bodies.push(body as () => unknown);
}

/** What stands in a group is registered at once, as node does. */
function enter(...given: readonly unknown[]): void {
	const body = given.find((one): one is Body => typeof one === "function");
	(body as (() => unknown) | undefined)?.();
}

export const test = Object.assign(keep, { skip() {}, todo() {} });
export function describe(...given: readonly unknown[]): void {
	enter(...given);
}
export function suite(...given: readonly unknown[]): void {
	enter(...given);
}
export function before(): void {}
export function after(): void {}
export function beforeEach(): void {}
export function afterEach(): void {}
export const mock = {};
