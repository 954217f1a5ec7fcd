import { type Browser, chromium } from "playwright-core";
import { findChromium } from "../../../scripts/chromium.mjs";

/** A headless browser that speaks with nobody but the embedded VS Code. */
export async function launchBrowser(): Promise<Browser> {
	const executablePath = findChromium();
	if (executablePath === undefined) throw new Error("no Chromium or Chrome is installed (PORTLIGHT_CHROMIUM may name one)");
	return chromium.launch({
		executablePath,
		args: [
			"--no-sandbox",
			"--disable-gpu",
			"--disable-quic",
			"--no-first-run",
			"--disable-background-networking",
			"--disable-component-update",
			"--disable-sync",
		],
	});
}
