import { t } from "../../model/message.ts";
import type { Evidence } from "../../model/text.ts";
import { nameOf } from "../core/paths.ts";
import { attributeOf, type Library, library, type Thing, unclear } from "../core/thing.ts";
import { declaring, type Go, type Scope } from "./go.ts";
import { LIBRARY_VALUES } from "./libraries/values.ts";
import { folderOfImport } from "./modules.ts";
import { loadPackage, packageMember, withoutVersion } from "./packages.ts";

/** Thrown where a package is needed that the next round will have: what follows would only be evaluated again. */
export class NotYet extends Error {}

/** What a name means here: a variable around, something of the package, or of a package imported with a dot. */
export function lookUpName(go: Go, name: string, scope: Scope): Thing | undefined {
	const around = declaring(scope, name)?.get(name);
	if (around) return around;
	const own = packageMember(go, scope.pkg, name);
	if (own) return own;
	for (const [alias, path] of scope.file.imports) {
		if (!alias.startsWith(".")) continue;
		const folder = folderOfImport(go, scope.pkg.module, path);
		const pkg = folder === undefined ? undefined : loadPackage(go, folder, scope.pkg.module, undefined);
		const found = pkg && packageMember(go, pkg, name);
		if (found) return found;
	}
	return undefined;
}

/** `name` of the package that this file calls `pkg`; undefined when it imports none by that name. */
export function packageOrLibrary(go: Go, pkg: string, name: string, scope: Scope, at: Evidence): Thing | undefined {
	const path = scope.file.imports.get(pkg) ?? importEndingWith(scope, pkg);
	if (path === undefined) return undefined;
	const folder = folderOfImport(go, scope.pkg.module, path);
	if (folder === undefined) {
		const origin = libraryNamed(go, withoutVersion(path));
		return LIBRARY_VALUES[`${origin.origin}.${name}`]?.(go) ?? attributeOf(origin, name);
	}
	const loaded = loadPackage(go, folder, scope.pkg.module, at);
	if (loaded) return packageMember(go, loaded, name) ?? unclear(t("{0} is not in view", name), at);
	if (go.run.shelf.isWaiting) throw new NotYet();
	const listed = go.run.shelf.list(folder);
	// Generated code and its like is not followed; a folder without any source is worth saying.
	if (!("kind" in listed) && listed.length === 0) go.run.gap(t("package {0} is not in the image", nameOf(folder)), at);
	return unclear(t("package {0} is not in view", nameOf(folder)), at);
}

/** A package may be called otherwise than its folder: `redis` for `…/go-redis/redis`, `yaml` for `…/yaml.v3`. */
function importEndingWith(scope: Scope, name: string): string | undefined {
	if (name.length < 3) return undefined;
	for (const [given, path] of scope.file.imports) {
		const last = nameOf(withoutVersion(path))
			.toLowerCase()
			.replace(/[^a-z0-9]/g, "");
		if (!/^[_.]/.test(given) && (last.startsWith(name) || last.endsWith(name))) return path;
	}
	return undefined;
}

export function libraryNamed(go: Go, path: string): Library {
	let found = go.libraries.get(path);
	if (!found) {
		found = library(path);
		go.libraries.set(path, found);
	}
	return found;
}
