import { existsSync } from "node:fs";
import path from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe"];
const places = [
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
	"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** The browser that shows the embedded VS Code to the tests: PORTLIGHT_CHROMIUM, or the first one installed. */
export function findChromium() {
	if (process.env.PORTLIGHT_CHROMIUM) return process.env.PORTLIGHT_CHROMIUM;
	const onPath = (process.env.PATH ?? "").split(path.delimiter).flatMap((folder) => names.map((name) => path.join(folder, name)));
	return [...onPath, ...places].find((file) => existsSync(file));
}
