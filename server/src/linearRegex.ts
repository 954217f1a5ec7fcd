import { setFlagsFromString } from "node:v8";

/**
 * Texts of a workspace meet regular expressions, and one that was made to match slowly would keep the server busy for hours. With these
 * flags a match that goes back and forth a thousand times is handed to V8's second engine, whose time grows with the length of the text
 * (v8.dev/blog/non-backtracking-regexp). That engine takes no look-around, back references, `i` and `u`: such expressions are
 * written so that they need none of it (test/regexes.test.ts). Imported before anything else, because expressions keep the engine that
 * they were made for.
 */
setFlagsFromString("--enable-experimental-regexp-engine-on-excessive-backtracks");
setFlagsFromString("--regexp-backtracks-before-fallback=1000");
