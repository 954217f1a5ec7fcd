import { type FSWatcher, watch } from "node:fs";
import path from "node:path";

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
			if (!follow(folder, () => true)) follow(path.dirname(folder), (name) => name === path.basename(folder));
		}
	};
	const follow = (folder: string, isMeant: (name: string | null) => boolean): boolean => {
		try {
			const watcher = watch(folder, { persistent: false }, (_, name) => {
				if (isMeant(name)) changed();
			});
			watcher.on("error", () => watcher.close());
			watchers.push(watcher);
			return true;
		} catch {
			return false;
		}
	};

	arm();
	return () => {
		over = true;
		clearTimeout(timer);
		disarm();
	};
}
