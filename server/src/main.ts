// Before all else: what is compiled under other flags of V8 is not taken from the cache.
import "./linearRegex.ts";
import { keepCompiledCode } from "./io/compileCache.ts";

keepCompiledCode();
// A bundle of its own, as only what is loaded from now on is kept.
require("./languageServer.js");
