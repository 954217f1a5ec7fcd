import { type FSWatcher, watch } from "node:fs";
import path from "node:path";

/**
 * Calls back whenever one of the files is made, replaced or removed, until what is answered is called. Folders that are not
 * there are not waited for.
 */
export function followFiles(paths: readonly string[], onChange: () => void): () => void {
	const watchers: FSWatcher[] = [];
	const folders = new Set(paths.map((one) => path.dirname(one)));
	for (const folder of folders) {
		const names = new Set(paths.filter((one) => path.dirname(one) === folder).map((one) => path.basename(one)));
		const watcher = follow(folder, (name) => {
			if (name !== null && names.has(name)) onChange();
		});
		if (watcher) watchers.push(watcher);
	}
	return () => {
		for (const watcher of watchers) watcher.close();
	};
}

/** Does not keep the process alive. Undefined where there is nothing to follow, or the system follows no more. */
function follow(folder: string, onEvent: (name: string | null) => void): FSWatcher | undefined {
	try {
		const watcher = watch(folder, { persistent: false }, (_, name) => onEvent(name));
		watcher.on("error", () => watcher.close());
		return watcher;
	} catch {
		return undefined;
	}
}

/** Milliseconds: docker writes a temporary file first, then renames it. */
const SETTLE = 150;

/**
 * Calls back some time after anything in the folders has changed, until what is answered is called. A folder that is not there
 * yet is waited for, in the folder where it belongs. Where the file system tells nothing (network folders), nothing happens.
 */
export function followFolders(folders: readonly string[], onChange: () => void): () => void {
	let watchers: FSWatcher[] = [];
	let timer: NodeJS.Timeout | undefined;
	let over = false;

	const changed = () => {
		clearTimeout(timer);
		timer = setTimeout(() => {
			// A folder that was made anew is another one than the one that is watched.
			arm();
			onChange();
		}, SETTLE);
		timer.unref();
	};
	const disarm = () => {
		for (const watcher of watchers) watcher.close();
		watchers = [];
	};
	const arm = () => {
		disarm();
		if (over) return;
		for (const folder of folders) {
			const made = (name: string | null) => {
				if (name === path.basename(folder)) changed();
			};
			const watcher = follow(folder, changed) ?? follow(path.dirname(folder), made);
			if (watcher) watchers.push(watcher);
		}
	};

	arm();
	return () => {
		over = true;
		clearTimeout(timer);
		disarm();
	};
}
